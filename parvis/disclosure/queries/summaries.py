"""Reads of released summaries: one record, the latest, a filtered list."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from parvis.core.actor import Actor
from parvis.core.bilingual import Language, Provenance, Text
from parvis.disclosure import dispositions, policy
from parvis.disclosure.models import Summary, SummaryVersion
from parvis.disclosure.models.summaries import SummaryQuerySet
from parvis.institutions import queries as institutions
from parvis.institutions.queries import InstitutionReference

SHORT = 110  # characters of a heading
_REDACTED = re.compile(
    r"\[[^\[\]]*\]|\{[^{}]*\}|\([^()]*(?:removed|redacted|severed|an individual)[^()]*\)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryItem:
    """A summary as a line of a list shows it."""

    public_id: str
    heading: Text  # the beginning of the text
    text: Text
    provenance: Mapping[Language, Provenance]
    request_number: str
    institution: InstitutionReference | None
    institution_as_written: str
    jurisdiction: str
    disposition: str
    disposition_title: Text
    pages: int | None
    year: int | None
    month: int | None
    dated_on: date | None
    changed_at: datetime
    is_invented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierVersion:
    """What the record said before. `is_hidden`: its institution has since taken something out of the text."""

    text: Text
    disposition_title: Text
    disposition_as_written: str
    pages: int | None
    year: int | None
    month: int | None
    superseded_at: datetime
    is_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryDetail:
    """All that the page of a record shows.

    `disposition` is empty where the wording, kept in `disposition_as_written`, is none of the eight standard ones.
    `same_number` are other records of this institution under the same number.
    """

    item: SummaryItem
    text: Text
    comments: Text
    unit: str
    jurisdiction_title: Text
    disposition_sentence: Text
    disposition_as_written: str
    pages_as_written: str
    details: Mapping[str, str]
    versions: tuple[EarlierVersion, ...]
    same_number: tuple[SummaryItem, ...]
    source: str
    source_read_at: datetime | None
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnRecord:
    """A record that its source no longer holds. The page says so (410), and nothing of what it said."""

    public_id: str
    request_number: str
    institution: InstitutionReference | None
    withdrawn_at: datetime
    is_invented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryFilter:
    """Which summaries are wanted; what is empty does not narrow. `institution` is a slug, `jurisdiction` a code."""

    institution: str = ""
    jurisdiction: str = ""
    disposition: str = ""
    year: int | None = None
    changed_since: datetime | None = None


def summary_detail(public_id: str) -> SummaryDetail | WithdrawnRecord | None:
    """Return all about one record, that it was withdrawn, or None when there never was one."""
    row = Summary.objects.select_related("source").filter(public_id=public_id).first()
    if row is None:
        return None
    others = _same_number(row)
    references = institutions.references(
        one.institution_id for one in (row, *others) if one.institution_id is not None
    )
    if row.withdrawn_at is not None:
        return WithdrawnRecord(
            public_id=row.public_id,
            request_number=row.request_number,
            institution=references.get(row.institution_id or 0),
            withdrawn_at=row.withdrawn_at,
            is_invented=row.is_invented,
        )
    return _detail(row, others, references)


def withdrawn_summaries(since: datetime | None = None) -> SummaryQuerySet:
    """Return the summaries that their source no longer holds, the oldest withdrawal first."""
    rows = Summary.objects.filter(withdrawn_at__isnull=False)
    if since is not None:
        rows = rows.filter(withdrawn_at__gte=since)
    return rows.order_by("withdrawn_at", "pk")


def latest_summaries(institution_id: int | None = None, limit: int = 10) -> tuple[SummaryItem, ...]:
    """Return the most recent summaries, of one institution or of all."""
    rows = policy.visible_to(Actor.public())
    if institution_id is not None:
        rows = rows.of_institution(institution_id)
    return tuple(items(rows.latest_first()[:limit]))


def filtered_summaries(wanted: SummaryFilter) -> SummaryQuerySet:
    """Return the summaries that are wanted: by date, or, with `changed_since`, in the order in which they changed."""
    rows = Summary.objects.published()
    if wanted.institution:
        rows = rows.filter(institution__slug=wanted.institution)
    if wanted.jurisdiction:
        rows = rows.filter(jurisdiction=wanted.jurisdiction)
    if wanted.disposition:
        rows = rows.filter(disposition=wanted.disposition)
    if wanted.year is not None:
        rows = rows.filter(year=wanted.year)
    if wanted.changed_since is not None:
        return rows.filter(changed_at__gte=wanted.changed_since).order_by("changed_at", "pk")
    return rows.latest_first()


def items(rows: Iterable[Summary]) -> Iterator[SummaryItem]:
    """Yield each row as a list shows it, with the institutions fetched in one query."""
    rows = list(rows)
    references = institutions.references(row.institution_id for row in rows if row.institution_id is not None)
    for row in rows:
        yield _item(row, references)


def heading(text: str) -> str:
    """Return the beginning of a text, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= SHORT:
        return line
    return line[: SHORT + 1].rpartition(" ")[0].rstrip(" ,;:.–-") + "…"


def _same_number(row: Summary) -> list[Summary]:
    if not row.request_number:
        return []
    rows = Summary.objects.published().filter(request_number=row.request_number).exclude(pk=row.pk)
    if row.institution_id is None:
        rows = rows.filter(institution_key=row.institution_key)
    else:
        rows = rows.filter(institution_id=row.institution_id)
    return list(rows.order_by("pk")[:20])


def _item(row: Summary, references: Mapping[int, InstitutionReference]) -> SummaryItem:
    return SummaryItem(
        public_id=row.public_id,
        heading=Text(heading(row.summary_en), heading(row.summary_fr)),
        text=row.text,
        provenance=row.provenance,
        request_number=row.request_number,
        institution=references.get(row.institution_id or 0),
        institution_as_written=row.institution_as_written or row.publisher_code,
        jurisdiction=row.jurisdiction,
        disposition=row.disposition,
        disposition_title=dispositions.title(row.disposition),
        pages=row.pages,
        year=row.year,
        month=row.month,
        dated_on=row.dated_on,
        changed_at=row.changed_at,
        is_invented=row.is_invented,
    )


def _detail(
    row: Summary, others: list[Summary], references: Mapping[int, InstitutionReference]
) -> SummaryDetail:
    item = _item(row, references)
    explained = dispositions.explanation(row.disposition)
    return SummaryDetail(
        item=item,
        text=row.text,
        comments=Text(row.comments_en, row.comments_fr),
        unit=row.unit,
        jurisdiction_title=_jurisdiction_title(row, item.institution),
        disposition_sentence=explained.sentence if explained else Text(),
        disposition_as_written=row.disposition_as_written,
        pages_as_written=row.pages_as_written,
        details=row.details,
        versions=tuple(_version(version, row) for version in row.versions.all()),
        same_number=tuple(_item(other, references) for other in others),
        source=row.source.name,
        source_read_at=row.source.last_loaded_at,
        first_seen_at=row.first_seen_at,
    )


def _jurisdiction_title(row: Summary, institution: InstitutionReference | None) -> Text:
    if institution:
        return institution.jurisdiction_title
    found = (one.title for one in institutions.jurisdiction_list() if one.code == row.jurisdiction)
    return next(found, Text())


def _version(version: SummaryVersion, row: Summary) -> EarlierVersion:
    hidden = any(
        len(_REDACTED.findall(now)) > len(_REDACTED.findall(before)) and before
        for now, before in ((row.summary_en, version.summary_en), (row.summary_fr, version.summary_fr))
    )
    return EarlierVersion(
        text=Text() if hidden else version.text,
        disposition_title=dispositions.title(version.disposition),
        disposition_as_written=version.disposition_as_written,
        pages=version.pages,
        year=version.year,
        month=version.month,
        superseded_at=version.superseded_at,
        is_hidden=bool(hidden),
    )

"""Taking rows of a file as summaries: one chunk, one transaction."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.disclosure import policy
from parvis.disclosure.models import Load, Summary, SummaryVersion
from parvis.disclosure.models.summaries import RELEASED_FIELDS
from parvis.disclosure.reasons import Doubt
from parvis.disclosure.records import Record, Row, by_institution, is_same_record, records_of
from parvis.disclosure.sameness import similarity
from parvis.disclosure.states import SUMMARY_KIND
from parvis.search.actions import announce_changes
from parvis.tables.copying import copy_in

FROM_READING = tuple(name for name in RELEASED_FIELDS if name != "digest")


@dataclass(slots=True)
class TakenSummaries:
    """What became of a chunk: `counts` is by row (new, changed, unchanged) and by record (records, versions)."""

    counts: Counter[str] = field(default_factory=Counter)
    seen: set[int] = field(default_factory=set)
    touched: list[str] = field(default_factory=list)  # public ids that are new or changed
    shared: list[tuple[Row, Doubt, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Chunk:
    """The rows to write, gathered before anything is written."""

    load: Load
    now: datetime
    taken: TakenSummaries = field(default_factory=TakenSummaries)
    new: list[Summary] = field(default_factory=list)
    versions: list[SummaryVersion] = field(default_factory=list)
    moved: list[Summary] = field(default_factory=list)  # only their place among rows of the number changed


@action
def take_summaries(*, actor: Actor, load: Load, groups: Sequence[Sequence[Row]]) -> TakenSummaries:
    """Take rows that come in groups, each all the rows of the file with one number. Safe to run twice."""
    require(policy.can_load_files(actor), _("Only this installation’s staff may load files."))
    chunk = _Chunk(load, timezone.now())
    kept = _kept(load, [group[0].read.number_key for group in groups])
    known = _known_digests(summary for summaries in kept.values() for summary in summaries)
    for group in groups:
        existing = kept.get(group[0].read.number_key, [])
        for rows in by_institution(group):
            _take_rows(chunk, rows, [one for one in existing if _is_of_institution(one, rows[0])], known)
    _write(chunk)
    announce_changes(kind=SUMMARY_KIND, public_ids=chunk.taken.touched)
    return chunk.taken


def _kept(load: Load, keys: list[str]) -> dict[str, list[Summary]]:
    kept: dict[str, list[Summary]] = defaultdict(list)
    for summary in Summary.objects.with_numbers(load.source, keys):
        kept[summary.number_key].append(summary)
    return kept


def _known_digests(summaries: Iterable[Summary]) -> dict[int, set[str]]:
    known = {summary.pk: {summary.digest} for summary in summaries}
    versions = SummaryVersion.objects.filter(summary__in=known).values_list("summary_id", "digest")
    for summary_id, digest in versions.order_by():
        known[summary_id].add(digest)
    return known


def _is_of_institution(summary: Summary, row: Row) -> bool:
    if summary.institution_key == row.read.institution_key:
        return True
    return summary.institution_id is not None and summary.institution_id == row.institution_id


def _take_rows(chunk: _Chunk, rows: list[Row], existing: list[Summary], known: dict[int, set[str]]) -> None:
    records = records_of(rows)
    if len(records) > 1:
        for record in records:
            _doubt_shared(chunk, record, records)
    for record, summary in _matched(records, existing, known):
        chunk.taken.counts["records"] += 1
        if summary is None:
            _add(chunk, record)
        else:
            _update(chunk, record, summary, known[summary.pk])


def _doubt_shared(chunk: _Chunk, record: Record, records: list[Record]) -> None:
    current = record.current
    nearest = max(
        similarity(_compared(current), _compared(other.current)) for other in records if other is not record
    )
    detail = f"{len(records)} records, nearest {nearest:.0f} %"
    chunk.taken.shared += [(row, Doubt.SHARED_NUMBER, detail) for row in record.rows]


def _compared(row: Row) -> str:
    return row.read.summary_en or row.read.summary_fr


def _matched(
    records: list[Record], existing: list[Summary], known: dict[int, set[str]]
) -> list[tuple[Record, Summary | None]]:
    """Find the kept summary of each record: by a row that is known already, else by its text."""
    found: dict[int, Summary] = {}
    free = list(existing)
    for place, record in enumerate(records):
        for summary in free:
            if record.digests & known[summary.pk]:
                found[place] = summary
                free.remove(summary)
                break
    for place, record in enumerate(records):
        if place in found:
            continue
        for summary in free:
            if is_same_record(summary, record.current.read):
                found[place] = summary
                free.remove(summary)
                break
    return [(record, found.get(place)) for place, record in enumerate(records)]


def _add(chunk: _Chunk, record: Record) -> None:
    current = record.current
    summary = Summary(source=chunk.load.source, is_invented=chunk.load.source.is_invented)
    _fill(summary, current)
    summary.occurrences = [row.occurrence for row in record.rows]
    summary.first_seen_at = summary.changed_at = chunk.now
    chunk.new.append(summary)
    chunk.taken.touched.append(summary.public_id)
    chunk.taken.counts["new"] += len(record.rows)
    _keep_versions(chunk, summary, record.rows, {current.digest})


def _update(chunk: _Chunk, record: Record, summary: Summary, known: set[str]) -> None:
    current, occurrences = record.current, [row.occurrence for row in record.rows]
    fresh = [row for row in record.rows if row.digest not in known]
    chunk.taken.seen.add(summary.pk)
    is_current = current.digest == summary.digest
    if is_current and not fresh and summary.withdrawn_at is None:
        chunk.taken.counts["unchanged"] += len(record.rows)
        if summary.occurrences != occurrences:
            summary.occurrences = occurrences
            chunk.moved.append(summary)
        return
    changed = max(len(fresh), 1)
    chunk.taken.counts["changed"] += changed
    chunk.taken.counts["unchanged"] += len(record.rows) - changed
    chunk.taken.touched.append(summary.public_id)
    if not is_current:
        chunk.versions.append(_version(chunk, summary, summary))
        chunk.taken.counts["versions"] += 1
        SummaryVersion.objects.filter(summary=summary, digest=current.digest).delete()
        _fill(summary, current)
    _keep_versions(chunk, summary, fresh, known | {current.digest})
    summary.occurrences, summary.changed_at = occurrences, chunk.now
    summary.withdrawn_at = summary.last_seen_at = None
    summary.save()


def _fill(summary: Summary, row: Row) -> None:
    for name in FROM_READING:
        setattr(summary, name, getattr(row.read, name))
    summary.digest = row.digest
    summary.request_number = row.read.request_number
    summary.number_key = row.read.number_key
    summary.institution_key = row.read.institution_key
    summary.institution_as_written = row.read.institution_as_written
    summary.publisher_code = row.read.publisher_code
    summary.institution_id = row.institution_id
    summary.unit = row.unit
    summary.jurisdiction = row.jurisdiction


def _keep_versions(chunk: _Chunk, summary: Summary, rows: Sequence[Row], kept: set[str]) -> None:
    """Keep each row that is not the current one, once; rows that repeat another to the letter add nothing."""
    for row in rows:
        if row.digest not in kept:
            kept.add(row.digest)
            chunk.versions.append(_version(chunk, summary, row.read, digest=row.digest))
            chunk.taken.counts["versions"] += 1


def _version(chunk: _Chunk, summary: Summary, said: object, *, digest: str = "") -> SummaryVersion:
    values = {name: getattr(said, name) for name in FROM_READING}
    return SummaryVersion(
        summary=summary, load=chunk.load, superseded_at=chunk.now, digest=digest or summary.digest, **values
    )


def _write(chunk: _Chunk) -> None:
    copy_in(chunk.new)
    for version in chunk.versions:
        version.summary_id = version.summary.pk
    copy_in(chunk.versions)
    Summary.objects.bulk_update(chunk.moved, ["occurrences"], batch_size=500)
    chunk.taken.seen.update(summary.pk for summary in chunk.new)

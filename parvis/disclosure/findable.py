"""How the registers become findable: one search source a kind."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from parvis.core.bilingual import Text
from parvis.disclosure import dispositions
from parvis.disclosure.models import Summary
from parvis.disclosure.queries.holdings import holding_items, parts_text, published_holdings
from parvis.disclosure.queries.summaries import heading
from parvis.disclosure.reading.summaries import english_half_key
from parvis.disclosure.states import SUMMARY_KIND, HoldingKind
from parvis.institutions import queries as institutions
from parvis.search.sources import SearchDocument, SearchSource

OLDER = "2014:"  # a target's institution by its title of that time, for files that give no code
FEDERAL = "ca"  # Info Source is of the Government of Canada
FEDERAL_TITLE = Text("Government of Canada", "Gouvernement du Canada")
_PLACE = re.compile(r"^(?P<number>.*\S)\s*#(?P<place>\d+)$", re.DOTALL)


def summary_ids() -> Iterator[str]:
    """Yield the public ids of all summaries that stand, in the order of loading."""
    return Summary.objects.published().order_by("pk").values_list("public_id", flat=True).iterator()


def summary_documents(public_ids: Sequence[str]) -> Iterable[SearchDocument]:
    """Give what search needs of each; one that is gone is left out. The title is the beginning of the body."""
    rows = list(Summary.objects.published().filter(public_id__in=public_ids).order_by("pk"))
    references = institutions.references(row.institution_id for row in rows if row.institution_id is not None)
    titles = {one.code: one.title for one in institutions.jurisdiction_list()}
    for row in rows:
        institution = references.get(row.institution_id or 0)
        yield SearchDocument(
            public_id=row.public_id,
            title=Text(heading(row.summary_en), heading(row.summary_fr)),
            body=row.text,
            provenance=row.provenance,
            institution=institution.slug if institution else "",
            institution_title=institution.title if institution else _as_written(row.institution_as_written),
            jurisdiction=row.jurisdiction,
            jurisdiction_title=titles.get(row.jurisdiction, Text()),
            disposition=row.disposition,
            disposition_title=dispositions.title(row.disposition),
            dated_on=row.dated_on,
            year=row.year,
            pages=row.pages,
            identifiers=(row.request_number,) if row.request_number else (),
            is_invented=row.is_invented,
        )


def _as_written(name: str) -> Text:
    english, _bar, french = name.partition("|")
    return Text(english.strip(), (french or english).strip())


def resolve_summary(target: str) -> Sequence[str]:
    """Find the records that an evaluation's target names.

    `owner_org|request_number`, `2014:English title|request_number` where the file gave no code, or
    `jurisdiction|identifier`; white space does not count. A trailing `#2` is the second row of that number in file
    order, else the first is meant; a row that became a version of a record gives that record.
    """
    publisher, _bar, number = target.partition("|")
    publisher, number = " ".join(publisher.split()), " ".join(number.split())
    rows = _of_number(publisher, number)
    place = 1
    if not rows and (placed := _PLACE.match(number)):
        place = int(placed["place"])
        rows = _of_number(publisher, placed["number"])
    found = [row.public_id for row in rows if place in row.occurrences]
    return found or ([row.public_id for row in rows] if place == 1 else [])


def _of_number(publisher: str, number: str) -> list[Summary]:
    rows = Summary.objects.published().filter(request_number=number).order_by("pk")
    if publisher.startswith(OLDER):
        title = english_half_key(publisher.removeprefix(OLDER))
        older = rows.filter(publisher_code="", jurisdiction="ca")
        return [row for row in older if english_half_key(row.institution_as_written) == title]
    if found := list(rows.filter(publisher_code__iexact=publisher)):
        return found
    bodies = institutions.institution_list(jurisdiction=publisher).items
    return list(
        rows.filter(jurisdiction__in={body.reference.jurisdiction for body in bodies}, publisher_code="")
    )


SUMMARIES = SearchSource(
    kind=SUMMARY_KIND,
    title=Text("Answered requests", "Demandes traitées"),
    url_name="summary_detail",
    public_ids=summary_ids,
    documents=summary_documents,
    resolve_target=resolve_summary,
)


def _holding_ids(kind: HoldingKind) -> Iterator[str]:
    return published_holdings(kind).values_list("public_id", flat=True).iterator()


def _holding_documents(kind: HoldingKind, public_ids: Sequence[str]) -> Iterator[SearchDocument]:
    rows = list(published_holdings(kind).filter(public_id__in=public_ids))
    for row, item in zip(rows, holding_items(rows), strict=True):
        institution = item.institution
        yield SearchDocument(
            public_id=row.public_id,
            title=item.name,
            body=parts_text(row),
            institution=institution.slug if institution else "",
            institution_title=institution.title if institution else Text(),
            jurisdiction=institution.jurisdiction if institution else FEDERAL,
            jurisdiction_title=institution.jurisdiction_title if institution else FEDERAL_TITLE,
            identifiers=tuple(dict.fromkeys(number for number in (row.number_en, row.number_fr) if number)),
            is_invented=row.is_invented,
        )


def _holding_source(kind: HoldingKind, title: Text) -> SearchSource:
    return SearchSource(
        kind=kind,
        title=title,
        url_name="holding_detail",
        public_ids=partial(_holding_ids, kind),
        documents=partial(_holding_documents, kind),
        is_description=True,
    )


CLASSES = _holding_source(HoldingKind.CLASS_OF_RECORDS, Text("Classes of records", "Catégories de documents"))
BANKS = _holding_source(
    HoldingKind.PERSONAL_INFORMATION_BANK,
    Text("Personal information banks", "Fichiers de renseignements personnels"),
)
SOURCES = (SUMMARIES, CLASSES, BANKS)

"""Everything published, row by row, for those who want it all: the official columns first, then ours."""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from parvis.core.bilingual import Language, Text
from parvis.disclosure.models import Summary
from parvis.disclosure.queries.holdings import (
    AnyHolding,
    HoldingItem,
    holding_items,
    parts_text,
    published_holdings,
)
from parvis.disclosure.queries.summaries import SummaryItem, items
from parvis.disclosure.states import HoldingKind

OFFICIAL_COLUMNS = (
    *("year", "month", "request_number", "summary_en", "summary_fr", "disposition", "pages"),
    *("comments_en", "comments_fr", "owner_org", "owner_org_title"),
)
OUR_COLUMNS = (
    *("public_id", "address_en", "address_fr", "institution", "jurisdiction", "disposition_code", "dated_on"),
    *("provenance_en", "provenance_fr", "source", "changed_at", "is_invented"),
)
HOLDING_COLUMNS = (
    *("public_id", "kind", "number_en", "number_fr", "title_en", "title_fr", "text_en", "text_fr"),
    *("institution", "institution_as_written", "is_standard", "address_en", "address_fr"),
    *("changed_at", "is_invented"),
)
AT_ONCE = 1000
_PLACEHOLDER = "0000000000000000"


def page_address(page: str, public_id: str) -> Text:
    """Return the stable, absolute addresses of a page in both languages."""
    return Text(*(_pattern(page, language).replace(_PLACEHOLDER, public_id) for language in ("en", "fr")))


@lru_cache(maxsize=8)
def _pattern(page: str, language: Language) -> str:
    with translation.override(language):
        try:
            return settings.BASE_URL + reverse(page, kwargs={"public_id": _PLACEHOLDER})
        except NoReverseMatch:  # an installation that serves the API without pages
            kind = "summaries" if page == "summary_detail" else "holdings"
            return f"{settings.BASE_URL}/api/v1/{kind}/{_PLACEHOLDER}"


def summary_rows() -> Iterator[dict[str, Any]]:
    """Yield every summary that stands, in the order of loading."""
    rows = Summary.objects.published().select_related("source").order_by("pk").iterator(chunk_size=AT_ONCE)
    for part in _parts(rows):
        for row, item in zip(part, items(part), strict=True):
            yield _summary(row, item)


def holding_rows() -> Iterator[dict[str, Any]]:
    """Yield every holding that stands, classes first, in the order of loading."""
    for kind in HoldingKind:
        for part in _parts(published_holdings(kind).iterator(chunk_size=AT_ONCE)):
            for row, item in zip(part, holding_items(part), strict=True):
                yield _holding(row, item)


def as_csv(columns: Sequence[str], rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    """Yield a CSV file with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff".encode() + writer.writerow(columns)
    for row in rows:
        yield writer.writerow(["" if row[column] is None else row[column] for column in columns])


def as_json_lines(rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    """Yield one JSON object a line."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"


class _Echo:
    """What the CSV writer writes to: it hands the line back."""

    def write(self, line: str) -> bytes:
        return line.encode()


def _parts(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while part := list(islice(rows, AT_ONCE)):
        yield part


def _summary(row: Summary, item: SummaryItem) -> dict[str, Any]:
    address = page_address("summary_detail", row.public_id)
    title = item.institution.title if item.institution else Text()
    return {
        "year": row.year,
        "month": row.month,
        "request_number": row.request_number,
        "summary_en": row.summary_en,
        "summary_fr": row.summary_fr,
        "disposition": row.disposition_as_written,
        "pages": row.pages,
        "comments_en": row.comments_en,
        "comments_fr": row.comments_fr,
        "owner_org": row.publisher_code,
        "owner_org_title": row.institution_as_written or " | ".join(filter(None, (title.en, title.fr))),
        "public_id": row.public_id,
        "address_en": address.en,
        "address_fr": address.fr,
        "institution": item.institution.slug if item.institution else "",
        "jurisdiction": row.jurisdiction,
        "disposition_code": row.disposition,
        "dated_on": row.dated_on.isoformat() if row.dated_on else None,
        "provenance_en": row.provenance_en,
        "provenance_fr": row.provenance_fr,
        "source": row.source.name,
        "changed_at": row.changed_at.isoformat(),
        "is_invented": row.is_invented,
    }


def _holding(row: AnyHolding, item: HoldingItem) -> dict[str, Any]:
    address, text = page_address("holding_detail", row.public_id), parts_text(row)
    return {
        "public_id": row.public_id,
        "kind": item.kind.value,
        "number_en": row.number_en,
        "number_fr": row.number_fr,
        "title_en": row.title_en,
        "title_fr": row.title_fr,
        "text_en": text.en,
        "text_fr": text.fr,
        "institution": item.institution.slug if item.institution else "",
        "institution_as_written": row.institution_as_written,
        "is_standard": row.is_standard,
        "address_en": address.en,
        "address_fr": address.fr,
        "changed_at": row.changed_at.isoformat(),
        "is_invented": row.is_invented,
    }


Export = tuple[Sequence[str], Callable[[], Iterator[dict[str, Any]]]]
EXPORTS: dict[str, Export] = {
    "summaries": ((*OFFICIAL_COLUMNS, *OUR_COLUMNS), summary_rows),
    "holdings": (HOLDING_COLUMNS, holding_rows),
}

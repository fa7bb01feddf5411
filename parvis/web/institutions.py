"""An institution's page: what the rooms know of it, put together once."""

from collections.abc import Iterable
from dataclasses import dataclass

from parvis.core.bilingual import Text
from parvis.disclosure.queries import (
    Coverage,
    InstitutionHoldings,
    InstitutionNumbers,
    SummaryItem,
    holdings_of,
    institution_numbers,
    latest_summaries,
)
from parvis.institutions.queries import InstitutionDetail, Look, institution_detail, live_look
from parvis.theme.page import current_language

LATEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of a figure: what, how many, and how long its bar is, in per cent of the longest."""

    title: Text
    value: str  # as the search filters by it
    count: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Counts beside each other, and over how many of how many they are counted."""

    bars: tuple[Bar, ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionPage:
    """What the page of an institution shows."""

    institution: InstitutionDetail
    look: Look  # what it says, and its colours, once it is live; empty before
    numbers: InstitutionNumbers
    latest: tuple[SummaryItem, ...]
    holdings: InstitutionHoldings
    by_outcome: Figure
    by_year: Figure


def institution_page(slug: str) -> InstitutionPage | None:
    """Return all about one institution, or None when there is none of that slug."""
    detail = institution_detail(slug)
    if detail is None:
        return None
    numbers = institution_numbers(detail.reference.id)
    outcomes = [(one.title, one.code, one.count) for one in numbers.by_disposition]
    years = [
        (Text(str(one.year), str(one.year)), str(one.year), one.count) for one in reversed(numbers.by_year)
    ]
    return InstitutionPage(
        institution=detail,
        look=live_look(detail.reference.slug),
        numbers=numbers,
        latest=latest_summaries(detail.reference.id, LATEST),
        holdings=holdings_of(detail.reference.id, current_language()),
        by_outcome=Figure(bars=_bars(outcomes), coverage=numbers.disposition_coverage),
        by_year=Figure(bars=_bars(years), coverage=numbers.year_coverage),
    )


def _bars(counts: Iterable[tuple[Text, str, int]]) -> tuple[Bar, ...]:
    rows = list(counts)
    longest = max((count for *_rest, count in rows), default=0)
    return tuple(
        Bar(title=title, value=value, count=count, length=max(1, round(count / longest * 100)))
        for title, value, count in rows
    )

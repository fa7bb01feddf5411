"""Dates and page counts as files write them."""

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from parvis.disclosure.reasons import Doubt

EARLIEST = 1983  # the Access to Information Act came into force on 1 July 1983
_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}.*)?$")
_MONTH = re.compile(r"^(\d{4})-(\d{1,2})$")
_YEAR = re.compile(r"^(\d{4})(?:\.0)?$")
_NAMED_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_PAGES = re.compile(r"^(\d[\d\s,]*?)(?:\.0)?\s*(?:pages?|p\.?)?$", re.IGNORECASE)
_PAGES_AND_MORE = re.compile(
    r"^(\d{1,7})\s*(?:pages?)?\s*[+,;]\s*\D*\d*\s*(?:CD|DVD|disc|disk|audio|video)", re.IGNORECASE
)
_NO_PAGES = frozenset({"", "na", "n/a", "n.a.", "s/o", "s.o.", "-", "none", "null"})
MOST_PAGES = 5_000_000


@dataclass(frozen=True, slots=True)
class KnownDate:
    """A date as far as it is known: a year, then perhaps a month, then perhaps the day."""

    year: int | None = None
    month: int | None = None
    day: date | None = None
    doubt: Doubt | None = None


class Pages(NamedTuple):
    """How many pages, if that is known, and whether the wording has to be kept."""

    number: int | None
    doubt: Doubt | None = None


UNKNOWN_DATE = KnownDate()


def read_date(text: str, *, today: date, number: str = "") -> KnownDate:
    """Read a day, a month, a year, or a span of days (as far as both its ends agree).

    A date before the law, after `today`, or more than a year before the year that the request's own `number` names
    is impossible: it becomes unknown, with the doubt.
    """
    text = text.strip()
    if not text:
        return UNKNOWN_DATE
    if "/" in text:
        return _span(text, today=today, number=number)
    parts = _parts(text)
    if parts is None:
        return KnownDate(doubt=Doubt.UNREADABLE_DATE)
    year, month, day = parts
    return known_date(year, month, day, today=today, number=number)


def known_date(
    year: int | None, month: int | None, day: int | None = None, *, today: date, number: str = ""
) -> KnownDate:
    """Return the date as far as it can be true."""
    if year is None:
        return KnownDate(doubt=Doubt.UNREADABLE_DATE) if month else UNKNOWN_DATE
    if not _is_possible_year(year, today, number) or (year, 1 if month is None else month) > (
        today.year,
        today.month,
    ):
        return KnownDate(doubt=Doubt.IMPOSSIBLE_DATE)
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        is_month = month is not None and 1 <= month <= 12  # noqa: PLR2004  # months of a year
        return KnownDate(year, month if is_month else None, doubt=Doubt.IMPOSSIBLE_DATE)
    if first > today:
        return KnownDate(doubt=Doubt.IMPOSSIBLE_DATE)
    return KnownDate(year, month, first if month and day else None)


def read_pages(text: str) -> Pages:
    """Read a number of pages: "196 Pages" and "1 200" are numbers, "NA" is none, "561 + 1 CD-ROM" keeps its wording."""
    text = text.strip()
    if text.casefold() in _NO_PAGES:
        return Pages(None)
    if plain := _PAGES.match(text):
        if "\n" in plain[1]:
            return Pages(None, Doubt.PAGES_UNREADABLE)
        count = int(re.sub(r"\D", "", plain[1]))
        return Pages(count) if count <= MOST_PAGES else Pages(None, Doubt.PAGES_UNREADABLE)
    if more := _PAGES_AND_MORE.match(text):
        return Pages(int(more[1]), Doubt.PAGES_UNREADABLE)
    return Pages(None, Doubt.PAGES_UNREADABLE)


def read_whole(text: str) -> int | None:
    """Read a whole number; None when it is empty. Raises ValueError when it is something else."""
    text = text.strip().removesuffix(".0")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 9:  # noqa: PLR2004  # fits any column
        raise ValueError(text)
    return int(text)


def _span(text: str, *, today: date, number: str) -> KnownDate:
    ends = [read_date(end, today=today, number=number) for end in text.split("/", 1) if "/" not in end]
    if len(ends) != 2:  # noqa: PLR2004  # a span has two ends
        return KnownDate(doubt=Doubt.UNREADABLE_DATE)
    first, last = ends
    if first.doubt or last.doubt:
        return KnownDate(doubt=first.doubt or last.doubt)
    year = first.year if first.year == last.year else None
    month = first.month if year and first.month == last.month else None
    return KnownDate(year, month, first.day if first.day == last.day else None)


def _parts(text: str) -> tuple[int, int | None, int | None] | None:
    if match := _DAY.match(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _MONTH.match(text):
        return int(match[1]), int(match[2]), None
    if match := _YEAR.match(text):
        return int(match[1]), None, None
    return None


def _is_possible_year(year: int, today: date, number: str) -> bool:
    if not EARLIEST <= year <= today.year:
        return False
    named = [int(found) for found in _NAMED_YEAR.findall(number) if EARLIEST <= int(found) <= today.year]
    return not named or year >= min(named) - 1

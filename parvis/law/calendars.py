"""Which days count: a pack's sets of days at a place, laid out as bits so that a deadline costs no look-up of holidays.

A set covers 1990 to 2079 when first asked for, and the whole of 1900 to 2199 once a day outside is asked for.
Days are proleptic ordinals (`date.toordinal`), the form in which the clock counts.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

import holidays as library_of_holidays

from parvis.core.bilingual import Text
from parvis.law.model import Confidence, ExcludedDays, HolidayLibrary, HolidayRule, Holidays, Pack, Place

USUAL = (1990, 2079)
WIDEST = (1900, 2199)
WEEKDAY_NAMES = (
    Text("Monday", "lundi"),
    Text("Tuesday", "mardi"),
    Text("Wednesday", "mercredi"),
    Text("Thursday", "jeudi"),
    Text("Friday", "vendredi"),
    Text("Saturday", "samedi"),
    Text("Sunday", "dimanche"),
)


def easter_sunday(year: int) -> date:
    """Return Western Easter Sunday (the anonymous Gregorian computus, published in Nature in 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    lead = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * lead) // 451
    month, day = divmod(epact + lead - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def rule_day(rule: HolidayRule, year: int) -> date | None:
    """Return the day that the rule gives in `year`, or None."""
    if not rule.since <= year <= rule.until:
        return None
    if rule.on:
        return rule.on if rule.on.year == year else None
    if rule.easter is not None:
        return easter_sunday(year) + timedelta(rule.easter)
    if rule.weekday < 0:
        day = date(year, rule.month, rule.day)
        return day + timedelta(rule.shift.get(day.weekday(), 0))
    if rule.before:
        latest = date(year, rule.month, rule.day) - timedelta(1)
        return latest - timedelta((latest.weekday() - rule.weekday) % 7)
    return _nth_weekday(rule, year)


def _nth_weekday(rule: HolidayRule, year: int) -> date | None:
    if rule.nth < 0:
        last = date(year + rule.month // 12, rule.month % 12 + 1, 1) - timedelta(1)
        return last - timedelta((last.weekday() - rule.weekday) % 7)
    first = date(year, rule.month, 1)
    day = first + timedelta((rule.weekday - first.weekday()) % 7 + 7 * (rule.nth - 1))
    return day if day.month == rule.month else None


@lru_cache(maxsize=256)
def _library_days(library: HolidayLibrary, years: tuple[int, int]) -> Mapping[date, Text]:
    """Return the library's days with their names; a library without French names gives the English one."""
    return {
        day: Text(_typeset(english), _typeset(french))
        for subdivision in library.subdivisions or (None,)
        for day, english, french in _one_library(library, subdivision, years)
    }


def _one_library(
    library: HolidayLibrary, subdivision: str | None, years: tuple[int, int]
) -> Iterable[tuple[date, str, str]]:
    kind = getattr(library_of_holidays, library.country)
    languages = kind.supported_languages or ()
    english = next((name for name in ("en_CA", "en_GB", "en_US", "en") if name in languages), None)
    french = next((name for name in ("fr", "fr_CA", "fr_FR") if name in languages), english)

    def days(language: str | None) -> Mapping[date, str]:
        found: Mapping[date, str] = library_of_holidays.country_holidays(
            library.country,
            subdiv=subdivision,
            years=range(years[0], years[1] + 1),
            observed=library.observed,
            categories=library.categories,
            language=language,
        )
        return found

    in_french = days(french)
    return [(day, name, in_french[day]) for day, name in days(english).items()]


def _typeset(name: str) -> str:
    return name.replace("'", "’")


def library_names(library: HolidayLibrary, years: tuple[int, int]) -> frozenset[str]:
    """Return the (English) names that the library gives between two years."""
    return frozenset(
        part.removesuffix(" (observed)")
        for name in _library_days(library, years).values()
        for part in name.en.split("; ")
    )


def holidays_of(holidays: Holidays, years: tuple[int, int]) -> dict[int, Text]:
    """Return the holidays between two years, by ordinal: the library's, less those removed, and those added."""
    removed = {_typeset(name) for name in holidays.removed}
    days: dict[int, Text] = {}
    if holidays.library:
        for day, name in _library_days(holidays.library, years).items():
            kept = [part for part in name.en.split("; ") if part.removesuffix(" (observed)") not in removed]
            if kept:
                days[day.toordinal()] = name
    for year in range(years[0], years[1] + 1):
        for rule in holidays.added:
            if day_or_none := rule_day(rule, year):
                days[day_or_none.toordinal()] = rule.name
    return days


def added_days(holidays: Holidays, years: tuple[int, int]) -> dict[int, Confidence]:
    """Return the days that only a rule of the file's own gives, by ordinal, with how sure that rule is."""
    others = holidays_of(replace(holidays, added=()), years)
    return {
        day.toordinal(): rule.confidence
        for year in range(years[0], years[1] + 1)
        for rule in holidays.added
        if (day := rule_day(rule, year)) and day.toordinal() not in others
    }


@dataclass(frozen=True, slots=True)
class DaySet:
    """Days left out of a calendar at a place. `bits[n]` is 1 when the nth day from `base` is left out."""

    base: int
    bits: bytes = field(repr=False)
    open_days: "array[int]" = field(repr=False)  # ordinals of the days that are not left out
    names: Mapping[int, Text] = field(repr=False)
    local: frozenset[int] = field(repr=False)  # those left out only because of the office's place

    def covers(self, ordinal: int) -> bool:
        """Whether this day lies within the years that are laid out."""
        return 0 <= ordinal - self.base < len(self.bits)

    def excludes(self, ordinal: int) -> bool:
        """Whether this day is left out."""
        return self.bits[ordinal - self.base] == 1

    def next_open(self, ordinal: int) -> int:
        """Return this day, or the first one after it that is not left out."""
        at = ordinal - self.base
        while self.bits[at]:
            at += 1
        return at + self.base

    def count(self, after: int, until: int) -> int:
        """Return how many open days lie after `after` and up to `until`."""
        return bisect_right(self.open_days, until) - bisect_right(self.open_days, after)

    def add(self, after: int, days: int) -> int:
        """Return the `days`th open day after `after`; `after` itself for 0."""
        return self.open_days[bisect_right(self.open_days, after) + days - 1] if days else after

    def reason(self, ordinal: int) -> Text:
        """Say why a day is left out: the holiday's name, or its weekday."""
        return self.names.get(ordinal) or WEEKDAY_NAMES[(ordinal - 1) % 7]


@dataclass(frozen=True, slots=True)
class OfficeCalendar:
    """A pack's three sets of days at one place. `policy` holds the statute's days too.

    `added` are the days that only a rule of the pack's own gives, with how sure that rule is.
    """

    statute: DaySet
    policy: DaySet
    business: DaySet
    added: Mapping[int, Confidence] = field(repr=False)


def _lay_out(
    parts: Iterable[ExcludedDays],
    holidays: Mapping[int, Text],
    local: Mapping[int, Text],
    years: tuple[int, int],
) -> DaySet:
    base, end = date(years[0], 1, 1).toordinal(), date(years[1], 12, 31).toordinal()
    weekdays: set[int] = set()
    names: dict[int, Text] = {}
    counts_holidays = False
    for part in parts:
        weekdays |= part.weekdays
        for each in part.ranges:
            for year in range(years[0] - 1, years[1] + 1):
                first = date(year, *each.first)
                last = date(year + (each.last < each.first), *each.last)
                names.update(dict.fromkeys(range(first.toordinal(), last.toordinal() + 1), each.name))
        if part.holidays:
            names.update(holidays)
            counts_holidays = True
    only_local = {
        day
        for day in (local if counts_holidays else ())
        if day not in names and (day - 1) % 7 not in weekdays
    }
    names.update({day: local[day] for day in only_local})
    bits = bytes((day in names or (day - 1) % 7 in weekdays) for day in range(base, end + 1))
    return DaySet(
        base,
        bits,
        array("l", (base + at for at, bit in enumerate(bits) if not bit)),
        names,
        frozenset(only_local),
    )


@lru_cache(maxsize=64)
def office_calendar(pack: Pack, place: tuple[Place, ...], years: tuple[int, int] = USUAL) -> OfficeCalendar:
    """Return the sets of days of `pack` at a place (the place and those that it lies within, innermost first).

    The pack says whether provincial and municipal holidays count; a place that lies within another is a municipality.
    """
    days = holidays_of(pack.holidays, years)
    rule = pack.calendars.place
    local: dict[int, Text] = {}
    for each in reversed(place):
        if rule and (rule.municipal if each.within else rule.provincial):
            local.update(holidays_of(each.holidays, years))
    calendars = pack.calendars
    statute = _lay_out((calendars.statute,), days, local, years)
    policy = (
        _lay_out((calendars.statute, calendars.policy), days, local, years) if calendars.policy else statute
    )
    business = _lay_out((calendars.business,), days, local, years)
    return OfficeCalendar(statute, policy, business, added_days(pack.holidays, years))

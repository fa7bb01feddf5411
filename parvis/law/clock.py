"""The clock of one case: a value that each event turns into the next one. No date is computed anywhere else.

Days are counted as ordinals. A clock knows its first day, what was added to it and when it stood still; the last
day follows from these alone, so a replay of all events and one more event on an older clock give the same.
"""

from calendar import isleap
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from parvis.core.bilingual import Text
from parvis.law.calendars import USUAL, WIDEST, OfficeCalendar, office_calendar
from parvis.law.events import Event
from parvis.law.model import Kind, Pack, PeriodUnit, Place, Suspension, Unit
from parvis.law.refusal import Refused
from parvis.law.steps import Step, step
from parvis.law.wording import day_of

EARLIEST, LATEST = date(1905, 1, 1), date(2160, 12, 31)
USUAL_YEARS = range(USUAL[0] + 2, 2051)  # a case received in these ends within the usual calendar
LONGEST_CASE = 15 * 366  # days from receipt to the last event
LONGEST_EXTENSION = 10 * 366

Span: TypeAlias = tuple[int, Unit]


@dataclass(frozen=True, slots=True)
class Stop:
    """Days that do not run, both ends included; `last` None while the clock still stands."""

    rule: Suspension
    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class Given:
    """An extension given: its ground, length (None: not stated) and the day."""

    ref: str
    days: int | None
    on: int


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a case stands after its events so far."""

    pack: Pack
    place: tuple[Place, ...]
    calendar: OfficeCalendar
    received: int
    start: int | None  # the day that is not counted; None while the request is not complete
    events: tuple[Event, ...]
    steps: tuple[Step, ...]
    extensions: tuple[Given, ...] = ()
    stops: tuple[Stop, ...] = ()
    asked: tuple[Suspension, ...] = ()  # questions that restart the time when they are answered
    transfers: int = 0
    answered: int | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """What is counted from the first day: the time to answer and what was added to it, joined where units agree."""
        response, extension = self.pack.response, self.pack.extension
        if not extension or not self.extensions:
            return ((response.days, response.unit),)
        if extension.unit == response.unit:
            return ((response.days + self.added, response.unit),)
        return ((response.days, response.unit), (self.added, extension.unit))

    @property
    def added(self) -> int:
        """The days that extensions gave so far, in the unit of the pack's extensions."""
        return sum(given.days or 0 for given in self.extensions)

    def count_on(self, after: int, days: int, unit: PeriodUnit, *, extends: bool) -> int:
        """Count another period: days after a day, and as many more as extensions gave when it `extends`."""
        if unit == "years":
            after, days, unit = years_after(after, days), 0, "calendar"
        spans: list[Span] = [(days, unit)]
        if extends and self.pack.extension:
            spans.append((self.added, self.pack.extension.unit))
        for length, kind in spans:
            after = after + length if kind == "calendar" else self.calendar.business.add(after, length)
        return after

    @property
    def is_open(self) -> bool:
        """Whether an extension was given whose length is not stated."""
        return any(given.days is None for given in self.extensions)

    def reach(self, spans: tuple[Span, ...]) -> tuple[int | None, int]:
        """Count from the first day over what stood still: the day reached, or None and the days that remain."""
        cursor = self.start
        if cursor is None:
            return None, sum(days for days, _ in spans)
        if not self.stops:
            for days, unit in spans:
                cursor = cursor + days if unit == "calendar" else self.calendar.business.add(cursor, days)
            return cursor, 0
        for at, (days, unit) in enumerate(spans):
            reached, left = self._run(cursor, days, unit)
            if reached is None:
                return None, left + sum(days for days, _ in spans[at + 1 :])
            cursor = reached
        return self._after_stops_at_the_end(cursor, spans[-1][1])

    def _after_stops_at_the_end(self, raw: int, unit: Unit) -> tuple[int | None, int]:
        """Give one day back where the clock stopped after its count and before the day that this moved to."""
        for stop in sorted(self.stops, key=lambda stop: stop.first):
            if raw < stop.first <= self.calendar.statute.next_open(raw):
                if stop.last is None:
                    return None, 1
                reached, left = self._run(stop.last, 1, unit)
                if reached is None:
                    return None, left
                raw = reached
        return raw, 0

    def _run(self, cursor: int, days: int, unit: Unit) -> tuple[int | None, int]:
        business = self.calendar.business
        for stop in sorted(self.stops, key=lambda stop: stop.first):
            if stop.last is not None and stop.last <= cursor:
                continue
            before = max(stop.first - 1, cursor)
            running = before - cursor if unit == "calendar" else business.count(cursor, before)
            if running >= days:
                break
            if stop.last is None:
                return None, days - running
            days -= running
            cursor = stop.last
        return (cursor + days if unit == "calendar" else business.add(cursor, days)), 0

    def statute_due(self) -> int | None:
        """Return the last day by statute, or None while the clock stands still."""
        raw, _ = self.reach(self.spans)
        return None if raw is None else self.calendar.statute.next_open(raw)


def years_after(ordinal: int, years: int) -> int:
    """Return the same day so many years on; the 28th of February where there is no 29th."""
    day = date.fromordinal(ordinal)
    year = day.year + years
    short = (day.month, day.day) == (2, 29) and not isleap(year)
    return date(year, day.month, day.day - short).toordinal()


def start(pack: Pack, event: Event, place: tuple[Place, ...] = ()) -> Clock:
    """Begin a case with the day that the request was received. Raises `Refused`."""
    if event.kind is not Kind.RECEIVED:
        raise Refused(
            Text(
                "A case begins when a request is received.",
                "Un dossier commence à la réception d’une demande.",
            )
        )
    on = event.on
    if not EARLIEST <= on <= LATEST:
        raise Refused(
            Text(
                f"Requests received from {EARLIEST.year} to {LATEST.year} can be counted.",
                f"Les demandes reçues de {EARLIEST.year} à {LATEST.year} peuvent être comptées.",
            )
        )
    _require_pack_applies(pack, on)
    calendar = office_calendar(pack, place, USUAL if on.year in USUAL_YEARS else WIDEST)
    waits = pack.response.starts == "complete"
    response = pack.response
    steps: tuple[Step, ...] = (
        step(pack, "received", pack.calendars.counting, on),
        step(pack, "waiting", response, None)
        if waits
        else step(pack, "response", response, None, length=(response.days, response.unit)),
    )
    if pack.first_day is None and not pack.applies_on(on):
        steps = (step(pack, "announced", pack.in_force, None), *steps)
    day = on.toordinal()
    return Clock(pack, place, calendar, day, None if waits else day, (event,), steps)


def _require_pack_applies(pack: Pack, on: date) -> None:
    """Refuse a pack of other days, for a case is pinned to its receipt date; an announced pack may be looked at."""
    if pack.applies_on(on) or (pack.first_day is None and pack.last_day is None):
        return
    day = day_of(on)
    raise Refused(
        Text(
            f"The pack {pack.id} does not apply to a request received on {day.en}.",
            f"Le dossier de loi {pack.id} ne s’applique pas à une demande reçue le {day.fr}.",
        )
    )


def advanced(clock: Clock, event: Event, steps: tuple[Step, ...], **changes: object) -> Clock:
    """Return the clock after `event`, with what it changed and the steps that say so."""
    return replace(clock, events=(*clock.events, event), steps=(*clock.steps, *steps), **changes)  # type: ignore[arg-type]  # names are Clock's own

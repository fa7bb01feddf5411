"""The form of "how long does it take, and why": what is read from an address, and what the law engine makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from parvis.core.bilingual import Language, Text
from parvis.law import (
    Deadline,
    Event,
    Kind,
    Pack,
    Refused,
    deadline,
    pack_for,
    place_chain,
    places,
    received,
    regimes,
)

FIRST_ROWS = 2
MOST_ROWS = 12
LONGEST_REFERENCE = 60
AFTER_RECEIPT = tuple(kind for kind in Kind if kind is not Kind.RECEIVED)
FIELDS = ("kind", "on", "ref", "days", "then")


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as it was typed, and what is wrong with it."""

    number: int
    kind: str = ""
    on: str = ""
    ref: str = ""
    days: str = ""
    then: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Calculation:
    """What was asked, what is wrong with it field by field, and the answer where there is one."""

    law: str = ""
    received: str = ""
    place: str = ""
    rows: tuple[EventRow, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)
    refusal: Text | None = None
    due: Deadline | None = None

    @property
    def is_asked(self) -> bool:
        """Whether somebody filled in anything that calls for an answer."""
        return bool(self.law or self.received)

    @property
    def can_grow(self) -> bool:
        """Whether one more event may be added."""
        return len(self.rows) < MOST_ROWS


def calculate(parameters: QueryDict) -> Calculation:
    """Read the form from an address and answer it. Nothing that was typed is lost, whatever is wrong with it."""
    law, day, place = (parameters.get(name, "").strip()[:40] for name in ("law", "received", "place"))
    rows = _rows(parameters)
    if not (law or day):
        return Calculation(rows=rows)
    errors = {}
    if law not in regimes():
        errors["law"] = _("Choose a law.")
    if place and place not in places():
        errors["place"] = _("Choose a place of the list.")
    received_on = _day(day)
    if received_on is None:
        errors["received"] = _("Write the day as year-month-day, for example 2026-05-29.")
    events, rows = _events(rows)
    asked = Calculation(law, day, place, rows, errors)
    if errors or received_on is None or any(row.error for row in rows):
        return asked
    try:
        ordered = sorted(events, key=lambda event: event.on)
        due = deadline(
            pack_for(law, received_on), [received(received_on), *ordered], place_chain(place or None)
        )
    except Refused as refused:
        return Calculation(law, day, place, rows, refusal=refused.text)
    return Calculation(law, day, place, rows, due=due)


def grounds_of(pack: Pack) -> Sequence[str]:
    """Return the references that an event may name under a pack: grounds of extension, and what stops the clock."""
    extension = [ground.ref for ground in pack.extension.grounds] if pack.extension else []
    return list(dict.fromkeys([*extension, *(one.ref for one in pack.suspensions)]))


def place_choices(language: Language) -> list[tuple[str, str]]:
    """Return every place that has holidays of its own, by name."""
    return sorted(
        ((one.id, one.name.in_(language)) for one in places().values()), key=lambda choice: choice[1]
    )


def _rows(parameters: QueryDict) -> tuple[EventRow, ...]:
    columns = {name: parameters.getlist(name) for name in FIELDS}
    told = [
        {
            name: (values[number] if number < len(values) else "").strip()[:LONGEST_REFERENCE]
            for name, values in columns.items()
        }
        for number in range(min(max(len(values) for values in columns.values()), MOST_ROWS))
    ]
    filled = [row for row in told if any(row.values())]
    wanted = max(FIRST_ROWS, len(filled) + (1 if parameters.get("more") else 0))
    filled += [dict.fromkeys(FIELDS, "")] * (min(wanted, MOST_ROWS) - len(filled))
    return tuple(EventRow(number, **row) for number, row in enumerate(filled, 1))


def _events(rows: Sequence[EventRow]) -> tuple[list[Event], tuple[EventRow, ...]]:
    events, read = [], []
    for row in rows:
        event, error = _event(row)
        events += [event] if event else []
        read.append(EventRow(row.number, row.kind, row.on, row.ref, row.days, row.then, error))
    return events, tuple(read)


def _event(row: EventRow) -> tuple[Event | None, str]:
    if not any((row.kind, row.on, row.ref, row.days, row.then)):
        return None, ""
    if row.kind not in set(AFTER_RECEIPT):
        return None, _("Choose what happened.")
    on, then = _day(row.on), _day(row.then)
    if on is None or (row.then and then is None):
        return None, _("Write the day as year-month-day, for example 2026-05-29.")
    if row.days and not (row.days.isdecimal() and 0 < int(row.days) < 10_000):  # noqa: PLR2004  # 27 years
        return None, _("Write the length as a number of days.")
    return Event(Kind(row.kind), on, row.ref, int(row.days) if row.days else None, None, then), ""


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2200 else None  # noqa: PLR2004  # the years for which holidays are known

"""What happened to a case, and the short text form in which the command line and the tests write it."""

import re
from dataclasses import dataclass
from datetime import date

from parvis.core.bilingual import Text
from parvis.law.model import Kind, Role
from parvis.law.refusal import Refused


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened on a day.

    `ref` is the ground of an extension or the rule of a suspension; `days` the length of an extension; `by` who
    decided it; `then_on` a second day where there is one (when the other institution received a transfer).
    """

    kind: Kind
    on: date
    ref: str = ""
    days: int | None = None
    by: Role | None = None
    then_on: date | None = None

    def __str__(self) -> str:
        parts = [self.kind, self.on, self.ref, self.days, self.by, self.then_on]
        return ":".join(str(part) for part in parts if part not in {None, ""})


def received(on: date) -> Event:
    """Return the event with which every case begins."""
    return Event(Kind.RECEIVED, on)


def parse_event(text: str) -> Event:
    """Read `kind:day[:ref][:days][:by][:day]`, as in `extended:2026-06-20:9(1)(b):60`. Raises `Refused`."""
    kind_text, _, rest = text.partition(":")
    parts = rest.split(":")
    try:
        kind, on = Kind(kind_text.strip().replace("_", "-")), date.fromisoformat(parts[0].strip())
    except ValueError as error:
        raise Refused(
            Text(
                f"“{text}” is not an event. Write kind:YYYY-MM-DD, where kind is one of {', '.join(Kind)}.",
                f"«\N{NO-BREAK SPACE}{text}\N{NO-BREAK SPACE}» n’est pas un évènement. Écrivez "
                f"genre:AAAA-MM-JJ, où genre est l’un de {', '.join(Kind)}.",
            )
        ) from error
    ref, days, by, then_on = "", None, None, None
    for part in (part.strip() for part in parts[1:]):
        # A section may be a bare number, so that only what follows a ground is a length.
        if kind is Kind.EXTENDED and ref and re.fullmatch("[0-9]{1,6}", part):
            days = int(part)
        elif part in set(Role):
            by = Role(part)
        elif _is_day(part):
            then_on = date.fromisoformat(part)
        else:
            ref = part
    return Event(kind, on, ref, days, by, then_on)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-01-01")

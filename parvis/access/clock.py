"""When a request is due: a replay of its events by the law engine. No date is worked out anywhere else in this room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from parvis.core.bilingual import Text
from parvis.law import Deadline, Event, Pack, Refused, deadline, pack, pack_for, place_chain, places, received

ABOUT = {"access": ("access", "both"), "own-information": ("own-information", "both")}


@dataclass(frozen=True, slots=True)
class Dates:
    """What is kept beside a request from the replay of its events."""

    statute_due: date | None = None
    policy_due: date | None = None


def law_for(regimes: Iterable[str], *, is_personal: bool, day: date) -> Pack:
    """Return the law under which an institution answers a request of `day`, for records or for one's own information.

    `regimes` are those that the institution is under, in their order. Raises `Refused` when none of them gives it.
    """
    wanted = ABOUT["own-information" if is_personal else "access"]
    for regime in regimes:
        try:
            found = pack_for(regime, day)
        except Refused:
            continue
        if found.about in wanted:
            return found
    raise Refused(
        Text(
            "No statute that this institution is under gives a right to this kind of request.",
            "Aucune loi qui régit cette institution ne donne droit à ce genre de demande.",
        )
    )


def place_of(jurisdiction: str) -> str:
    """Return the place whose holidays count in a jurisdiction ("ca-on-3520005": Ontario); "" for none.

    Where a federal office stands is not known; without its local holidays the day can only be earlier, never later.
    """
    parts = jurisdiction.split("-")
    return parts[1] if len(parts) > 1 and parts[1] in places() else ""


def reckon(pack_id: str, place: str, events: Iterable[Event]) -> Deadline:
    """Replay the events of a case under the law that it is pinned to. Raises `Refused`."""
    return deadline(pack(pack_id), events, place_chain(place or None))


def dates_of(due: Deadline) -> Dates:
    """Return what is kept of a deadline."""
    return Dates(due.statute_due, due.policy_due)


def copy_standard(received_on: date, days: int) -> Dates:
    """Return the day of the service standard for a copy of what was released: a promise, which no statute makes."""
    return Dates(None, received_on + timedelta(days=days))


def dates_on_receipt(pack_id: str, place: str, day: date, copy_days: int) -> Dates:
    """Return when a request that is received on `day` is due; without a pack it is a copy, under the service standard.

    Raises `Refused` where the engine does.
    """
    if not pack_id:
        return copy_standard(day, copy_days)
    return dates_of(reckon(pack_id, place, [received(day)]))

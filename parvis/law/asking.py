"""From the words that a person types to a deadline: the command line, the page and the API ask alike."""

from collections.abc import Iterable
from pathlib import Path

from parvis.law.deadline import Deadline, deadline
from parvis.law.events import parse_event
from parvis.law.library import PACKS, find, place_chain


def work_out(
    name: str, received_on: str, events: Iterable[str] = (), place: str | None = None, *, folder: Path = PACKS
) -> Deadline:
    """Return the deadline of a case under a pack, or under a regime's pack of the day of receipt.

    `received_on` is an ISO day; `events` are as `parse_event` reads them, in any order; `place` is a place's id.
    Raises `Refused` with a sentence for anything that cannot be read or cannot have happened.
    """
    first = parse_event(f"received:{received_on}")
    later = sorted((parse_event(text) for text in events), key=lambda event: event.on)
    return deadline(find(name, first.on, folder), [first, *later], place_chain(place))

"""Finding out whether anyone touched the trail: one walk along the chain, a few thousand links in memory at a time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection

from parvis.audit.anchor import Head
from parvis.audit.chain import FIRST, SealedEvent, key_mark, link_hash
from parvis.audit.models import Seal

AT_ONCE = 5000
LONGEST_TRANSACTION = timedelta(
    hours=6
)  # an event is told at its commit, and bears the moment when that began
_LONG_AGO = datetime(1970, 1, 2, tzinfo=UTC)
CLOCKS_DIFFER = timedelta(seconds=5)


class FaultKind(StrEnum):
    """What is wrong at one place of the trail."""

    CHANGED = "changed"  # the event, or its seal, is not what was sealed
    MISSING = "missing"  # the event is gone
    UNSEALED = "without its seal"  # the seal is gone, and its number is skipped
    INSERTED = "inserted later"  # its number says that it is older than its moment can be
    BACKDATED = "backdated"  # it came into the trail long after the moment that it bears
    OTHER_KEY = "sealed with another key"
    TRUNCATED = "cut off"  # the chain ends before its noted head
    FORGED = "made anew"  # the chain has another link where the noted head was


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the trail is not what was sealed. `event_id` is 0 where no event can be named."""

    number: int
    kind: FaultKind
    event_id: int


@dataclass(frozen=True, slots=True)
class Link:
    """One seal, with the event that it names if that is still there."""

    number: int
    event_id: int
    hash: str
    sealed_at: datetime
    key_mark: str
    event: SealedEvent | None


SELECT = """
SELECT s.number, s.event_id, s.hash, s.sealed_at, s.key_mark, e.id, e.name, e.happened_at, e.actor_kind,
       e.actor_id, e.actor_name, e.subject_type, e.subject_id, e.data
FROM audit_seal s LEFT JOIN audit_event e ON e.id = s.event_id
WHERE s.number > %s ORDER BY s.number LIMIT %s
"""


def verify_chain(key: bytes, *heads: Head) -> Iterator[Fault]:
    """Yield every fault of the chain in its order, then what the noted heads tell.

    After a fault the walk goes on, so that each is told once: from the stored hash and, should it be the seal that
    was changed, from the one that it ought to have.
    """
    walk = _Walk(key)
    for link in _links():
        yield from walk.step(link)
    for noted in heads:
        if noted.number > walk.number:
            yield Fault(noted.number, FaultKind.TRUNCATED, 0)
        elif not Seal.objects.filter(number=noted.number, hash=noted.hash).exists():
            yield Fault(noted.number, FaultKind.FORGED, 0)


class _Walk:
    """Where the walk stands: the last number, what may stand before the next link, and what was sealed in which run."""

    def __init__(self, key: bytes) -> None:
        self.key, self.mark = key, key_mark(key)
        self.number = 0
        self.before = {FIRST}
        self.newest_event, self.newest_moment = 0, _LONG_AGO
        self.run_at, self.run_before_at = (
            _LONG_AGO,
            _LONG_AGO,
        )  # when the sealer ran: for this link, and before
        self.newest_event_before_run = 0

    def step(self, link: Link) -> Iterator[Fault]:
        """Yield what is wrong with one link, and go on to the next."""
        for hole in range(self.number + 1, link.number):
            yield Fault(hole, FaultKind.UNSEALED, 0)
        if link.number != self.number + 1:
            self.before = set()  # what stood there is gone: only the next link can be checked again
        if link.sealed_at != self.run_at:
            self.run_before_at, self.run_at = self.run_at, link.sealed_at
            self.newest_event_before_run = self.newest_event
        ought = self._ought(link)
        if link.event is None:
            yield Fault(link.number, FaultKind.MISSING, link.event_id)
        elif link.key_mark != self.mark:
            yield Fault(link.number, FaultKind.OTHER_KEY, link.event_id)
        elif self.before and link.hash not in ought:
            yield Fault(link.number, FaultKind.CHANGED, link.event_id)
        elif fault := self._untimely(link, link.event):
            yield Fault(link.number, fault, link.event_id)
        else:
            self.newest_moment = max(self.newest_moment, link.event.happened_at)
        self.number, self.before = link.number, {link.hash, *ought}
        self.newest_event = max(self.newest_event, link.event_id)

    def _ought(self, link: Link) -> set[str]:
        if link.event is None:
            return set()
        return {link_hash(self.key, one, link.number, link.sealed_at, link.event) for one in self.before}

    def _untimely(self, link: Link, event: SealedEvent) -> FaultKind | None:
        """Tell an event that was put in later from one whose transaction only took long.

        Events get their numbers in order, and the sealer takes them in that order. So one with a lower number than
        an earlier run sealed was not committed then: it cannot have begun after that run, nor hours before the last
        run. And none can have begun hours before one with a lower number had already happened.
        """
        if link.event_id < self.newest_event_before_run:
            if event.happened_at > _first_sealed_above(link) + CLOCKS_DIFFER:
                return FaultKind.INSERTED
            is_late = event.happened_at < self.run_before_at - LONGEST_TRANSACTION
        else:
            is_late = event.happened_at < self.newest_moment - LONGEST_TRANSACTION
        return FaultKind.BACKDATED if is_late else None


def _first_sealed_above(link: Link) -> datetime:
    above = Seal.objects.filter(event_id__gt=link.event_id, number__lt=link.number).order_by("number")
    return above.values_list("sealed_at", flat=True).first() or link.sealed_at


def _links() -> Iterator[Link]:
    number = 0
    while rows := _rows_after(number):
        for row in rows:
            yield _link(row)
        number = rows[-1][0]


def _rows_after(number: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(SELECT, [number, AT_ONCE])
        return list(cursor.fetchall())


def _link(row: tuple[Any, ...]) -> Link:
    number, event_id, digest, sealed_at, mark, *columns = row
    if columns[0] is None:
        return Link(number, event_id, digest, sealed_at, mark, None)
    data = columns[-1]
    columns[-1] = (
        json.loads(data) if isinstance(data, str) else data
    )  # Django's connection leaves JSON as text
    return Link(number, event_id, digest, sealed_at, mark, SealedEvent(*columns))

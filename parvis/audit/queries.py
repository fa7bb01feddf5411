"""Reading the trail, and finding out whether anyone touched it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from parvis.audit.chain import FIRST, link_hash
from parvis.audit.events import EventName, sentence
from parvis.audit.models import Event, Seal
from parvis.core.bilingual import Text


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the trail is not what was sealed. `kind` is changed, missing or reordered."""

    number: int
    kind: str
    event_id: int


@dataclass(frozen=True, slots=True)
class SealLag:
    """How far the sealer is behind: events without a seal, and how many seconds the oldest one waits."""

    waiting: int
    seconds: float


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One event as a page shows it."""

    happened_at: datetime
    sentence: Text
    actor_kind: str
    actor_name: str
    data: dict[str, object]


def verify_chain() -> Iterator[Fault]:
    """Yield every fault of the chain, in its order.

    A changed event (or seal) breaks its link; a removed event leaves a seal without it; a removed seal leaves
    a hole in the numbers. After a fault the walk goes on from the stored hash, so each fault is told once.
    """
    previous, expected = FIRST, 1
    events = _events_by_id()
    seals = Seal.objects.order_by("number").values_list("number", "event_id", "hash")
    for number, event_id, stored in seals.iterator():
        for missing in range(expected, number):
            yield Fault(missing, "missing", 0)
        event = events.get(event_id)
        if event is None:
            yield Fault(number, "missing", event_id)
        elif number == expected and link_hash(previous, number, event) != stored:
            yield Fault(number, "changed", event_id)
        previous, expected = stored, number + 1


def _events_by_id() -> dict[int, Event]:
    return {event.pk: event for event in Event.objects.iterator(chunk_size=5000)}


def seal_lag() -> SealLag:
    """Return how far the sealer is behind."""
    waiting = Event.objects.filter(seal__isnull=True)
    oldest = waiting.order_by("pk").values_list("happened_at", flat=True).first()
    return SealLag(waiting.count(), (timezone.now() - oldest).total_seconds() if oldest else 0.0)


def trail_of(subject_type: str, subject_id: str, limit: int = 100) -> list[TrailLine]:
    """Return the newest events about one thing, newest first."""
    events = Event.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("-pk")[:limit]
    return [TrailLine(e.happened_at, sentence(e.name), e.actor_kind, e.actor_name, e.data) for e in events]


def last_moment(name: EventName) -> datetime | None:
    """Return when such an event last happened; None when it never did."""
    return Event.objects.filter(name=str(name)).order_by("-pk").values_list("happened_at", flat=True).first()


def is_append_only() -> bool:
    """Tell whether the database itself still refuses to change or remove events."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname = ANY(%s) AND tgenabled <> 'D'",
            [["audit_event_append_only", "audit_seal_append_only"]],
        )
        row = cursor.fetchone()
    return bool(row and row[0] == 2)  # noqa: PLR2004  # one trigger for each of the two tables

"""Reading the trail, and finding out whether anyone touched it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from parvis.audit.anchor import Head
from parvis.audit.events import EventName, sentence
from parvis.audit.exporting import Form, written
from parvis.audit.models import Event, Seal
from parvis.audit.policy import can_read_trail, can_read_whole_trail, institutions_read, visible_to
from parvis.core.actor import Actor
from parvis.core.bilingual import Text


@dataclass(frozen=True, slots=True)
class SealLag:
    """How far the sealer is behind: events without a seal, and how many seconds the oldest one waits."""

    waiting: int
    seconds: float


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One event as a page shows it."""

    happened_at: datetime
    name: str
    sentence: Text
    actor_kind: str
    person_id: int | None
    actor_name: str
    data: dict[str, object]


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """How a reader narrows the trail. Days are those of the installation's time zone; `until_on` is included."""

    name: str = ""
    subject_type: str = ""
    subject_id: str = ""
    actor_kind: str = ""
    person_id: int | None = None
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event on the page that shows the trail. `seal_number` is None for as long as no seal holds it."""

    pk: int
    happened_at: datetime
    name: str
    sentence: Text
    actor_kind: str
    person_id: int | None
    actor_name: str
    subject_type: str
    subject_id: str
    data: dict[str, object]
    seal_number: int | None


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Some events, newest first, and where the older ones begin: 0 where there are none."""

    lines: tuple[EventLine, ...]
    older_than: int


PER_PAGE = 50


def narrowed(events: QuerySet[Event], by: TrailFilter) -> QuerySet[Event]:
    """Return the events that a filter leaves."""
    equal = {
        "name": by.name,
        "subject_type": by.subject_type,
        "subject_id": by.subject_id,
        "actor_kind": by.actor_kind,
        "actor_id": by.person_id,
    }
    found = events.filter(**{field: value for field, value in equal.items() if value})
    if by.from_on:
        found = found.filter(happened_at__gte=_start_of(by.from_on))
    if by.until_on:
        found = found.filter(happened_at__lt=_start_of(by.until_on + timedelta(days=1)))
    return found


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def trail_page(
    actor: Actor, slugs: frozenset[str], by: TrailFilter, *, older_than: int | None = None
) -> TrailPage:
    """Return a page of what the actor may read (`slugs`: of the institutions whose events are theirs to read)."""
    found = narrowed(visible_to(actor, slugs), by).select_related("seal").order_by("-pk")
    if older_than is not None:
        found = found.filter(pk__lt=older_than)
    events = list(found[: PER_PAGE + 1])
    lines = tuple(_line(event) for event in events[:PER_PAGE])
    return TrailPage(lines, lines[-1].pk if len(events) > PER_PAGE else 0)


def _line(event: Event) -> EventLine:
    return EventLine(
        pk=event.pk,
        happened_at=event.happened_at,
        name=event.name,
        sentence=sentence(event.name),
        actor_kind=event.actor_kind,
        person_id=event.actor_id,
        actor_name=event.actor_name,
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        data=event.data,
        seal_number=event.seal.number if hasattr(event, "seal") else None,
    )


def everything() -> QuerySet[Event]:
    """Return the whole trail. For the command line; pages ask `policy.visible_to`."""
    return Event.objects.all()


def export_of(actor: Actor, slugs: frozenset[str], by: TrailFilter, form: Form) -> Iterator[str]:
    """Yield the lines of an export of what the actor sees: all pages of it."""
    return written(narrowed(visible_to(actor, slugs), by), form)


def subject_types(actor: Actor, slugs: frozenset[str]) -> list[str]:
    """Return the kinds of subject of what the actor may read, by name.

    For the whole trail it skips from one to the next through their index, however long the trail is.
    """
    if not can_read_whole_trail(actor):
        seen = visible_to(actor, slugs).order_by("subject_type")
        return list(seen.values_list("subject_type", flat=True).distinct())
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE kind AS ("
            " (SELECT subject_type FROM audit_event ORDER BY subject_type LIMIT 1)"
            " UNION ALL SELECT (SELECT e.subject_type FROM audit_event e"
            " WHERE e.subject_type > kind.subject_type ORDER BY e.subject_type LIMIT 1)"
            " FROM kind WHERE kind.subject_type IS NOT NULL"
            ") SELECT subject_type FROM kind WHERE subject_type IS NOT NULL"
        )
        return [row[0] for row in cursor.fetchall()]


def head() -> Head | None:
    """Return the newest seal."""
    found = Seal.objects.order_by("-number").values_list("number", "hash").first()
    return Head(*found) if found else None


def holds(noted: Head) -> bool:
    """Tell whether the chain still has the seal that was noted, with its hash."""
    return Seal.objects.filter(number=noted.number, hash=noted.hash).exists()


def seal_lag() -> SealLag:
    """Return how far the sealer is behind."""
    waiting = Event.objects.filter(seal__isnull=True)
    oldest = waiting.order_by("pk").values_list("happened_at", flat=True).first()
    return SealLag(waiting.count(), (timezone.now() - oldest).total_seconds() if oldest else 0.0)


def trail_of(
    subject_type: str, subject_id: str, *, names: Collection[EventName], limit: int = 100
) -> list[TrailLine]:
    """Return the newest of these events about one thing, newest first. Who may see the thing, its room says."""
    told = Event.objects.filter(subject_type=subject_type, subject_id=subject_id, name__in=map(str, names))
    return [
        TrailLine(e.happened_at, e.name, sentence(e.name), e.actor_kind, e.actor_id, e.actor_name, e.data)
        for e in told.order_by("-pk")[:limit]
    ]


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


# What other rooms ask of this one's rules: they import no policy.
__all__ = [
    "EventLine",
    "Form",
    "SealLag",
    "TrailFilter",
    "TrailPage",
    "can_read_trail",
    "can_read_whole_trail",
    "everything",
    "export_of",
    "head",
    "holds",
    "institutions_read",
    "is_append_only",
    "last_moment",
    "seal_lag",
    "subject_types",
    "trail_of",
    "trail_page",
]

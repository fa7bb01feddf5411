"""Writing to the trail, and sealing it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import structlog
from django.db import connection, models, transaction

from parvis.audit import queries
from parvis.audit.anchor import audit_key, read_anchor, write_anchor
from parvis.audit.chain import FIRST, key_mark, link_hash
from parvis.audit.events import AuditEvent
from parvis.audit.models import Event, Seal
from parvis.core.action import action
from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.core.errors import ParvisError

LOG = structlog.get_logger("parvis.audit")

SEALER_LOCK = 0x5EA1  # a number of ours for PostgreSQL's advisory lock


def append_event(event: StrEnum, *, actor: Actor, subject: models.Model | str, **data: Any) -> None:
    """Append one event about `subject` (a saved object, or a name such as "index") to the trail.

    Refuses to run outside a transaction, so that a change and its trace stand or fall together.
    `data` is JSON; it never holds personal information of a requester. Raises RuntimeError outside a transaction.
    """
    append_events([event_about(event, actor=actor, subject=subject, **data)])


def append_events(events: Sequence[Event]) -> None:
    """Append several events, made by `event_about`, in their order and in one statement. As `append_event`."""
    if events and not connection.in_atomic_block:
        raise RuntimeError(f"{events[0].name} is appended outside a transaction")
    Event.objects.bulk_create(events)


def event_about(event: StrEnum, *, actor: Actor, subject: models.Model | str, **data: Any) -> Event:
    """Return an event that is not written yet. A subject with a `public_id` need not be saved yet either."""
    return Event(
        name=str(event),
        actor_kind=str(actor.kind),
        actor_id=actor.person_id,
        actor_name=actor.name,
        subject_type=_subject_type(subject),
        subject_id="" if isinstance(subject, str) else str(getattr(subject, "public_id", subject.pk)),
        data={key: _as_json(value) for key, value in data.items()},
    )


def _subject_type(subject: models.Model | str) -> str:
    return subject if isinstance(subject, str) else subject._meta.label_lower  # noqa: SLF001  # documented


def _as_json(value: Any) -> Any:
    if isinstance(value, Text):
        return {"en": value.en, "fr": value.fr}
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


@action
def record_read(*, actor: Actor, subject: models.Model | str, why: str, **data: Any) -> None:
    """Note that personal information in `subject` was read, and why: a short word of the room's ("processing").

    The one change that a GET may make: an append to the trail, in its own short transaction. A caller that knows
    the institution passes its slug as `institution`.
    """
    append_event(AuditEvent.READ, actor=actor, subject=subject, why=why, **data)


@action
def record_export(*, actor: Actor, form: str, **filters: str) -> None:
    """Note that the trail was exported, in which form and how narrowed."""
    append_event(AuditEvent.EXPORTED, actor=actor, subject="trail", form=form, filters=filters)


@action
def seal_events(*, actor: Actor, at_most: int = 10_000) -> int:  # noqa: ARG001  # every action has an actor
    """Chain the committed events that no seal holds yet, oldest first, and return how many; then note the newest seal.

    One sealer at a time: another one returns 0 at once. Raises OtherKeyError when the chain was made with another
    key than this machine has: its seals would not hold anywhere else.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s), statement_timestamp()", [SEALER_LOCK])
        is_ours, sealed_at = next(iter(cursor.fetchall()))
    if not is_ours:
        return 0
    key = audit_key()
    mark = key_mark(key)
    last = Seal.objects.order_by("-number").first()
    if last and last.key_mark != mark:
        raise OtherKeyError
    number, previous = (last.number, last.hash) if last else (0, FIRST)
    seals = []
    for event in Event.objects.filter(seal__isnull=True).order_by("pk")[:at_most]:
        number += 1
        previous = link_hash(key, previous, number, sealed_at, event.sealed_form())
        seals.append(Seal(number=number, event=event, hash=previous, sealed_at=sealed_at, key_mark=mark))
    Seal.objects.bulk_create(seals, batch_size=1000)
    transaction.on_commit(_note_head)
    return len(seals)


def _note_head() -> None:
    """Note the newest seal outside the database, unless the chain no longer holds what was noted before.

    Then the old note stays: it is the evidence, and `parvis audit verify` tells of it.
    """
    head = queries.head()
    noted = read_anchor()
    if head is None or head == noted:
        return
    if noted is None or queries.holds(noted):
        write_anchor(head)
    else:
        LOG.error("the trail lacks its noted head", noted=noted.number, newest=head.number)


class OtherKeyError(ParvisError):
    """The chain was made with another key."""

    def __init__(self) -> None:
        super().__init__(
            "The trail is sealed with another key. PARVIS_AUDIT_KEY is the same on every machine that runs a worker, "
            "or keys/audit_key is copied to each; see docs/security.md."
        )

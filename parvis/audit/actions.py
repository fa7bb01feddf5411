"""Writing to the trail, and sealing it."""

from enum import StrEnum
from typing import Any

from django.db import connection, models

from parvis.audit.chain import FIRST, link_hash
from parvis.audit.models import Event, Seal
from parvis.core.action import action
from parvis.core.actor import Actor
from parvis.core.bilingual import Text

SEALER_LOCK = 0x5EA1  # a number of ours for PostgreSQL's advisory lock


def append_event(event: StrEnum, *, actor: Actor, subject: models.Model | str, **data: Any) -> None:
    """Append one event about `subject` (a saved object, or a name such as "index") to the trail.

    Refuses to run outside a transaction, so that a change and its trace stand or fall together.
    `data` is JSON; it never holds personal information of a requester. Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{event} is appended outside a transaction")
    Event.objects.create(
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
def seal_events(*, actor: Actor, at_most: int = 10_000) -> int:  # noqa: ARG001  # every action has an actor
    """Chain the committed events that no seal holds yet, oldest first, and return how many.

    One sealer at a time: another one returns 0 at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
        row = cursor.fetchone()
        if not (row and row[0]):
            return 0
    last = Seal.objects.order_by("-number").first()
    number, previous = (last.number, last.hash) if last else (0, FIRST)
    seals = []
    for event in Event.objects.filter(seal__isnull=True).order_by("pk")[:at_most]:
        number += 1
        previous = link_hash(previous, number, event)
        seals.append(Seal(number=number, event=event, hash=previous))
    Seal.objects.bulk_create(seals, batch_size=1000)
    return len(seals)

"""The hash of one link: keyed, over the whole event, the moment of its sealing, and the link before it."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIRST = "0" * 64  # what stands before the first link


@dataclass(frozen=True, slots=True)
class SealedEvent:
    """One event exactly as the database holds it."""

    pk: int
    name: str
    happened_at: datetime
    actor_kind: str
    actor_id: int | None
    actor_name: str
    subject_type: str
    subject_id: str
    data: Any


def link_hash(key: bytes, previous: str, number: int, sealed_at: datetime, event: SealedEvent) -> str:
    """Return the HMAC-SHA256, in hexadecimal, of the event as stored, its place and moment, and the link before it.

    Without the key nobody can make a link that holds, however well they know the database.
    """
    told = [
        previous,
        number,
        sealed_at.astimezone(UTC).isoformat(),
        event.pk,
        event.name,
        event.happened_at.astimezone(UTC).isoformat(),
        event.actor_kind,
        event.actor_id,
        event.actor_name,
        event.subject_type,
        event.subject_id,
        event.data,
    ]
    canonical = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, canonical.encode(), hashlib.sha256).hexdigest()


def key_mark(key: bytes) -> str:
    """Return by what a key is recognised: sixteen digits that tell nothing of it."""
    return hmac.new(key, b"mark of an audit key", hashlib.sha256).hexdigest()[:16]

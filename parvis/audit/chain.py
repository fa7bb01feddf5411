"""The hash of one link: over the whole event and the link before it."""

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parvis.audit.models import Event

FIRST = "0" * 64  # what stands before the first link


def link_hash(previous: str, number: int, event: "Event") -> str:
    """Return the SHA-256, in hexadecimal, of the event as stored, its place, and the previous link's hash."""
    told = [
        previous,
        number,
        event.pk,
        event.name,
        event.happened_at.isoformat(),
        event.actor_kind,
        event.actor_id,
        event.actor_name,
        event.subject_type,
        event.subject_id,
        event.data,
    ]
    canonical = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()

"""Sealing documents, and renewing the key that seals."""

import hashlib

from django.utils import timezone

from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.letters.events import LettersEvent
from parvis.letters.models import SealedDocument
from parvis.letters.policy import can_renew_key
from parvis.letters.queries import seal_keys
from parvis.letters.seals import Seal, sign


@action
def seal_document(*, actor: Actor, content: bytes, kind: str) -> Seal:
    """Seal a document and register its fingerprint; return the seal, whose `as_json()` goes with the document.

    `kind` is the name of a letter ("access:receipt"). Who may have this document is the caller's rule. The same
    document sealed again keeps its first place in the register.
    """
    digest = hashlib.sha256(content).hexdigest()
    seal = sign(digest, kind=kind, at=timezone.now(), keys=seal_keys())
    row, is_new = SealedDocument.objects.get_or_create(
        sha256=digest, defaults={"kind": kind, "sealed_at": seal.sealed_at, "key_id": seal.key_id}
    )
    if is_new:
        append_event(LettersEvent.SEALED, actor=actor, subject=row, kind=kind, sha256=digest, key=seal.key_id)
    return seal


@action
def renew_seal_key(*, actor: Actor) -> str:
    """Put a new key in use and return its ID. What the old one sealed can still be verified."""
    require(can_renew_key(actor))
    key_id = seal_keys().renew()
    append_event(LettersEvent.KEY_RENEWED, actor=actor, subject="letters", key=key_id)
    return key_id

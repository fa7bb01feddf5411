"""Who may open a draft: the person whose it is, or whoever holds its key."""

import hmac

from django.db.models import Q

from parvis.access.models import Draft
from parvis.core.actor import Actor, ActorKind
from parvis.core.tokens import token_hash

NOBODY = Q(pk__in=[])


def can_open_draft(actor: Actor, draft: Draft, key: str = "") -> bool:
    """Return whether the actor may read and change this draft. A key opens it to whoever has it: a guest's own link."""
    if actor.is_system:
        return True
    if actor.kind is ActorKind.PERSON and draft.person_id == actor.person_id:
        return True
    return bool(key) and hmac.compare_digest(token_hash(key), draft.key_hash)


def drafts_open_to(actor: Actor, key: str = "") -> Q:
    """Return the condition that keeps the drafts that the actor may open: the set that goes with `can_open_draft`."""
    if actor.is_system:
        return Q()
    own = Q(person_id=actor.person_id) if actor.kind is ActorKind.PERSON else NOBODY
    return own | Q(key_hash=token_hash(key)) if key else own

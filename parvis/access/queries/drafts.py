"""Drafts, opened by whose they are or by their key."""

from parvis.access import policy
from parvis.access.answers import Answers
from parvis.access.models import Draft
from parvis.core.actor import Actor, ActorKind


def draft_of(actor: Actor, public_id: str, key: str = "") -> Draft | None:
    """Return a draft that the actor, or the key, opens; None for any other, as if there were none."""
    return Draft.objects.filter(policy.drafts_open_to(actor, key), public_id=public_id).first()


def draft_by_key(key: str) -> Draft | None:
    """Return the draft of a private link that was not sent, or None."""
    rows = Draft.objects.being_written().filter(policy.drafts_open_to(Actor.public(), key))
    return rows.first() if key else None


def answers_of(draft: Draft) -> Answers:
    """Return what was answered so far."""
    return Answers() if draft.is_erased("sealed") else Answers.from_json(draft.read_sealed("sealed"))


def own_drafts(actor: Actor) -> tuple[Draft, ...]:
    """Return the drafts of a signed-in person that were not sent, the last changed first."""
    if actor.kind is not ActorKind.PERSON or actor.person_id is None:
        return ()
    return tuple(
        Draft.objects.being_written().filter(person_id=actor.person_id).order_by("-changed_at", "-pk")
    )

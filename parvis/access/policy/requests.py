"""Who may know of a request, of who asks, and of what proves it. `visible_to` is the same rule as `can_see`, for a set.

The people of an institution know of its requests; the one who sent it knows of their own. The central office, auditors
and administrators see no case content: they have counts. Who asks is known to fewer, and every such read is noted.
"""

import hmac
from enum import StrEnum

from django.db.models import Q

from parvis.access.models import AccessRequest, Submission
from parvis.access.states import Purpose
from parvis.core.actor import Actor, ActorKind
from parvis.core.roles import Role
from parvis.core.tokens import token_hash

EVERYONE, NOBODY = Q(), Q(pk__in=[])
SEES_CASES = (Role.OFFICER, Role.REVIEWER, Role.DELEGATE, Role.HEAD, Role.PRIVACY_OFFICER)
WORKS_CASES = (Role.OFFICER, Role.PRIVACY_OFFICER)
SEES_REQUESTERS = (Role.OFFICER, Role.PRIVACY_OFFICER)
HOLDS_CASES = (Role.OFFICER, Role.HEAD)


class Permission(StrEnum):
    """What one may be allowed to do here."""

    SEE = "access:see"
    FOLLOW = "access:follow"
    WORK = "access:work"
    SEE_REQUESTER = "access:see-requester"
    OPEN_FILE = "access:open-file"
    HOLD = "access:hold"


def can_see(actor: Actor, row: AccessRequest) -> bool:
    """Return whether the actor may know of this request as its institution does."""
    return actor.is_system or actor.holds(*SEES_CASES, institution_id=row.institution_id)


def visible_to(actor: Actor) -> Q:
    """Return the condition that keeps the requests that the actor may know of."""
    return EVERYONE if actor.is_system else Q(institution_id__in=actor.institutions(*SEES_CASES))


def can_see_desk(actor: Actor) -> bool:
    """Return whether the desk opens to the actor: whoever works or decides requests of some institution."""
    return bool(actor.institutions(*SEES_CASES))


def can_work(actor: Actor, row: AccessRequest) -> bool:
    """Return whether the actor may work this request, in the name of its institution."""
    return actor.is_system or actor.acts_for(row.institution_id, *WORKS_CASES)


def could_change(actor: Actor, row: AccessRequest) -> bool:
    """Return whether the actor could do something here, once they act in the name of the institution."""
    may = actor.holds(*WORKS_CASES, *HOLDS_CASES, institution_id=row.institution_id)
    return may and actor.institution_id != row.institution_id


def can_see_requester(actor: Actor, row: AccessRequest) -> bool:
    """Return whether the actor may be told who asks: who has to write to them, in the name of the institution."""
    return actor.acts_for(row.institution_id, *SEES_REQUESTERS)


def requesters_visible_to(actor: Actor) -> Q:
    """Return the condition that keeps the requests of which the actor may be told who asks."""
    if actor.institution_id is None or not actor.acts_for(actor.institution_id, *SEES_REQUESTERS):
        return NOBODY
    return Q(institution_id=actor.institution_id)


def can_open_file(actor: Actor, row: AccessRequest, purpose: str) -> bool:
    """Return whether the actor may open a file of this request; proof of identity is for the privacy desk alone."""
    if purpose == Purpose.SUPPORT:
        return can_see(actor, row)
    return actor.acts_for(row.institution_id, Role.PRIVACY_OFFICER)


def can_hold(actor: Actor, row: AccessRequest) -> bool:
    """Return whether the actor may place and lift a legal hold."""
    return actor.is_system or actor.acts_for(row.institution_id, *HOLDS_CASES)


def can_move(actor: Actor) -> bool:
    """Return whether the actor may hand requests of an institution to its successor: who lets institutions merge."""
    return actor.is_system or actor.holds(Role.CENTRAL_OFFICE)


def can_follow(actor: Actor, submission: Submission, key: str = "") -> bool:
    """Return whether this is the requester: signed in as who sent it, or holding the key of its private link."""
    person_id = submission.requester.person_id
    if actor.kind is ActorKind.PERSON and person_id is not None and person_id == actor.person_id:
        return True
    return bool(key) and hmac.compare_digest(token_hash(key), submission.key_hash)


def followed_by(actor: Actor, *keys: str) -> Q:
    """Return the condition that keeps the submissions that `can_follow` opens with any of these keys."""
    own = Q(requester__person_id=actor.person_id) if actor.kind is ActorKind.PERSON else NOBODY
    held = [token_hash(key) for key in keys if key]
    return own | Q(key_hash__in=held) if held else own


def can_clarify(actor: Actor, row: AccessRequest, key: str = "") -> bool:
    """Return whether the actor may write a clarified text: the requester, or who works the request for them."""
    return can_work(actor, row) or can_follow(actor, row.submission, key)

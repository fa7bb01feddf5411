"""Who may see and change an invitation. Its address is told to those only who may have given the role."""

from django.db.models import Q

from parvis.core.actor import Actor, ActorKind
from parvis.core.roles import Role
from parvis.institutions.models import Invitation
from parvis.institutions.policy.memberships import EVERYONE, NOBODY, can_give


def can_see(actor: Actor, row: Invitation) -> bool:
    """Return whether the actor may know of this invitation.

    A head sees those of the institution, its officers those that they may send, the central office all;
    an administrator those of the installation and of heads.
    """
    if actor.kind is not ActorKind.PERSON:
        return actor.is_system
    if actor.holds(Role.CENTRAL_OFFICE):
        return True
    if actor.holds(Role.ADMINISTRATOR) and (row.institution_id is None or row.role == Role.HEAD):
        return True
    if row.institution_id is None:
        return False
    if actor.holds(Role.HEAD, institution_id=row.institution_id):
        return True
    return row.role == Role.PROGRAM_AREA and actor.holds(Role.OFFICER, institution_id=row.institution_id)


def visible_to(actor: Actor) -> Q:
    """Return the condition that keeps the invitations of which the actor may know."""
    if actor.kind is not ActorKind.PERSON:
        return EVERYONE if actor.is_system else NOBODY
    if actor.holds(Role.CENTRAL_OFFICE):
        return EVERYONE
    seen = Q(institution_id__in=actor.institutions(Role.HEAD)) | Q(
        role=Role.PROGRAM_AREA, institution_id__in=actor.institutions(Role.OFFICER)
    )
    if actor.holds(Role.ADMINISTRATOR):
        seen |= Q(institution__isnull=True) | Q(role=Role.HEAD)
    return seen


def can_change(actor: Actor, row: Invitation) -> bool:
    """Return whether the actor may revoke this invitation or send it again: who sees it and may give its role."""
    # An invitation of a head that waits does not make the institution have a head.
    return can_see(actor, row) and can_give(actor, Role(row.role), row.institution_id, has_head=False)

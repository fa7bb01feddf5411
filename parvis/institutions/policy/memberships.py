"""Who may see, give and end a role. `visible_to` is the same rule as `can_see`, for a set."""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q

from parvis.core.actor import Actor, ActorKind
from parvis.core.roles import INSTALLATION_ROLES, Role
from parvis.institutions.models import Membership
from parvis.institutions.roles import GIVES, GIVES_FIRST, OF_INSTALLATION, OF_INSTITUTION, SEES_COLLEAGUES

if TYPE_CHECKING:
    from collections.abc import Collection

EVERYONE, NOBODY = Q(), Q(pk__in=[])
SEES_ALL = (Role.CENTRAL_OFFICE, Role.AUDITOR)


class Permission(StrEnum):
    """What one may be allowed to do here."""

    SEE = "memberships:see"
    GIVE = "memberships:give"
    END = "memberships:end"


def acts_for(actor: Actor, institution_id: int, *roles: Role) -> bool:
    """Return whether the actor holds one of `roles` for the institution and acts in its name now."""
    return actor.acts_for(institution_id, *roles)


def can_see(actor: Actor, row: Membership) -> bool:
    """Return whether the actor may know of this role: their own, colleagues', or all for those who oversee.

    An administrator sees the roles of the installation and heads of institutions: enough to run it, and no more.
    """
    if actor.kind is not ActorKind.PERSON:
        return actor.is_system
    if row.person_id == actor.person_id or actor.holds(*SEES_ALL):
        return True
    if actor.holds(Role.ADMINISTRATOR) and (row.institution_id is None or row.role == Role.HEAD):
        return True
    return row.institution_id is not None and actor.holds(*SEES_COLLEAGUES, institution_id=row.institution_id)


def visible_to(actor: Actor) -> Q:
    """Return the condition that keeps the memberships of which the actor may know."""
    if actor.kind is not ActorKind.PERSON:
        return EVERYONE if actor.is_system else NOBODY
    if actor.holds(*SEES_ALL):
        return EVERYONE
    seen = Q(person_id=actor.person_id) | Q(institution_id__in=actor.institutions(*SEES_COLLEAGUES))
    if actor.holds(Role.ADMINISTRATOR):
        seen |= Q(institution__isnull=True) | Q(role=Role.HEAD)
    return seen


def can_see_people(actor: Actor, institution_id: int | None) -> bool:
    """Return whether the page of who works for an institution, or runs the installation, opens to the actor."""
    if actor.is_system or actor.holds(*SEES_ALL, Role.ADMINISTRATOR):
        return True
    return institution_id is not None and actor.holds(*SEES_COLLEAGUES, institution_id=institution_id)


def roles_to_give(actor: Actor, institution_id: int | None, *, has_head: bool) -> tuple[Role, ...]:
    """Return the roles that the actor may give for this institution (or for the installation), in their order.

    `has_head` says whether the institution has a head or has invited one: the first is an administrator's to invite.
    """
    place: Collection[Role] = OF_INSTALLATION if institution_id is None else OF_INSTITUTION
    if actor.is_system:
        return tuple(place)
    given: set[Role] = set()
    for holder, roles in GIVES.items():
        of_installation = holder in INSTALLATION_ROLES
        if actor.holds(holder) if of_installation else _acts_for(actor, institution_id, holder):
            given |= roles
    if institution_id is not None and not has_head:
        for holder, roles in GIVES_FIRST.items():
            given |= roles if actor.holds(holder) else set()
    return tuple(role for role in place if role in given)


def can_give(actor: Actor, role: Role, institution_id: int | None, *, has_head: bool) -> bool:
    """Return whether the actor may give this role there."""
    return role in roles_to_give(actor, institution_id, has_head=has_head)


def can_end(actor: Actor, row: Membership) -> bool:
    """Return whether the actor may end this role: who may give it may end it, and everybody their own."""
    if actor.person_id is not None and row.person_id == actor.person_id:
        return True
    return can_see(actor, row) and can_give(actor, Role(row.role), row.institution_id, has_head=True)


def _acts_for(actor: Actor, institution_id: int | None, role: Role) -> bool:
    return institution_id is not None and acts_for(actor, institution_id, role)

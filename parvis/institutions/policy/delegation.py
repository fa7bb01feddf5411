"""Who may read a delegation instrument, and who may enter one."""

from django.db.models import Q

from parvis.core.actor import Actor, ActorKind
from parvis.core.roles import Role
from parvis.institutions.models import DelegationInstrument
from parvis.institutions.policy.memberships import EVERYONE, NOBODY, SEES_ALL, acts_for
from parvis.institutions.roles import SEES_COLLEAGUES


def can_see(actor: Actor, row: DelegationInstrument) -> bool:
    """Return whether the actor may read this instrument: who works on its powers, and those who oversee."""
    if actor.kind is not ActorKind.PERSON:
        return actor.is_system
    return can_see_delegation(actor, row.institution_id)


def visible_to(actor: Actor) -> Q:
    """Return the condition that keeps the instruments that the actor may read."""
    if actor.kind is not ActorKind.PERSON:
        return EVERYONE if actor.is_system else NOBODY
    if actor.holds(*SEES_ALL):
        return EVERYONE
    return Q(institution_id__in=actor.institutions(*SEES_COLLEAGUES))


def can_see_delegation(actor: Actor, institution_id: int) -> bool:
    """Return whether the list of an institution's instruments opens to the actor."""
    return (
        actor.is_system
        or actor.holds(*SEES_ALL)
        or actor.holds(*SEES_COLLEAGUES, institution_id=institution_id)
    )


def can_enter(actor: Actor, institution_id: int) -> bool:
    """Return whether the actor may enter an instrument: the head, or the central office for them."""
    return actor.is_system or actor.holds(Role.CENTRAL_OFFICE) or acts_for(actor, institution_id, Role.HEAD)

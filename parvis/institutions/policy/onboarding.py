"""Who may follow and change an institution's way on board, and who sees all of them."""

from django.db.models import Q

from parvis.core.actor import Actor, ActorKind
from parvis.core.roles import Role
from parvis.institutions.models import Onboarding, OnboardingFile
from parvis.institutions.policy.memberships import EVERYONE, NOBODY, SEES_ALL, acts_for

SEES_OWN = (Role.HEAD, Role.OFFICER, Role.PRIVACY_OFFICER)
PREPARES = (Role.HEAD, Role.OFFICER)


def can_see(actor: Actor, row: Onboarding) -> bool:
    """Return whether the actor may follow this institution's way on board."""
    if actor.kind is not ActorKind.PERSON:
        return actor.is_system
    return can_see_of(actor, row.institution_id)


def visible_to(actor: Actor) -> Q:
    """Return the condition that keeps the onboardings that the actor may follow."""
    if actor.kind is not ActorKind.PERSON:
        return EVERYONE if actor.is_system else NOBODY
    if actor.holds(*SEES_ALL):
        return EVERYONE
    return Q(institution_id__in=actor.institutions(*SEES_OWN))


def can_see_of(actor: Actor, institution_id: int) -> bool:
    """Return whether the page of this institution's way on board opens to the actor."""
    return actor.is_system or actor.holds(*SEES_ALL) or actor.holds(*SEES_OWN, institution_id=institution_id)


def can_prepare(actor: Actor, institution_id: int) -> bool:
    """Return whether the actor may answer for the institution and run its test."""
    return actor.is_system or actor.holds(Role.CENTRAL_OFFICE) or acts_for(actor, institution_id, *PREPARES)


def can_open(actor: Actor, institution_id: int) -> bool:
    """Return whether the actor may let the institution go live or pause: its head, or the central office."""
    return actor.is_system or actor.holds(Role.CENTRAL_OFFICE) or acts_for(actor, institution_id, Role.HEAD)


def can_see_board(actor: Actor) -> bool:
    """Return whether the board of all institutions opens to the actor."""
    return actor.is_system or actor.holds(*SEES_ALL)


def can_run_board(actor: Actor) -> bool:
    """Return whether the actor may invite, rename, merge and let leave: the central office and the installation."""
    return actor.is_system or actor.holds(Role.CENTRAL_OFFICE)


def can_see_file(actor: Actor, row: OnboardingFile) -> bool:  # noqa: ARG001  # the same for every row
    """Return whether the actor may see this file of many institutions."""
    return can_run_board(actor)


def visible_files_to(actor: Actor) -> Q:
    """Return the condition that keeps the files that the actor may see."""
    return EVERYONE if can_run_board(actor) else NOBODY

"""Who may see and do what with accounts: people their own; recoveries also those who run the installation."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from parvis.accounts.models import Person, Recovery, SignedInSession
from parvis.core.roles import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from parvis.accounts.models.recoveries import RecoveryQuerySet
    from parvis.core.actor import Actor


class Permission(StrEnum):
    """What one may be allowed to do here."""

    MANAGE_OWN_ACCOUNT = "accounts:manage-own"
    END_SESSION = "accounts:end-session"
    CONFIRM_RECOVERY = "accounts:confirm-recovery"
    STOP_RECOVERY = "accounts:stop-recovery"
    ADD_PEOPLE = "accounts:add-people"


def is_administrator(actor: Actor) -> bool:
    """Return whether the actor runs this installation, in a session that has shown a second factor."""
    return actor.is_strong and (actor.is_staff or actor.holds(Role.ADMINISTRATOR))


def can_manage(actor: Actor, person: Person) -> bool:
    """Return whether the actor may see and change this account: it is theirs."""
    return actor.person_id == person.pk


def people_visible_to(actor: Actor) -> QuerySet[Person]:
    """Return the accounts that the actor may see and change."""
    return Person.objects.filter(pk=actor.person_id) if actor.person_id else Person.objects.none()


def can_end_session(actor: Actor, session: SignedInSession) -> bool:
    """Return whether the actor may see and end this session: it is theirs."""
    return actor.person_id == session.person_id


def sessions_visible_to(actor: Actor) -> QuerySet[SignedInSession]:
    """Return the sessions that the actor may see and end."""
    sessions = SignedInSession.objects.all()
    return sessions.filter(person=actor.person_id) if actor.person_id else sessions.none()


def can_see_recovery(actor: Actor, recovery: Recovery) -> bool:
    """Return whether the actor may know of this recovery: its person, and those who run the installation."""
    return is_administrator(actor) or actor.person_id == recovery.person_id


def recoveries_visible_to(actor: Actor) -> RecoveryQuerySet:
    """Return the recoveries that the actor may know of."""
    if is_administrator(actor):
        return Recovery.objects.all()
    return Recovery.objects.filter(person=actor.person_id) if actor.person_id else Recovery.objects.none()


def can_list_recoveries(actor: Actor) -> bool:
    """Return whether the actor may open the list of recoveries."""
    return is_administrator(actor)


def can_confirm_recovery(actor: Actor, recovery: Recovery) -> bool:
    """Return whether the actor may confirm this recovery: an administrator, and never their own."""
    return is_administrator(actor) and actor.person_id != recovery.person_id


def recoveries_confirmable_by(actor: Actor) -> RecoveryQuerySet:
    """Return the recoveries that the actor may confirm."""
    if not is_administrator(actor):
        return Recovery.objects.none()
    return Recovery.objects.exclude(person=actor.person_id)


def can_stop_recovery(actor: Actor, recovery: Recovery) -> bool:
    """Return whether the actor may stop this recovery: whoever may know of it."""
    return can_see_recovery(actor, recovery)


def can_add_people(actor: Actor) -> bool:
    """Return whether the actor may make accounts of others: the installation itself, by a command."""
    return actor.is_system

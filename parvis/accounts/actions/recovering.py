"""Recovering an account whose second factor is lost: asked, confirmed by another person, a day's wait, done."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.accounts import factors, notices, queries
from parvis.accounts.events import AccountsEvent
from parvis.accounts.models import Person, Recovery
from parvis.accounts.policy import can_add_people, can_confirm_recovery, can_stop_recovery
from parvis.accounts.states import COMPLETE, CONFIRM, STOP
from parvis.audit.actions import append_event
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor
from parvis.core.states import advance


@action
def ask_recovery(*, actor: Actor, person: Person) -> Recovery:
    """Ask for the recovery of `person`, who has proved their address but not their second factor; they are told.

    Asking twice is asking once.
    """
    found = queries.open_recovery(person)
    if found is not None:
        return found
    recovery = Recovery.objects.create(person=person)
    append_event(AccountsEvent.RECOVERY_ASKED, actor=actor, subject=recovery)
    notices.recovery_asked(actor=actor, person=person)
    return recovery


@action
def confirm_recovery(*, actor: Actor, recovery: Recovery) -> None:
    """Confirm that it is the person who asks; from now a day is waited, and the person is told."""
    require(can_confirm_recovery(actor, recovery), _("Another administrator has to confirm this."))
    advance(recovery, CONFIRM, confirmed_at=timezone.now(), confirmed_by=actor.person_id)
    append_event(AccountsEvent.RECOVERY_CONFIRMED, actor=actor, subject=recovery)
    notices.recovery_confirmed(actor=actor, person=recovery.person)


@action
def stop_recovery(*, actor: Actor, recovery: Recovery) -> None:
    """Stop a recovery: the person has their factor after all, or never asked."""
    require(can_stop_recovery(actor, recovery))
    advance(recovery, STOP, ended_at=timezone.now())
    append_event(AccountsEvent.RECOVERY_STOPPED, actor=actor, subject=recovery)
    notices.recovery_stopped(actor=actor, person=recovery.person)


@action
def complete_recovery(*, actor: Actor, person: Person) -> None:
    """Remove the second factors of a person who has just proved their address, and end their sessions everywhere."""
    recovery = queries.open_recovery(person)
    is_ready = recovery is not None and recovery.is_ready
    require_none(
        [] if is_ready else [_("This recovery is not confirmed, or its day of waiting is not over.")]
    )
    if recovery is not None:
        advance(recovery, COMPLETE, ended_at=timezone.now())
        factors.remove_all(person)
        person.sessions.end()
        append_event(AccountsEvent.RECOVERY_COMPLETED, actor=actor, subject=recovery)
        notices.recovery_completed(actor=actor, person=person)


@action
def recover_person(*, actor: Actor, person: Person) -> None:
    """Do at once, from the machine itself, what a recovery does: for who has nobody to confirm it."""
    require(can_add_people(actor))
    recovery = queries.open_recovery(person)
    if recovery is not None:
        advance(recovery, STOP, ended_at=timezone.now())
    factors.remove_all(person)
    person.sessions.end()
    append_event(AccountsEvent.RECOVERY_COMPLETED, actor=actor, subject=person)
    notices.recovery_completed(actor=actor, person=person)

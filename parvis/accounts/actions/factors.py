"""Second factors: shown, added, removed."""

from typing import Any

from parvis.accounts import factors, notices, passkeys, queries
from parvis.accounts.events import AccountsEvent
from parvis.accounts.models import Person
from parvis.accounts.policy import can_manage
from parvis.audit.actions import append_event
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor


@action
def show_app_code(*, actor: Actor, person: Person, typed: str) -> bool:
    """Return whether a code of the person's app is right; each is taken once. A refusal leaves a trace."""
    return _told(actor, person, "app", is_right=factors.take_app_code(person, typed))


@action
def show_recovery_code(*, actor: Actor, person: Person, typed: str) -> bool:
    """Return whether it is an unused recovery code of the person, and use it up; the person is told."""
    is_right = factors.take_recovery_code(person, typed)
    if is_right:
        notices.recovery_code_used(actor=actor, person=person)
    return _told(actor, person, "recovery-code", is_right=is_right)


@action
def show_passkey(*, actor: Actor, person: Person, answer: str) -> bool:
    """Return whether the person's passkey answered what this browser was asked."""
    return _told(actor, person, "passkey", is_right=passkeys.shown(person, answer))


def _told(actor: Actor, person: Person, kind: str, *, is_right: bool) -> bool:
    event = AccountsEvent.FACTOR_SHOWN if is_right else AccountsEvent.FACTOR_REFUSED
    append_event(event, actor=actor, subject=person, kind=kind)
    return is_right


@action
def add_app(*, actor: Actor, person: Person, secret: str, typed: str) -> bool:
    """Add an authenticator app once it shows a right code; return whether it did. With the first factor come codes."""
    require(can_manage(actor, person))
    counter = factors.app_counter(secret, typed)
    if counter is None or queries.second_factors(person).has_app:
        return False
    factors.add_app(person, secret, counter)
    _added(actor, person, "app")
    return True


@action
def add_demo_app(*, actor: Actor, person: Person, secret: str) -> None:
    """Give a person of the demonstration an app with a secret that everyone knows; elsewhere it is refused."""
    require(actor.is_system)
    factors.add_app(person, secret, counter=0, is_demo=True)
    _added(actor, person, "app")


@action
def add_passkey(*, actor: Actor, person: Person, name: str, credential: dict[str, Any]) -> None:
    """Add a passkey that the browser has just made for this site."""
    require(can_manage(actor, person))
    factors.add_passkey(person, name, credential)
    _added(actor, person, "passkey")


def _added(actor: Actor, person: Person, kind: str) -> None:
    if not factors.unused_recovery_codes(person):
        factors.make_recovery_codes(person)
    append_event(AccountsEvent.FACTOR_ADDED, actor=actor, subject=person, kind=kind)
    notices.factor_added(actor=actor, person=person)


@action
def remove_factor(*, actor: Actor, person: Person, factor_id: int) -> None:
    """Remove an app or a passkey; the last one of a person who needs one stays."""
    require(can_manage(actor, person))
    require_none(queries.removal_blockers(person, factor_id))
    if kind := factors.remove(person, factor_id):
        append_event(AccountsEvent.FACTOR_REMOVED, actor=actor, subject=person, kind=kind)
        notices.factor_removed(actor=actor, person=person)


@action
def make_recovery_codes(*, actor: Actor, person: Person) -> None:
    """Make new recovery codes; the old ones are no longer taken."""
    require(can_manage(actor, person))
    factors.make_recovery_codes(person)
    append_event(AccountsEvent.RECOVERY_CODES_MADE, actor=actor, subject=person)

"""Reads for pages: who somebody is, their sessions and factors, what still has to be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from parvis.accounts import factors, oidc, policy
from parvis.accounts.granting import grants_of
from parvis.accounts.models import EmailCode, Person, Recovery, SignedInSession
from parvis.accounts.states import CodePurpose
from parvis.core.bilingual import Text
from parvis.core.roles import STAFF_ROLES

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from parvis.core.actor import Actor

DeletionBlocker = Callable[[int], Iterable[object]]
_DELETION_BLOCKERS: dict[str, DeletionBlocker] = {}


@dataclass(frozen=True, slots=True)
class SecondFactors:
    """What a person has to show besides their address, as their page shows it."""

    factors: tuple[factors.Factor, ...]
    recovery_codes_left: int
    is_required: bool

    @property
    def has_app(self) -> bool:
        """Whether one of them is an authenticator app; one may have only one."""
        return any(factor.kind == factors.APP for factor in self.factors)

    @property
    def has_passkey(self) -> bool:
        """Whether one of them is a passkey."""
        return any(factor.kind == factors.PASSKEY for factor in self.factors)


def person_by_id(person_id: int) -> Person | None:
    """Return an active person."""
    return Person.objects.filter(pk=person_id, is_active=True).first()


def person_by_address(address: str) -> Person | None:
    """Return whoever signs in by that address, active or not."""
    # Without an order: by the key, PostgreSQL may read all people to find nobody, and so tell who has no account.
    return next(iter(Person.objects.filter(email=address.strip().lower())), None)


def own_account(actor: Actor) -> Person:
    """Return the actor's own account. Raises Person.DoesNotExist for anyone who is not signed in."""
    return policy.people_visible_to(actor).get()


def person_name(person_id: int) -> str:
    """Return how a person is called on pages of staff: by name, else by address; nothing when there is no such."""
    row = Person.objects.filter(pk=person_id).values_list("name", "email").first()
    return (row[0] or row[1]) if row else ""


def session_of(session_key: str | None, person_id: int) -> SignedInSession | None:
    """Return the session that a browser's key stands for."""
    if not session_key:
        return None
    return SignedInSession.objects.filter(session_key=session_key, person=person_id).first()


def identifying_providers() -> tuple[Text, ...]:
    """Return the names of the providers that verify who somebody is."""
    return tuple(one.name for one in oidc.identifying())


def identifying_provider(session_key: str | None, person_id: int) -> Text:
    """Return the name of the provider that verified who is signed in by this browser's key; empty without one."""
    session = session_of(session_key, person_id)
    known = {one.id: one.name for one in oidc.identifying()}
    return known.get(session.identified_by, Text()) if session else Text()


def own_sessions(actor: Actor) -> QuerySet[SignedInSession]:
    """Return the actor's sessions, the last used first."""
    return policy.sessions_visible_to(actor).order_by("-last_seen_at", "-pk")


def second_factors(person: Person) -> SecondFactors:
    """Return the second factors of a person."""
    return SecondFactors(
        factors.factors_of(person),
        len(factors.unused_recovery_codes(person)),
        must_have_second_factor(person),
    )


def must_have_second_factor(person: Person) -> bool:
    """Return whether this person may not do without: who holds any role of staff."""
    if person.is_staff:
        return True
    return any(grant.role in STAFF_ROLES for grant in grants_of(person.pk, is_strong=True))


def person_by_public_id(public_id: str) -> Person | None:
    """Return an active person by the identifier that a passkey holds."""
    return Person.objects.filter(public_id=public_id, is_active=True).first()


def own_code(actor: Actor, public_id: object, purpose: CodePurpose) -> EmailCode | None:
    """Return a code that the actor asked for, for this purpose, and that may still be tried."""
    if not isinstance(public_id, str) or actor.person_id is None:
        return None
    codes = EmailCode.objects.filter(public_id=public_id, purpose=purpose, person=actor.person_id)
    return codes.takeable().first()


def own_open_recovery(actor: Actor) -> Recovery | None:
    """Return the open recovery of the actor's own account."""
    return Recovery.objects.open().filter(person=actor.person_id).first() if actor.person_id else None


def waiting_code(public_id: str) -> EmailCode | None:
    """Return a code to sign in that may still be tried."""
    return EmailCode.objects.filter(public_id=public_id, purpose=CodePurpose.SIGN_IN).takeable().first()


def open_recovery(person: Person) -> Recovery | None:
    """Return the recovery of this person that is neither done nor stopped."""
    return Recovery.objects.open().filter(person=person).first()


def open_recoveries(actor: Actor) -> QuerySet[Recovery]:
    """Return the open recoveries that the actor may know of, the oldest first."""
    return policy.recoveries_visible_to(actor).open().select_related("person").order_by("asked_at", "pk")


def register_deletion_blocker(name: str, blocker: DeletionBlocker) -> None:
    """Register what says why an account, by its person's id, cannot be deleted yet. A room calls it in `ready()`."""
    _DELETION_BLOCKERS[name] = blocker


def deletion_blockers(person: Person) -> list[object]:
    """Return why this account cannot be deleted now; the page shows the same reasons."""
    reasons: list[object] = []
    if must_have_second_factor(person):
        reasons.append(_("You hold a role for an institution or for this installation. Have it ended first."))
    for blocker in _DELETION_BLOCKERS.values():
        reasons += blocker(person.pk)
    return reasons


def removal_blockers(person: Person, factor_id: int) -> list[object]:
    """Return why this second factor cannot be removed now."""
    others = [factor for factor in factors.factors_of(person) if factor.id != factor_id]
    if others or not must_have_second_factor(person):
        return []
    return [_("Your roles need a second factor. Add another one before you remove this one.")]

"""Signing in: a code to an address, or the word of a provider. Nobody has a password."""

from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount

from parvis.accounts import notices, queries
from parvis.accounts.events import AccountsEvent
from parvis.accounts.models import EmailCode, Person
from parvis.accounts.oidc import Told
from parvis.accounts.policy import can_manage
from parvis.accounts.states import CodePurpose
from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.core.bilingual import Language


@dataclass(frozen=True, slots=True)
class Redeemed:
    """How a typed code was taken. `address` is proved when it is right; `person` is who signs in by it."""

    is_right: bool
    attempts_left: int = 0
    address: str = ""
    person: Person | None = None


@action
def send_sign_in_code(*, actor: Actor, address: str, language: Language) -> EmailCode:
    """Mail a code to whoever reads mail at that address. Nothing tells whether an account has it.

    A deactivated person is told so in a message instead; page and work are the same.
    """
    code = EmailCode.objects.create(
        purpose=CodePurpose.SIGN_IN, address=address.strip().lower(), language=language
    )
    _mail(actor, code)
    return code


@action
def send_code(
    *, actor: Actor, person: Person, purpose: CodePurpose, address: str, language: Language
) -> EmailCode:
    """Mail a code to a signed-in person: to prove a new address, or that they are there."""
    require(can_manage(actor, person))
    code = EmailCode.objects.create(
        purpose=purpose, address=address.strip().lower(), person=person, language=language
    )
    notices.code(actor=actor, code=code)
    return code


@action
def resend_code(*, actor: Actor, code: EmailCode) -> None:
    """Mail the same code again. Attempts already spent stay spent."""
    _mail(actor, code)


def _mail(actor: Actor, code: EmailCode) -> None:
    known = queries.person_by_address(code.address) if code.purpose == CodePurpose.SIGN_IN else None
    if known is None or known.is_active:
        notices.code(actor=actor, code=code)
    else:
        notices.account_closed(actor=actor, person=known)


@action
def redeem_sign_in_code(*, actor: Actor, code: EmailCode, typed: str) -> Redeemed:
    """Take the code that was mailed; on the right one, return who signs in, made now if the address is new.

    Returns instead of raising: a wrong guess has to stay counted.
    """
    redeemed = redeem_code(actor=actor, code=code, typed=typed)
    if not redeemed.is_right:
        return redeemed
    person = queries.person_by_address(code.address) or _new_person(
        actor, code.address, "", "fr" if code.language == "fr" else "en"
    )
    if not person.is_active:
        return Redeemed(is_right=False)
    return Redeemed(is_right=True, address=code.address, person=person)


@action
def redeem_code(*, actor: Actor, code: EmailCode, typed: str) -> Redeemed:
    """Take a code; say whether it is right, else how often one may still try. A refusal leaves a trace."""
    if code.spend_attempt() and code.take(typed):
        return Redeemed(is_right=True, address=code.address)
    append_event(AccountsEvent.CODE_REFUSED, actor=actor, subject="sign-in", purpose=code.purpose)
    return Redeemed(is_right=False, attempts_left=code.attempts_left if code.used_at is None else 0)


@action
def enter_by_provider(*, actor: Actor, told: Told, language: Language) -> tuple[Person | None, bool]:
    """Return who signs in by a provider's word, and whether the link is new; nobody when that may not be.

    A provider's subject is linked once. To an account that exists it is linked only by an address that the provider
    says it has verified; one that it has not verified opens nothing and makes nothing.
    """
    linked = SocialAccount.objects.filter(provider=told.provider_id, uid=told.subject).first()
    if linked is not None:
        return (linked.user if linked.user.is_active else None), False
    if not (told.address and told.is_address_verified):
        return None, False
    person = queries.person_by_address(told.address) or _new_person(actor, told.address, told.name, language)
    if not person.is_active:
        return None, False
    SocialAccount.objects.create(user=person, provider=told.provider_id, uid=told.subject, extra_data={})
    append_event(
        AccountsEvent.PROVIDER_LINKED,
        actor=Actor.person(person.pk),
        subject=person,
        provider=told.provider_id,
    )
    notices.provider_linked(actor=actor, person=person, provider=told.provider_name)
    return person, True


@action
def forget_old_codes(*, actor: Actor) -> int:  # noqa: ARG001  # every action has an actor
    """Remove codes that nobody can use any more, and with them the addresses; return how many."""
    return EmailCode.objects.forgettable().delete()[0]


def _new_person(actor: Actor, address: str, name: str, language: Language) -> Person:
    person = Person.objects.create_person(email=address, name=name, language=language)
    append_event(AccountsEvent.CREATED, actor=actor, subject=person)
    return person

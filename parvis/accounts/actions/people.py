"""What people change about themselves, and how the installation makes accounts."""

from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from parvis.accounts import factors, notices, queries
from parvis.accounts.events import AccountsEvent
from parvis.accounts.models import EmailCode, Person
from parvis.accounts.policy import can_add_people, can_manage
from parvis.audit.actions import append_event
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor
from parvis.core.bilingual import Language


@action
def change_profile(*, actor: Actor, person: Person, name: str, language: Language) -> None:
    """Change the name and the preferred language."""
    require(can_manage(actor, person))
    person.name, person.language = name, language
    person.full_clean()
    person.save(update_fields=["name", "language"])
    append_event(AccountsEvent.PROFILE_CHANGED, actor=actor, subject=person)


@action
def change_address(*, actor: Actor, person: Person, address: str) -> bool:
    """Change the address to one that the person has just proved; return whether it was free. The old one is told."""
    require(can_manage(actor, person))
    if queries.person_by_address(address) is not None:
        return False
    notices.address_changed(actor=actor, person=person)
    person.email = address
    person.full_clean()
    person.save(update_fields=["email"])
    append_event(AccountsEvent.ADDRESS_CHANGED, actor=actor, subject=person)
    return True


@action
def delete_account(*, actor: Actor, person: Person) -> None:
    """Remove what is known of the person, end their sessions and let nobody sign in as them again.

    The row stays, without name and address, because the audit trail and cases point to it.
    """
    require(can_manage(actor, person))
    require_none(queries.deletion_blockers(person))
    notices.account_deleted(actor=actor, person=person)
    _close(person)
    person.name = ""
    person.email = f"{person.public_id}@deleted.invalid"
    person.deleted_at = timezone.now()
    person.save(update_fields=["name", "email", "deleted_at"])
    append_event(AccountsEvent.DELETED, actor=actor, subject=person)


@action
def deactivate_person(*, actor: Actor, person: Person) -> None:
    """Let nobody sign in as this person any more, and end their sessions; what they did stays theirs."""
    require(can_add_people(actor))
    _close(person)
    append_event(AccountsEvent.DEACTIVATED, actor=actor, subject=person)


def _close(person: Person) -> None:
    person.is_active = False
    person.save(update_fields=["is_active"])
    person.sessions.end()
    factors.remove_all(person)
    SocialAccount.objects.filter(user=person).delete()
    EmailCode.objects.filter(address=person.email).delete()


@action
def add_person(
    *, actor: Actor, address: str, name: str, language: Language, is_staff: bool = False
) -> tuple[Person, bool]:
    """Make an account, or find the one that has this address; return it and whether it is new."""
    require(can_add_people(actor))
    person, is_new = queries.person_by_address(address), False
    if person is None:
        person, is_new = Person.objects.create_person(email=address, name=name, language=language), True
        append_event(AccountsEvent.CREATED, actor=actor, subject=person)
    if is_staff and not person.is_staff:
        person.is_staff = True
        person.save(update_fields=["is_staff"])
        append_event(AccountsEvent.STAFF_SET, actor=actor, subject=person, is_staff=True)
    return person, is_new

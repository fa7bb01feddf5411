"""Rows for tests, whole and in both languages unless a test says otherwise."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from parvis.accounts.models import Person
from parvis.core.actor import Actor
from parvis.core.roles import Role
from parvis.institutions.models import (
    DelegatedPower,
    DelegationInstrument,
    FormerName,
    Institution,
    Jurisdiction,
    Membership,
    Spelling,
)
from parvis.institutions.powers import Power
from parvis.institutions.queries.memberships import grants_in_force

NUMBERS = count(1)


def a_jurisdiction(code: str = "ca", **given: Any) -> Jurisdiction:
    """Make the federal jurisdiction, or return it where it stands."""
    wanted = {
        "division_id": "ocd-division/country:ca",
        "kind": "federal",
        "name_en": "Government of Canada",
        "name_fr": "Gouvernement du Canada",
    } | given
    if kept := Jurisdiction.objects.filter(code=code).first():
        return kept
    row = Jurisdiction(code=code, **wanted)
    row.keep_sort_keys()
    row.save()
    return row


def a_province(**given: Any) -> Jurisdiction:
    """Make British Columbia."""
    wanted: dict[str, Any] = {
        "code": "ca-bc",
        "division_id": "ocd-division/country:ca/province:bc",
        "kind": "province",
        "name_en": "British Columbia",
        "name_fr": "Colombie-Britannique",
        "parent": a_jurisdiction(),
    }
    return a_jurisdiction(**wanted | given)


def an_institution(**given: Any) -> Institution:
    """Make a federal agency, numbered."""
    number = next(NUMBERS)
    wanted = {
        "slug": f"institution-{number}",
        "kind": "agency",
        "legal_title_en": f"Agency {number}",
        "legal_title_fr": f"Agence {number}",
    } | given
    row = Institution(jurisdiction=wanted.pop("jurisdiction", None) or a_jurisdiction(), **wanted)
    row.keep_sort_keys()
    row.save()
    return row


def a_former_name(institution: Institution, **given: Any) -> FormerName:
    """Give the institution a former name."""
    wanted = {"title_en": "Old Agency", "title_fr": "Ancienne agence"} | given
    return FormerName.objects.create(institution=institution, **wanted)


def a_spelling(institution: Institution, text: str) -> Spelling:
    """Give the institution a spelling."""
    return Spelling.objects.create(institution=institution, text=text)


def a_day(days: int = 0) -> date:
    """Return today, or a day before or after it."""
    return timezone.localdate() + timedelta(days=days)


def a_person(email: str = "", **given: Any) -> Person:
    """Make a person who can sign in, numbered where no address is given."""
    return Person.objects.create_person(email=email or f"person-{next(NUMBERS)}@example.org", **given)


def a_membership(role: Role, institution: Institution | None = None, **given: Any) -> Membership:
    """Give a role, since a month and for good."""
    person = given.pop("person", None) or a_person()
    return Membership.objects.create(
        person=person, role=str(role), institution=institution, **{"from_on": a_day(-30)} | given
    )


def an_instrument(institution: Institution, **given: Any) -> DelegationInstrument:
    """Make an instrument under the Access to Information Act, in force since ten days."""
    wanted: dict[str, Any] = {
        "regime": "ca-atia",
        "title_en": "Delegation order",
        "title_fr": "Arrêté de délégation",
        "signed_on": a_day(-12),
        "from_on": a_day(-10),
    }
    return DelegationInstrument.objects.create(institution=institution, **wanted | given)


def delegated(membership: Membership, instrument: DelegationInstrument, *powers: Power) -> None:
    """Let the holder of a membership decide these."""
    for power in powers:
        DelegatedPower.objects.create(instrument=instrument, membership=membership, power=str(power))


def acting(person: Person, institution: Institution | None = None, *, is_strong: bool = True) -> Actor:
    """Return the person as the middleware sees them: the roles in force, and in whose name they act."""
    grants = grants_in_force(person.pk) if is_strong else ()
    return Actor.person(
        person.pk, grants=grants, institution_id=institution.pk if institution else None, is_strong=is_strong
    )


def an_actor(role: Role, institution: Institution | None = None, **given: Any) -> Actor:
    """Return somebody new who holds the role and acts for its institution."""
    return acting(a_membership(role, institution, **given).person, institution)

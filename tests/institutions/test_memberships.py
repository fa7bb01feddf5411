from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from parvis.accounts.granting import grants_of
from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError, ParvisError
from parvis.core.roles import Grant, Role
from parvis.institutions.actions.memberships import end_role, give_role
from parvis.institutions.giving import RoleHeldError, Term
from parvis.institutions.models import Membership
from parvis.institutions.powers import Power
from parvis.institutions.queries.memberships import grants_in_force, members
from parvis.institutions.roles import GIVES
from tests.institutions.factories import (
    a_day,
    a_membership,
    a_person,
    acting,
    an_actor,
    an_institution,
    an_instrument,
    delegated,
)

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


def test_only_what_is_in_force_today_is_granted_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person, here, there = a_person(), an_institution(), an_institution()
    a_membership(Role.OFFICER, here, person=person)
    a_membership(Role.HEAD, there, person=person, from_on=a_day(-9), until_on=a_day(-1))
    a_membership(Role.REVIEWER, there, person=person, from_on=a_day(1))
    a_membership(Role.PROGRAM_AREA, there, person=person, from_on=a_day(), until_on=a_day())
    a_membership(Role.AUDITOR, person=person)
    with django_assert_num_queries(1):
        granted = grants_in_force(person.pk)
    assert set(granted) == {
        Grant(Role.OFFICER, here.pk),
        Grant(Role.PROGRAM_AREA, there.pk),
        Grant(Role.AUDITOR),
    }


def test_without_a_second_factor_a_session_exercises_no_role_of_staff() -> None:
    person = a_membership(Role.OFFICER, an_institution()).person
    assert grants_of(person.pk, is_strong=False) == ()
    assert [grant.role for grant in grants_of(person.pk, is_strong=True)] == [Role.OFFICER]


def test_a_delegate_has_the_powers_of_the_instrument_in_force_and_no_other() -> None:
    here = an_institution()
    row = a_membership(Role.DELEGATE, here)
    delegated(row, an_instrument(here), Power.EXTEND, Power.TRANSFER)
    past = an_instrument(here, from_on=a_day(-99), until_on=a_day(-11), signed_on=a_day(-99))
    delegated(row, past, Power.RELEASE)
    privacy = an_instrument(here, regime="ca-privacy-act")
    delegated(row, privacy, Power.CORRECT)
    assert grants_in_force(row.person_id) == (
        Grant(Role.DELEGATE, here.pk, frozenset({"extend", "transfer", "correct"})),
    )


def test_a_role_of_the_installation_names_no_institution_and_the_others_name_one() -> None:
    for role, institution in ((Role.AUDITOR, an_institution()), (Role.OFFICER, None)):
        with pytest.raises(IntegrityError, match="role_has_its_place"), transaction.atomic():
            a_membership(role, institution)
        term = Term(role=Role.REQUESTER, institution=institution, from_on=a_day())
        with pytest.raises(NotAllowedError):
            give_role(actor=SYSTEM, person_id=a_person().pk, term=term)


def test_the_same_role_is_not_held_twice_at_one_time() -> None:
    here, person = an_institution(), a_person()
    term = Term(role=Role.OFFICER, institution=here, from_on=a_day(), until_on=a_day(10))
    give_role(actor=SYSTEM, person_id=person.pk, term=term)
    with pytest.raises(RoleHeldError, match="already"):
        give_role(
            actor=SYSTEM,
            person_id=person.pk,
            term=Term(role=Role.OFFICER, institution=here, from_on=a_day(10)),
        )
    for role, institution, from_on in (
        (Role.OFFICER, here, a_day(11)),
        (Role.REVIEWER, here, a_day()),
        (Role.OFFICER, an_institution(), a_day()),
    ):
        other = Term(role=role, institution=institution, from_on=from_on)
        give_role(actor=SYSTEM, person_id=person.pk, term=other)
    assert Membership.objects.filter(person=person).count() == 4


def test_a_role_that_ends_is_gone_at_once_and_says_why() -> None:
    here = an_institution()
    row = a_membership(Role.OFFICER, here, from_on=a_day())
    head = an_actor(Role.HEAD, here)
    with pytest.raises(ParvisError, match="why"):
        end_role(actor=head, membership=row, why=" ")
    end_role(actor=head, membership=row, why="Moved to another department")
    assert grants_in_force(row.person_id) == ()
    assert row.ended_by_id == head.person_id
    assert [one.public_id for one in members(head, here, with_past=True) if one.is_over] == [row.public_id]
    event = Event.objects.get(name="institutions:membership:ended")
    assert (event.subject_id, event.data["role"]) == (row.public_id, "officer")
    assert "Moved" not in str(event.data)
    give_role(
        actor=head,
        person_id=row.person_id,
        term=Term(role=Role.OFFICER, institution=here, from_on=a_day()),
    )


def test_a_role_may_end_on_a_day_that_comes() -> None:
    row = a_membership(Role.OFFICER, an_institution())
    end_role(actor=SYSTEM, membership=row, why="Retires", on=a_day(5))
    assert grants_in_force(row.person_id)
    assert not row.is_in_force(a_day() + timedelta(days=6))


def test_nobody_gives_a_role_above_their_own() -> None:
    order = [Role.PROGRAM_AREA, Role.OFFICER, Role.HEAD]
    for giver in Role:
        for given in GIVES.get(giver, ()):
            if giver in order and given in order:
                assert order.index(given) <= order.index(giver)
    assert Role.ADMINISTRATOR not in GIVES[Role.CENTRAL_OFFICE]


def test_a_head_gives_roles_of_the_own_institution_only_and_only_in_its_name() -> None:
    here, there, person = an_institution(), an_institution(), a_person()
    head = a_membership(Role.HEAD, here).person
    a_membership(Role.HEAD, there)
    officer = Term(role=Role.OFFICER, institution=here, from_on=a_day())
    for actor, term in (
        (acting(head), officer),  # has not said in whose name
        (acting(head, here, is_strong=False), officer),  # has shown no second factor
        (acting(head, here), Term(role=Role.OFFICER, institution=there, from_on=a_day())),
        (acting(head, here), Term(role=Role.CENTRAL_OFFICE, institution=None, from_on=a_day())),
    ):
        with pytest.raises(NotAllowedError):
            give_role(actor=actor, person_id=person.pk, term=term)
    give_role(actor=acting(head, here), person_id=person.pk, term=officer)


def test_an_administrator_gives_roles_of_the_installation_and_the_first_head_only() -> None:
    here, person = an_institution(), a_person()
    administrator = an_actor(Role.ADMINISTRATOR)
    auditor = Term(role=Role.AUDITOR, institution=None, from_on=a_day())
    give_role(actor=administrator, person_id=person.pk, term=auditor)
    head = Term(role=Role.HEAD, institution=here, from_on=a_day())
    officer = Term(role=Role.OFFICER, institution=here, from_on=a_day())
    with pytest.raises(NotAllowedError):
        give_role(actor=administrator, person_id=person.pk, term=officer)
    give_role(actor=administrator, person_id=person.pk, term=head)
    with pytest.raises(NotAllowedError):
        give_role(actor=administrator, person_id=a_person().pk, term=head)

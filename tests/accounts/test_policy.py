"""The rules of accounts, for a row and for a set alike, over every kind of actor."""

import pytest

from parvis.accounts import policy
from parvis.accounts.models import Person, Recovery, SignedInSession
from parvis.core.actor import Actor
from parvis.core.roles import Grant, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[Person]:
    made = [Person.objects.create_person(email=f"{name}@example.org") for name in ("alice", "bob", "carol")]
    for person in made:
        SignedInSession.objects.create(person=person, session_key=f"key-{person.pk}")
        Recovery.objects.create(person=person)
    return made


def actors(people: list[Person]) -> dict[str, Actor]:
    alice = people[0].pk
    administrator = (Grant(Role.ADMINISTRATOR),)
    return {
        "the public": Actor.public(),
        "the system": Actor.system("test"),
        "a person": Actor.person(alice),
        "a strong person": Actor.person(alice, is_strong=True),
        "staff without a second factor": Actor.person(alice, is_staff=True, grants=administrator),
        "an officer": Actor.person(alice, is_strong=True, grants=(Grant(Role.OFFICER, 1),)),
        "an administrator of one institution, which there is not": Actor.person(
            alice, is_strong=True, grants=(Grant(Role.ADMINISTRATOR, 1),)
        ),
        "an administrator": Actor.person(alice, is_strong=True, grants=administrator),
        "staff": Actor.person(alice, is_strong=True, is_staff=True),
    }


def test_the_rule_for_a_row_and_for_a_set_agree_for_every_actor(people: list[Person]) -> None:
    for name, actor in actors(people).items():
        for person in people:
            assert policy.can_manage(actor, person) == (person in policy.people_visible_to(actor)), name
        for session in SignedInSession.objects.order_by("pk"):
            seen = session in policy.sessions_visible_to(actor)
            assert policy.can_end_session(actor, session) == seen, name
        for recovery in Recovery.objects.order_by("pk"):
            seen = recovery in policy.recoveries_visible_to(actor)
            assert (
                policy.can_see_recovery(actor, recovery) == seen == policy.can_stop_recovery(actor, recovery)
            ), name
            confirmable = recovery in policy.recoveries_confirmable_by(actor)
            assert policy.can_confirm_recovery(actor, recovery) == confirmable, name


def test_only_administrators_in_a_strong_session_confirm_and_never_their_own(people: list[Person]) -> None:
    own, other = (Recovery.objects.get(person=person) for person in people[:2])
    may = {name for name, actor in actors(people).items() if policy.can_confirm_recovery(actor, other)}
    assert may == {"an administrator", "staff"}
    assert not any(policy.can_confirm_recovery(actor, own) for actor in actors(people).values())


def test_an_administrator_sees_recoveries_and_no_account_but_their_own(people: list[Person]) -> None:
    actor = actors(people)["an administrator"]
    assert list(policy.people_visible_to(actor)) == people[:1]
    assert {session.person for session in policy.sessions_visible_to(actor)} == {people[0]}
    assert policy.recoveries_visible_to(actor).count() == 3


def test_only_the_installation_itself_makes_accounts_of_others(people: list[Person]) -> None:
    assert {name for name, actor in actors(people).items() if policy.can_add_people(actor)} == {"the system"}

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from parvis.accounts import acting
from parvis.accounts.acting import Acting, acting_for, register_acting_institution
from parvis.accounts.middleware import actor_of
from parvis.accounts.models import Person
from parvis.core.actor import Actor, ActorKind
from parvis.core.bilingual import Text
from parvis.core.roles import Grant, Role
from tests.accounts.entering import signed_in


@pytest.fixture(autouse=True)
def resolvers_stay_as_they_were() -> Iterator[None]:
    before = list(acting._RESOLVERS)
    yield
    acting._RESOLVERS[:] = before


@pytest.mark.django_db
def test_a_person_has_no_usable_password_and_one_official_language() -> None:
    person = Person.objects.create_person(email="Alice@Example.org", language="fr")
    assert person.email == "alice@example.org"
    assert not person.has_usable_password()
    with pytest.raises(ValidationError):
        Person.objects.create_person(email="bob@example.org", language="de")


@pytest.mark.django_db
def test_the_database_keeps_the_language_official() -> None:
    person = Person.objects.create_person(email="alice@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(language="de")


@pytest.mark.django_db
def test_the_name_of_a_person_never_stands_in_their_text_form() -> None:
    person = Person.objects.create_person(email="alice@example.org", name="Alice")
    assert "lice" not in str(person)


@pytest.mark.django_db
@pytest.mark.parametrize("is_strong", [True, False])
def test_the_actor_is_the_signed_in_person_and_staff_only_after_a_second_factor(
    is_strong: bool,  # noqa: FBT001  # pytest passes parameters by name
) -> None:
    person = Person.objects.create_person(email="alice@example.org", is_staff=True)
    client = signed_in(person, is_strong=is_strong)
    request = RequestFactory().get("/en/")
    request.user, request.session = person, client.session
    assert actor_of(request) == Actor(
        ActorKind.PERSON, person_id=person.pk, is_staff=is_strong, is_strong=is_strong
    )


@pytest.mark.django_db
def test_one_acts_only_for_an_institution_for_which_one_holds_a_role() -> None:
    grants = (Grant(Role.OFFICER, 7), Grant(Role.AUDITOR))
    register_acting_institution(lambda chosen, _grants: Acting(chosen or 8, Text("One", "Une")))
    assert acting_for(7, grants) == Acting(7, Text("One", "Une"))
    assert acting_for(9, grants) is None
    assert acting_for("7", grants) is None
    assert acting_for(7, (Grant(Role.AUDITOR),)) is None

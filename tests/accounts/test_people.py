import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from parvis.accounts.middleware import actor_of
from parvis.accounts.models import Person
from parvis.core.actor import Actor, ActorKind


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
def test_the_actor_is_the_signed_in_person() -> None:
    request = HttpRequest()
    request.user = Person.objects.create_person(email="alice@example.org", is_staff=True)
    assert actor_of(request) == Actor(ActorKind.PERSON, person_id=request.user.pk, is_staff=True)

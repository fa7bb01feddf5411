"""The demonstration's people, whose secret everyone knows; and the commands that make and mend accounts."""

import pytest
from django.conf import LazySettings

from parvis.accounts import actions, demo, factors
from parvis.accounts.models import Person
from parvis.config.command import main
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError, ParvisError
from tests.accounts.entering import signed_in

pytestmark = pytest.mark.django_db


def test_the_people_of_the_demonstration_are_made_once() -> None:
    assert demo.load_demo_people() == demo.load_demo_people()
    assert Person.objects.count() == len(demo.PEOPLE)
    admin = Person.objects.get(email="admin@example.org")
    assert admin.is_staff
    assert actions.show_app_code(actor=Actor.public(), person=admin, typed=demo.demo_code())


@pytest.mark.parametrize(
    ("name", "value"), [("MAIL", "smtp"), ("BASE_URL", "https://parvis.example.gc.ca"), ("MAIL", "gc-notify")]
)
def test_outside_a_demonstration_they_are_not_made_and_their_secret_opens_nothing(
    settings: LazySettings, name: str, value: str
) -> None:
    demo.load_demo_people()
    admin, code = Person.objects.get(email="admin@example.org"), demo.demo_code()
    setattr(settings, name, value)
    assert not actions.show_app_code(actor=Actor.public(), person=admin, typed=code)
    with pytest.raises(ParvisError, match="secrets that everyone knows"):
        demo.load_demo_people()
    with pytest.raises(ParvisError, match="no demonstration"):
        demo.demo_code()


def test_no_person_gives_another_an_app_whose_secret_is_known(person: Person) -> None:
    with pytest.raises(NotAllowedError):
        actions.add_demo_app(actor=Actor.person(person.pk, is_strong=True), person=person, secret=demo.SECRET)


def test_the_first_administrator_is_made_by_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["person", "add", "Chief@Example.org", "--name", "Chief", "--language", "fr", "--staff"]
    assert main(words) == 0
    assert main(words) == 0
    person = Person.objects.get()
    assert (person.email, person.language, person.is_staff) == ("chief@example.org", "fr", True)
    assert "already" in capsys.readouterr().out


def test_what_nobody_else_can_recover_a_command_on_the_machine_does(person: Person) -> None:
    factors.add_app(person, factors.new_app_secret(), counter=0)
    client = signed_in(person)
    assert main(["person", "recover", person.email]) == 0
    assert not factors.has_factor(person)
    assert client.get("/en/account").status_code == 302
    assert main(["person", "recover", "nobody@example.org"]) == 2


def test_a_command_deactivates_and_ends_sessions(person: Person) -> None:
    client = signed_in(person)
    assert main(["person", "deactivate", person.email]) == 0
    assert client.get("/en/account").status_code == 302

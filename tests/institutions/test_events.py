"""What the trail says of an institution names it, so that its head and privacy officer can read it."""

import pytest

from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.roles import Role
from parvis.institutions.actions.delegation import end_instruments
from parvis.institutions.actions.memberships import end_role
from tests.institutions.factories import a_membership, an_institution, an_instrument

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("tests")


def test_the_end_of_a_role_and_of_an_instrument_name_the_institution() -> None:
    institution = an_institution(slug="rivers")
    end_role(actor=SYSTEM, membership=a_membership(Role.OFFICER, institution), why="moved on")
    an_instrument(institution)
    end_instruments(actor=SYSTEM, institution=institution)
    names = ("institutions:membership:ended", "institutions:delegation:ended")
    found = {event.name: event.data["institution"] for event in Event.objects.filter(name__in=names)}
    assert found == dict.fromkeys(names, "rivers")


def test_the_end_of_a_role_of_the_installation_names_none() -> None:
    end_role(actor=SYSTEM, membership=a_membership(Role.AUDITOR), why="moved on")
    assert Event.objects.get(name="institutions:membership:ended").data["institution"] == ""

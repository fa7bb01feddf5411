"""Who accepts a role of staff in the middle of a session is led to the second factor, which the role waits for."""

import pytest
from django.test import Client

from parvis.accounts import actions
from parvis.accounts.factors import app_code, new_app_secret
from parvis.core.actor import Actor
from parvis.core.roles import Role
from parvis.institutions.actions.invitations import invite
from parvis.institutions.giving import Term
from parvis.institutions.models import Institution
from tests.institutions.caught import newest_address
from tests.institutions.conftest import Entering
from tests.institutions.factories import a_day, a_person, an_institution

pytestmark = pytest.mark.django_db
DAY = 86_400
ADDRESS = "new@example.org"


def invited(institution: Institution, role: Role = Role.OFFICER) -> str:
    """Invite the address to a role; return where it is accepted."""
    term = Term(role=role, institution=institution, from_on=a_day())
    invite(actor=Actor.system("tests"), address=ADDRESS, language="en", term=term)
    return newest_address("institutions/invitation")


def accept(browser: Client, where: str) -> tuple[str, str]:
    """Accept; return where it leads, and what is said there."""
    response = browser.post(where, follow=True)
    return response.redirect_chain[0][0], response.content.decode()


def test_who_has_no_second_factor_yet_sets_one_up_at_once(signed_in: Entering) -> None:
    browser = signed_in(a_person(ADDRESS), is_strong=False)
    way, said = accept(browser, invited(an_institution()))
    assert way == "/en/account/second-factors"
    assert "You hold the role now. Set up a second factor to exercise it." in said
    assert "Your roles wait for a second factor" in said


def test_who_has_one_shows_it_and_comes_to_the_roles(signed_in: Entering) -> None:
    person = a_person(ADDRESS)
    actions.add_demo_app(actor=Actor.system("tests"), person=person, secret=new_app_secret())
    browser = signed_in(person, is_strong=False)
    way, said = accept(browser, invited(an_institution()))
    assert way == "/en/account/confirm?next=%2Fen%2Fyour-roles"
    assert "You hold the role now. Show your second factor to exercise it." in said


def test_who_has_shown_it_in_this_session_goes_straight_to_the_roles(signed_in: Entering) -> None:
    way, said = accept(signed_in(a_person(ADDRESS)), invited(an_institution()))
    assert way == "/en/your-roles"
    assert "You hold the role now." in said


def test_a_session_that_began_as_the_public_lasts_as_one_of_staff_once_the_factor_is_shown(
    signed_in: Entering,
) -> None:
    person, secret = a_person(ADDRESS), new_app_secret()
    actions.add_demo_app(actor=Actor.system("tests"), person=person, secret=secret)
    browser = signed_in(person, is_strong=False)
    session = browser.session
    session.set_expiry(14 * DAY)
    session.save()
    accept(browser, invited(an_institution()))
    assert browser.post("/en/account/confirm", {"code": app_code(secret)}).status_code == 302
    assert browser.session.get_expiry_age() <= DAY // 2

import csv
import io

import pytest
from pytest_django import DjangoAssertNumQueries

from parvis.core.actor import Actor
from parvis.core.roles import Role
from parvis.institutions.actions.onboarding import invite_institution
from parvis.institutions.checklist import Section
from parvis.institutions.models import Institution, Membership, Onboarding
from parvis.institutions.queries.board import NOT_INVITED, BoardFilter, board
from tests.institutions.conftest import Entering
from tests.institutions.factories import (
    a_day,
    a_membership,
    a_person,
    an_actor,
    an_institution,
    an_instrument,
)
from tests.institutions.many import many_institutions

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


def test_the_board_says_what_each_institution_lacks() -> None:
    here, there = an_institution(slug="here", access_email="atip@example.org"), an_institution(slug="there")
    an_institution(slug="gone", state="closed")
    invite_institution(actor=SYSTEM, institution=here)
    a_membership(Role.HEAD, here)
    a_membership(Role.OFFICER, here, from_on=a_day(-9), until_on=a_day(-1))  # over
    an_instrument(here)
    found = board(SYSTEM, BoardFilter())
    assert [line.slug for line in found.lines] == ["here", "there"]
    lacks = {item.section for item in found.lines[0].checklist.missing}
    assert Section.CONTACT not in lacks
    assert Section.DELEGATION not in lacks
    assert {Section.PEOPLE, Section.STATUTES, Section.TEST} <= lacks
    assert found.states == {"invited": 1, NOT_INVITED: 1}
    assert found.lines[1].slug == there.slug


def test_the_board_is_filtered_sorted_and_paged() -> None:
    many_institutions(120)
    first = board(SYSTEM, BoardFilter(sort="title"))
    assert (len(first.lines), first.found, first.last) == (50, 120, 3)
    titles = [line.key for line in first.lines]
    assert titles == sorted(titles)
    assert board(SYSTEM, BoardFilter(page=99)).number == 3
    live = board(SYSTEM, BoardFilter(state="live"))
    assert live.found == first.states["live"]
    assert all(line.state == "live" for line in live.lines)
    lacks = board(SYSTEM, BoardFilter(lacks="contact", sort="missing"))
    assert lacks.found == first.sections["contact"]
    counts = [line.missing for line in lacks.lines]
    assert counts == sorted(counts, reverse=True)
    one = first.lines[7]
    assert board(SYSTEM, BoardFilter(query=one.title.fr)).lines[0].slug == one.slug


@pytest.mark.parametrize("number", [8, 150])
def test_the_board_asks_the_same_number_of_questions_however_many_there_are(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many_institutions(number)
    with django_assert_num_queries(7):
        board(SYSTEM, BoardFilter())


@pytest.mark.parametrize("number", [8, 150])
def test_the_page_of_the_board_does_too(
    number: int, signed_in: Entering, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many_institutions(number)
    browser = signed_in(a_membership(Role.CENTRAL_OFFICE).person)
    browser.get("/en/staff/institutions")
    with django_assert_num_queries(11):
        assert browser.get("/en/staff/institutions").status_code == 200


def test_the_csv_has_every_line_that_the_filter_keeps_and_no_formula(signed_in: Entering) -> None:
    many_institutions(60)
    an_institution(slug="sly", legal_title_en="=cmd()", legal_title_fr="=cmd()")
    browser = signed_in(a_membership(Role.AUDITOR).person)
    text = browser.get("/en/staff/institutions.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 61
    assert next(row for row in rows if row["slug"] == "sly")["title_en"] == "'=cmd()"
    live = browser.get("/en/staff/institutions.csv?state=live").content.decode("utf-8-sig")
    assert {row["state"] for row in csv.DictReader(io.StringIO(live))} == {"live"}


def test_the_board_opens_to_those_who_oversee_and_to_nobody_else(signed_in: Entering) -> None:
    here = an_institution()
    for role, institution, status in (
        (Role.CENTRAL_OFFICE, None, 200),
        (Role.AUDITOR, None, 200),
        (Role.ADMINISTRATOR, None, 404),
        (Role.HEAD, here, 404),
    ):
        browser = signed_in(a_membership(role, institution).person, institution)
        assert browser.get("/en/staff/institutions").status_code == status, role
        assert browser.get("/en/staff/institutions.csv").status_code == status, role
    assert board(an_actor(Role.HEAD, here), BoardFilter()).total == 0
    weak = signed_in(a_membership(Role.CENTRAL_OFFICE).person, is_strong=False)
    assert weak.get("/en/staff/institutions").status_code != 200


def test_an_auditor_sees_the_board_and_changes_nothing(signed_in: Entering) -> None:
    an_institution(slug="here")
    auditor = signed_in(a_membership(Role.AUDITOR).person)
    assert "staff/institutions/here/invite" not in auditor.get("/en/staff/institutions").content.decode()
    assert auditor.post("/en/staff/institutions/here/invite").status_code == 403
    assert auditor.get("/en/staff/institutions/file").status_code == 404
    assert not Onboarding.objects.exists()


def test_the_invented_institutions_are_what_they_say() -> None:
    many_institutions(30)
    assert Institution.objects.count() == 30
    assert Membership.objects.exists()
    assert a_person().pk

"""Cases: clarified, linked, moved to a successor, and known to the right people only."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from parvis.access import policy, queries
from parvis.access.actions.working import clarify_text, link_requests, move_open, place_hold
from parvis.access.answers import Requested
from parvis.access.models import AccessRequest
from parvis.access.queries.working import CaseWork
from parvis.access.states import (
    ATTACHMENT_TRANSITIONS,
    DRAFT_TRANSITIONS,
    FIRST_STATES,
    REQUEST_TRANSITIONS,
    AttachmentState,
    DraftState,
    Relation,
    RequestState,
)
from parvis.accounts.actions.people import delete_account
from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError, NotReadyError
from parvis.core.roles import Role
from parvis.institutions.actions.joining import People, leave, merge_institution
from parvis.institutions.states import OnboardingState
from tests.access.factories import WORDS, a_receiving_institution, a_request, a_submission
from tests.institutions.conftest import Entering
from tests.institutions.factories import a_membership, a_person, an_actor

SYSTEM, PUBLIC = Actor.system("test"), Actor.public()
pytestmark = pytest.mark.django_db


def test_the_original_text_never_changes_and_a_clarified_one_stands_after_it() -> None:
    submission, key = a_submission()
    row = submission.parts.get()
    clarify_text(
        actor=PUBLIC, access_request=row, requested=Requested(text="Only of 2025"), why="Asked", key=key
    )
    assert [text.requested.text for text in queries.texts_of(row)] == [WORDS, "Only of 2025"]
    with pytest.raises(NotReadyError):
        clarify_text(actor=PUBLIC, access_request=row, requested=Requested(text=" "), why="", key=key)
    with pytest.raises(NotAllowedError):
        clarify_text(actor=PUBLIC, access_request=row, requested=Requested(text="x"), why="")


def test_an_officer_clarifies_and_links_for_their_own_institution_only() -> None:
    here = a_receiving_institution()
    row, other, elsewhere = a_request(here), a_request(here), a_request()
    officer, officer_there = an_actor(Role.OFFICER, here), an_actor(Role.OFFICER, elsewhere.institution)
    clarify_text(actor=officer, access_request=row, requested=Requested(text="Agreed"), why="By telephone")
    link_requests(actor=officer, access_request=row, other=other, relation=Relation.SIMILAR)
    assert [one.row for one in CaseWork(officer, row).links] == [other]
    for actor, one, two in ((officer_there, row, other), (officer, row, elsewhere)):
        with pytest.raises(NotAllowedError):
            link_requests(actor=actor, access_request=one, other=two, relation=Relation.SIMILAR)
    with pytest.raises(NotReadyError):
        link_requests(actor=officer, access_request=row, other=row, relation=Relation.SIMILAR)


@pytest.mark.parametrize(
    ("role", "sees", "is_told"),
    [
        (Role.OFFICER, True, True),
        (Role.PRIVACY_OFFICER, True, True),
        (Role.HEAD, True, False),
        (Role.REVIEWER, True, False),
        (Role.DELEGATE, True, False),
        (Role.PROGRAM_AREA, False, False),
        (Role.SERVICE_OWNER, False, False),
    ],
)
def test_who_knows_of_a_request_and_who_is_told_who_asks(role: Role, sees: bool, is_told: bool) -> None:  # noqa: FBT001  # a table
    here, there = a_receiving_institution(), a_receiving_institution()
    row = a_request(here)
    mine, near_miss = an_actor(role, here), an_actor(role, there)
    assert policy.can_see(mine, row) is sees
    assert policy.can_see_requester(mine, row) is is_told
    assert AccessRequest.objects.filter(policy.visible_to(mine)).exists() is sees
    assert AccessRequest.objects.filter(policy.requesters_visible_to(mine)).exists() is is_told
    assert not policy.can_see(near_miss, row)
    assert not policy.can_see_requester(near_miss, row)
    assert not AccessRequest.objects.filter(policy.visible_to(near_miss)).exists()
    assert not policy.can_see_requester(replace(mine, institution_id=None), row)  # not acting in its name now


@pytest.mark.parametrize("role", [Role.CENTRAL_OFFICE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_oversees_or_runs_the_installation_sees_no_case(role: Role) -> None:
    row = a_request()
    actor = an_actor(role, None)
    assert not policy.can_see(actor, row)
    assert not policy.can_see_desk(actor)
    assert queries.case_of(actor, row.public_id) is None


def test_the_desk_lists_what_is_due_first() -> None:
    here = a_receiving_institution()
    late, soon = a_request(here), a_request(here)
    AccessRequest.objects.filter(pk=soon.pk).update(statute_due=timezone.localdate())
    lines = queries.desk(an_actor(Role.OFFICER, here), timezone.localdate())
    assert [line.row for line in lines] == [soon, late]
    assert lines[0].days_left == 0


def test_a_merge_hands_open_requests_to_the_successor_with_their_numbers_and_an_open_one_stops_a_leaving() -> (
    None
):
    here, successor = a_receiving_institution(), a_receiving_institution()
    row = a_request(here)
    with pytest.raises(NotReadyError, match="1 open access requests"):
        leave(actor=SYSTEM, institution=here, why="It closes")
    done = merge_institution(actor=SYSTEM, institution=here, into=successor, people=People.END)
    assert done.open_work == 1
    number = row.number
    row.refresh_from_db()
    assert (row.institution, row.number) == (successor, number)
    assert (
        OnboardingState(here.onboarding.__class__.objects.get(institution=here).state) is OnboardingState.LEFT
    )


def test_an_account_with_an_open_request_is_not_deleted_and_the_page_says_why() -> None:
    person = a_person()
    actor = Actor.person(person.pk)
    a_submission(actor=actor)
    with pytest.raises(NotReadyError, match="You have 1 open request"):
        delete_account(actor=actor, person=person)


@pytest.mark.parametrize(
    ("states", "transitions", "first"),
    [
        (RequestState, REQUEST_TRANSITIONS, FIRST_STATES),
        (DraftState, DRAFT_TRANSITIONS, {DraftState.OPEN}),
        (AttachmentState, ATTACHMENT_TRANSITIONS, {AttachmentState.QUARANTINED}),
    ],
)
def test_every_state_can_be_reached(states: type, transitions: tuple[object, ...], first: set[str]) -> None:
    reached = set(first)
    for _step in transitions:
        reached |= {str(one.target) for one in transitions if one.sources & reached}  # type: ignore[attr-defined]  # Transition
    assert reached == set(states)  # type: ignore[call-overload]  # an enumeration


def test_a_look_at_who_asks_is_noted_and_a_near_miss_finds_nothing(
    client: Client, signed_in: Entering
) -> None:
    here, there = a_receiving_institution(), a_receiving_institution()
    row = a_request(here)
    assert client.get(f"/en/cases/{row.public_id}").status_code == 302  # asks for signing in
    for place, status in ((here, 200), (there, 404)):
        browser = signed_in(a_membership(Role.OFFICER, place).person, place)
        assert browser.get(f"/en/cases/{row.public_id}").status_code == status
        told = browser.get(f"/en/cases/{row.public_id}/requester")
        assert told.status_code == status
        assert ("Robin Tremblay" in told.content.decode()) is (status == 200)
    assert Event.objects.filter(name="audit:personal_information:read", subject_id=row.public_id).count() == 1


def test_a_look_at_what_is_asked_about_oneself_is_noted_and_one_at_other_records_is_not(
    signed_in: Entering,
) -> None:
    here = a_receiving_institution()
    plain, personal = a_request(here), a_request(here)
    AccessRequest.objects.filter(pk=personal.pk).update(kind="own")
    browser = signed_in(a_membership(Role.OFFICER, here).person, here)
    for row in (plain, personal):
        assert browser.get(f"/en/cases/{row.public_id}").status_code == 200
    read = Event.objects.get(name="audit:personal_information:read")
    assert (read.subject_id, read.data["why"]) == (personal.public_id, "case")


def test_only_who_lets_institutions_merge_moves_requests() -> None:
    here, there = a_receiving_institution(), a_receiving_institution()
    a_request(here)
    with pytest.raises(NotAllowedError):
        move_open(actor=an_actor(Role.HEAD, here), from_id=here.pk, to_id=there.pk)
    assert move_open(actor=an_actor(Role.CENTRAL_OFFICE), from_id=here.pk, to_id=there.pk) == 1


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/cases/", ("January 1, 2025 – December 31, 2025", "Court file", "2 days late")),
        (
            "/fr/dossiers/",
            ("1er\u00a0janvier 2025 – 31\u00a0décembre 2025", "Court file", "En retard de 2\u00a0jours"),
        ),
    ],
)
def test_an_officer_sees_all_that_narrows_a_request_and_what_keeps_it(
    signed_in: Entering, address: str, words: tuple[str, ...]
) -> None:
    here = a_receiving_institution()
    row = a_request(here)
    place_hold(actor=SYSTEM, access_request=row, why="Court file")
    AccessRequest.objects.filter(pk=row.pk).update(statute_due=timezone.localdate() - timedelta(days=2))
    browser = signed_in(a_membership(Role.OFFICER, here).person, here)
    desk = {"/en/cases/": "/en/staff/requests", "/fr/dossiers/": "/fr/personnel/demandes"}[address]
    shown = browser.get(f"{address}{row.public_id}").content.decode() + browser.get(desk).content.decode()
    assert all(one in shown for one in words)

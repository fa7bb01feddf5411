from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils.translation import gettext_lazy as _

from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.core.errors import NotAllowedError, NotReadyError
from parvis.core.roles import Role
from parvis.institutions import open_work
from parvis.institutions.actions.invitations import invite
from parvis.institutions.actions.joining import People, leave, merge_institution, rename_institution
from parvis.institutions.actions.onboarding import go_live, invite_institution, pause
from parvis.institutions.giving import Term
from parvis.institutions.models import DelegationInstrument, Institution, Invitation, Membership, Onboarding
from parvis.institutions.queries import institution_detail, resolver
from parvis.institutions.queries.memberships import grants_in_force
from parvis.institutions.states import ONBOARDING_TRANSITIONS, OnboardingState
from parvis.search.models import Change
from tests.institutions.conftest import Entering
from tests.institutions.factories import a_day, a_membership, an_actor, an_institution, an_instrument

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


@pytest.fixture
def open_cases() -> Iterator[dict[int, int]]:
    """Work that is open, by institution, as a room above keeps it."""
    cases: dict[int, int] = {}

    def move(_actor: Actor, old: int, new: int) -> int:
        count = cases.pop(old, 0)
        cases[new] = cases.get(new, 0) + count
        return count

    kinds = dict(open_work._KINDS)
    open_work.register_open_work(
        open_work.OpenWork(
            name="test", title=_("requests"), count=lambda number: cases.get(number, 0), move=move
        )
    )
    yield cases
    open_work._KINDS.clear()
    open_work._KINDS.update(kinds)


def with_people(institution: Institution) -> dict[str, Membership]:
    """Give an institution a head, an officer and a delegate, an invitation and an instrument."""
    people = {str(role): a_membership(role, institution) for role in (Role.HEAD, Role.OFFICER, Role.DELEGATE)}
    term = Term(role=Role.REVIEWER, institution=institution, from_on=a_day())
    invite(actor=SYSTEM, address="new@example.org", language="en", term=term)
    an_instrument(institution)
    invite_institution(actor=SYSTEM, institution=institution)
    return people


def test_a_merge_moves_what_is_open_and_the_people_but_not_the_head(open_cases: dict[int, int]) -> None:
    old, new = an_institution(slug="rivers"), an_institution(slug="waters")
    people = with_people(old)
    open_cases[old.pk] = 4
    central = an_actor(Role.CENTRAL_OFFICE)
    done = merge_institution(actor=central, institution=old, into=new, people=People.MOVE)
    assert (done.moved, done.ended, done.revoked, done.instruments, done.open_work) == (2, 3, 1, 1, 4)
    assert open_cases == {new.pk: 4}
    assert [grant.institution_id for grant in grants_in_force(people["officer"].person_id)] == [new.pk]
    assert grants_in_force(people["head"].person_id) == ()
    assert not grants_in_force(people["delegate"].person_id)[0].powers
    assert not DelegationInstrument.objects.in_force().filter(institution=old).exists()
    assert not Invitation.objects.waiting().exists()
    assert Onboarding.objects.get(institution=old).state == "left"
    assert Event.objects.filter(name="institutions:institution:merged").count() == 1
    assert set(Change.objects.filter(kind="institution").values_list("public_id", flat=True)) >= {
        "rivers",
        "waters",
    }


def test_the_address_of_a_merged_institution_goes_on_answering_and_says_where_it_went(client: Client) -> None:
    old, new = an_institution(slug="rivers"), an_institution(slug="waters", legal_title_en="Water Canada")
    merge_institution(actor=SYSTEM, institution=old, into=new, people=People.END)
    page = client.get("/en/institutions/rivers")
    assert page.status_code == 200
    assert "Water Canada" in page.content.decode()
    assert 'href="/en/institutions/waters"' in page.content.decode()
    body = client.get("/api/v1/institutions/rivers").json()
    assert (body["state"], body["successor"]["slug"]) == ("merged", "waters")


def test_with_end_everybody_s_role_ends_and_nobody_is_moved() -> None:
    old, new = an_institution(), an_institution()
    people = with_people(old)
    done = merge_institution(actor=SYSTEM, institution=old, into=new, people=People.END)
    assert (done.moved, done.ended) == (0, 3)
    assert all(grants_in_force(row.person_id) == () for row in people.values())
    assert not Membership.objects.filter(institution=new).exists()


def test_who_works_for_both_already_keeps_the_one_role() -> None:
    old, new = an_institution(), an_institution()
    row = a_membership(Role.OFFICER, old)
    a_membership(Role.OFFICER, new, person=row.person)
    done = merge_institution(actor=SYSTEM, institution=old, into=new, people=People.MOVE)
    assert (done.moved, done.ended) == (0, 1)
    assert len(grants_in_force(row.person_id)) == 1


def test_what_cannot_merge_is_refused_and_nothing_changes() -> None:
    one, ended = an_institution(), an_institution(state="closed")
    a_membership(Role.OFFICER, one)
    for into in (one, ended):
        with pytest.raises(NotReadyError):
            merge_institution(actor=SYSTEM, institution=one, into=into, people=People.MOVE)
    with pytest.raises(NotReadyError):
        merge_institution(actor=SYSTEM, institution=ended, into=one, people=People.MOVE)
    assert Membership.objects.in_force().count() == 1


def test_leaving_waits_until_nothing_is_open_and_ends_roles(open_cases: dict[int, int]) -> None:
    one = an_institution()
    people = with_people(one)
    open_cases[one.pk] = 2
    with pytest.raises(NotReadyError, match="2 requests"):
        leave(actor=SYSTEM, institution=one, why="Has its own system")
    assert grants_in_force(people["head"].person_id)
    open_cases.clear()
    leave(actor=SYSTEM, institution=one, why="Has its own system")
    assert grants_in_force(people["head"].person_id) == ()
    one.refresh_from_db()
    assert one.is_standing
    assert Onboarding.objects.get(institution=one).state_why == "Has its own system"
    assert invite_institution(actor=SYSTEM, institution=one).state == "preparing"


def test_a_new_title_keeps_the_former_one_with_its_year_and_the_address() -> None:
    one = an_institution(slug="rivers", legal_title_en="River Office", legal_title_fr="Office des rivières")
    wanted = {
        "legal": Text("Water Office", "Office de l’eau"),
        "applied": Text(),
        "year": 2026,
    }
    assert rename_institution(actor=SYSTEM, institution=one, **wanted)  # type: ignore[arg-type]  # as above
    assert not rename_institution(actor=SYSTEM, institution=one, **wanted)  # type: ignore[arg-type]  # as above
    detail = institution_detail("rivers")
    assert detail is not None
    assert detail.title == Text("Water Office", "Office de l’eau")
    assert [(name.title.fr, name.until_year) for name in detail.former_names] == [
        ("Office des rivières", 2026)
    ]
    assert resolver().resolve(title="River Office", jurisdiction="ca").slug == "rivers"
    assert Change.objects.filter(kind="institution", public_id="rivers").exists()
    with pytest.raises(NotReadyError, match="both languages"):
        rename_institution(actor=SYSTEM, institution=one, legal=Text("Only", ""), applied=Text(), year=2026)


def test_only_the_central_office_renames_merges_and_lets_leave() -> None:
    one, other = an_institution(), an_institution()
    for actor in (an_actor(Role.HEAD, one), an_actor(Role.ADMINISTRATOR), an_actor(Role.AUDITOR)):
        with pytest.raises(NotAllowedError):
            merge_institution(actor=actor, institution=one, into=other, people=People.MOVE)
        with pytest.raises(NotAllowedError):
            leave(actor=actor, institution=one, why="x")
        with pytest.raises(NotAllowedError):
            rename_institution(actor=actor, institution=one, legal=Text("A", "B"), applied=Text(), year=2026)


def test_the_page_of_changes_renames_merges_and_keeps_what_was_typed(signed_in: Entering) -> None:
    an_institution(slug="rivers")
    an_institution(slug="waters")
    central = signed_in(a_membership(Role.CENTRAL_OFFICE).person)
    where = "/en/staff/institutions/rivers/change"
    said = {
        "deed": "rename",
        "rename-legal_en": "Water Office",
        "rename-legal_fr": "Office de l’eau",
        "rename-applied_en": "Water",
        "rename-applied_fr": "",
        "rename-year": "2026",
    }
    refused = central.post(where, said).content.decode()
    assert "in both languages, or in neither" in refused
    assert "Water Office" in refused
    assert central.post(where, said | {"rename-applied_en": ""}).status_code == 302
    wrong = {"deed": "merge", "merge-into": "nobody", "merge-people": "move"}
    assert "No institution has the slug" in central.post(where, wrong).content.decode()
    done = central.post(where, wrong | {"merge-into": "waters"}, follow=True).content.decode()
    assert "0 roles ended" in done
    assert "has ended" in done


def test_every_state_of_an_onboarding_can_be_reached_and_left() -> None:
    reached = {OnboardingState.INVITED} | {one.target for one in ONBOARDING_TRANSITIONS}
    left = {source for one in ONBOARDING_TRANSITIONS for source in one.sources}
    assert reached == left == set(OnboardingState)


def test_an_institution_that_is_not_ready_does_not_go_live_and_one_that_is_live_may_pause() -> None:
    one = an_institution()
    row = invite_institution(actor=SYSTEM, institution=one)
    with pytest.raises(NotReadyError, match="Run the test"):
        go_live(actor=SYSTEM, onboarding=row)
    Onboarding.objects.update(state="live")
    row.refresh_from_db()
    pause(actor=SYSTEM, onboarding=row, why="Moves to another building")
    assert (row.state, row.state_why) == ("paused", "Moves to another building")

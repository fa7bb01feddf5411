"""The page of a case: what an officer does there, what others see, and that a refusal keeps what was typed."""

import pytest
from django.test import Client

from parvis.access import queries
from parvis.access.actions.ending import withdraw_request
from parvis.access.actions.sketching import sketch_texts
from parvis.access.actions.working import clarify_text, link_requests, place_hold, unlink_requests
from parvis.access.answers import Requested
from parvis.access.changes import Change, changes
from parvis.access.models import AccessRequest, LegalHold, RequestLink
from parvis.access.queries.working import CaseWork
from parvis.access.states import Relation, RequestState
from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError, NotReadyError
from parvis.core.roles import Role
from parvis.institutions.models import Institution
from tests.access.factories import WORDS, a_receiving_institution, a_request, a_submission
from tests.institutions.conftest import Entering
from tests.institutions.factories import a_membership, a_person, an_actor

pytestmark = pytest.mark.django_db
SYSTEM, PUBLIC = Actor.system("test"), Actor.public()
FORMS = ("clarify", "link", "hold")
ROOT = {"en": "/en/cases", "fr": "/fr/dossiers"}
CLEARER = {"text": "Only of 2025", "why": "By telephone"}


@pytest.fixture
def here() -> Institution:
    return a_receiving_institution()


@pytest.fixture
def officer(here: Institution, signed_in: Entering) -> Client:
    return signed_in(a_membership(Role.OFFICER, here, person=a_person(name="Alex Roy")).person, here)


def page_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]  # what the test client gives


def at(row: AccessRequest, way: str = "", language: str = "en") -> str:
    return f"{ROOT[language]}/{row.public_id}{'/' if way else ''}{way}"


@pytest.mark.parametrize(
    ("language", "ways", "words"),
    [
        ("en", ("clarify", "link", "hold", "lift"), ("What changed", "Alex Roy", "Court file", "Legal hold")),
        (
            "fr",
            ("preciser", "lier", "conserver", "lever"),
            ("Ce qui a changé", "Alex Roy", "Court file", "Conservation légale"),
        ),
    ],
)
def test_an_officer_clarifies_links_and_holds_on_the_pages_of_a_case(
    here: Institution, officer: Client, language: str, ways: tuple[str, ...], words: tuple[str, ...]
) -> None:
    row, other = a_request(here), a_request(here)
    said = (
        CLEARER,
        {"number": f" {other.number.lower()} ", "relation": "follows"},
        {"why": "Court file"},
    )
    for way, posted in zip(ways, said, strict=False):
        assert officer.get(at(row, way, language)).status_code == 200
        done = officer.post(at(row, way, language), posted)
        assert (done.status_code, done["Location"]) == (302, at(row, language=language)), page_of(done)
    assert [one.requested.text for one in queries.texts_of(row)] == [WORDS, "Only of 2025"]
    assert RequestLink.objects.get().relation == Relation.FOLLOWS
    shown = page_of(officer.get(at(row, language=language)))
    assert all(one in shown for one in (*words, other.number))
    hold = LegalHold.objects.get()
    place = {"en": "holds", "fr": "conservations"}[language]
    lifting = at(row, f"{place}/{hold.public_id}/{ways[-1]}", language)
    assert "Alex Roy" in page_of(officer.get(lifting))
    assert officer.post(lifting).status_code == 302
    hold.refresh_from_db()
    assert hold.lifted_at
    assert officer.get(lifting).status_code == 302
    assert officer.post(lifting).status_code == 302


@pytest.mark.parametrize(
    ("way", "posted", "kept", "says"),
    [
        ("clarify", {"text": "Only of 2025", "why": ""}, "Only of 2025", "Say why the text changes."),
        ("clarify", {"text": " ", "why": "By mail"}, "By mail", "Write what is asked for."),
        ("clarify", {"text": WORDS, "why": "By mail"}, "By mail", "The period ends before it begins"),
        ("link", {"number": "NO-SUCH-1", "relation": "similar"}, "NO-SUCH-1", "You know of no request with"),
        ("link", {"number": "NO-SUCH-1"}, "NO-SUCH-1", "Choose one."),
        ("hold", {"why": "x" * 301}, "x" * 301, "This reason is too long. Say it in 300 characters."),
        ("hold", {"why": "  "}, "", "Say why this request is to be kept."),
    ],
)
def test_a_refusal_says_what_to_do_and_what_was_typed_is_still_there(
    here: Institution, officer: Client, way: str, posted: dict[str, str], kept: str, says: str
) -> None:
    row = a_request(here)
    if "period" in says:
        posted = posted | {"period_from": "2025-02-01", "period_to": "2025-01-01"}
    answer = officer.post(at(row, way), posted)
    assert answer.status_code == 200
    assert kept in page_of(answer)
    assert says in page_of(answer)
    assert Event.objects.filter(name__in=["access:request:clarified", "access:hold:placed"]).count() == 0


def test_a_text_that_did_not_change_is_no_new_version(here: Institution, officer: Client) -> None:
    row = a_request(here)
    same = {"text": WORDS, "period_from": "2025-01-01", "period_to": "2025-12-31", "why": "By mail"}
    assert "Nothing has changed yet" in page_of(officer.post(at(row, "clarify"), same))
    assert officer.post(at(row, "clarify"), same | {"period_to": "2025-06-30"}).status_code == 302


@pytest.mark.parametrize(
    ("role", "sees", "forms"),
    [
        (Role.OFFICER, True, FORMS),
        (Role.PRIVACY_OFFICER, True, ("clarify", "link")),
        (Role.HEAD, True, ("hold",)),
        (Role.REVIEWER, True, ()),
        (Role.DELEGATE, True, ()),
        (Role.PROGRAM_AREA, False, ()),
    ],
)
def test_each_form_opens_to_those_who_may_and_to_nobody_elsewhere(
    here: Institution, signed_in: Entering, role: Role, *, sees: bool, forms: tuple[str, ...]
) -> None:
    there = a_receiving_institution()
    row, other = a_request(here), a_request(here)
    hold = place_hold(actor=SYSTEM, access_request=row, why="Court file")
    link_requests(actor=SYSTEM, access_request=row, other=other, relation=Relation.SIMILAR)
    unlinking = at(row, f"links/{other.public_id}/similar/remove")
    for place, may in ((here, forms), (there, ())):
        browser = signed_in(a_membership(role, place).person, place)
        shown = browser.get(at(row))
        assert shown.status_code == (200 if sees and place == here else 404)
        for way in FORMS:
            assert (f'href="{at(row, way)}"' in page_of(shown)) is (way in may), way
            assert browser.get(at(row, way)).status_code == (200 if way in may else 404), way
            assert browser.post(at(row, way), {}).status_code == (200 if way in may else 404), way
        lifting = at(row, f"holds/{hold.public_id}/lift")
        assert browser.get(lifting).status_code == (200 if "hold" in may else 404)
        assert (unlinking in page_of(shown)) is ("link" in may)
        assert browser.post(unlinking).status_code == (302 if "link" in may else 404)
    assert RequestLink.objects.exists() is ("link" not in forms)


def test_who_acts_for_nobody_yet_is_told_to_act_for_the_institution_first(
    here: Institution, signed_in: Entering
) -> None:
    row = a_request(here)
    for role, is_told in ((Role.OFFICER, True), (Role.REVIEWER, False)):
        person = a_membership(role, here).person
        a_membership(role, a_receiving_institution(), person=person)  # so that one has to be chosen
        shown = page_of(signed_in(person).get(at(row)))
        assert ("You do not act for this institution now" in shown) is is_told
        assert f'href="{at(row, "clarify")}"' not in shown


def test_a_request_elsewhere_cannot_be_linked_and_is_not_known(here: Institution, officer: Client) -> None:
    row, elsewhere = a_request(here), a_request()
    answer = officer.post(at(row, "link"), {"number": elsewhere.number, "relation": "similar"})
    assert "You know of no request with this number" in page_of(answer)
    assert officer.post(at(row, f"links/{elsewhere.public_id}/similar/remove")).status_code == 404
    assert officer.post(at(row, f"links/{a_request(here).public_id}/cousin/remove")).status_code == 404


def test_a_link_is_seen_from_both_sides_and_taken_away_from_either(here: Institution) -> None:
    actor, one, two = an_actor(Role.OFFICER, here), a_request(here), a_request(here)
    link_requests(actor=actor, access_request=one, other=two, relation=Relation.SIMILAR)
    link_requests(actor=actor, access_request=two, other=one, relation=Relation.SIMILAR)
    link_requests(actor=actor, access_request=one, other=two, relation=Relation.FOLLOWS)
    assert RequestLink.objects.count() == 2
    assert [(link.relation, link.comes_after) for link in CaseWork(actor, one).links] == [
        ("similar", False),
        ("follows", False),
    ]
    assert [(link.row, link.comes_after) for link in CaseWork(actor, two).links] == [
        (one, False),
        (one, True),
    ]
    with pytest.raises(NotReadyError):
        link_requests(actor=actor, access_request=two, other=one, relation=Relation.FOLLOWS)
    reviewer = an_actor(Role.REVIEWER, here)
    with pytest.raises(NotAllowedError):
        unlink_requests(actor=reviewer, access_request=two, other=one, relation=Relation.SIMILAR)
    assert unlink_requests(actor=actor, access_request=two, other=one, relation=Relation.SIMILAR)
    assert not unlink_requests(actor=actor, access_request=two, other=one, relation=Relation.SIMILAR)
    assert Event.objects.get(name="access:request:unlinked").data == {"to": one.public_id, "as_": "similar"}


def test_a_link_to_a_request_that_one_may_not_know_of_is_not_shown(here: Institution) -> None:
    row, moved = a_request(here), a_request(here)
    link_requests(actor=SYSTEM, access_request=row, other=moved, relation=Relation.SIMILAR)
    AccessRequest.objects.filter(pk=moved.pk).update(institution=a_receiving_institution())
    work = CaseWork(an_actor(Role.OFFICER, here), row)
    assert work.links == ()
    assert "" in {line.number for line in work.history}
    assert moved.number not in {line.number for line in work.history}


def test_the_history_names_colleagues_and_never_who_asks(here: Institution, officer: Client) -> None:
    asker = a_person(name="Sam Secret")
    submission, _key = a_submission(here, actor=Actor.person(asker.pk))
    row = submission.parts.get()
    clarify_text(
        actor=Actor.person(asker.pk), access_request=row, requested=Requested(text="Clearer"), why=""
    )
    officer.post(at(row, "clarify"), CLEARER)
    shown = page_of(officer.get(at(row)))
    assert "Sam Secret" not in shown
    told = [(line.sentence.en, line.who.en) for line in CaseWork(an_actor(Role.REVIEWER, here), row).history]
    assert told == [
        ("The text of a request was clarified", "Alex Roy"),
        ("The text of a request was clarified", "The requester"),
        ("A request was received: its clock began", ""),
        ("A request was filed", "The requester"),
    ]


def test_the_trail_tells_nobody_who_asks_not_even_by_number(here: Institution, signed_in: Entering) -> None:
    asker = a_person(name="Sam Secret")
    actor = Actor.person(asker.pk)
    submission, _key = a_submission(here, actor=actor)
    row = submission.parts.get()
    clarify_text(actor=actor, access_request=row, requested=Requested(text="Clearer"), why="")
    withdraw_request(actor=actor, access_request=row)
    told = Event.objects.filter(name__startswith="access:")
    assert set(told.values_list("actor_kind", "actor_id")) == {("person", None)}
    head = signed_in(a_membership(Role.HEAD, here).person, here)
    assert "Sam Secret" not in page_of(head.get("/en/staff/audit"))
    assert row.public_id in page_of(head.get("/en/staff/audit"))


def test_requests_in_like_words_are_shown_and_linked_by_one_button(
    here: Institution, officer: Client
) -> None:
    rows = [a_request(here), a_request(here)]
    for row in rows:
        sketch_texts(actor=SYSTEM, submission=row.submission)
    shown = page_of(officer.get(at(rows[0])))
    assert "Nearly the same words" in shown
    assert f'name="number" value="{rows[1].number}"' in shown
    officer.post(at(rows[0], "link"), {"number": rows[1].number, "relation": "similar"})
    linked = page_of(officer.get(at(rows[0])))
    assert f'name="number" value="{rows[1].number}"' not in linked
    assert "Nearly the same words" in linked


def test_what_has_ended_is_not_clarified_and_what_was_erased_is_not_held(
    here: Institution, officer: Client
) -> None:
    row = a_request(here)
    AccessRequest.objects.filter(pk=row.pk).update(
        state=RequestState.WITHDRAWN, purged_at="2025-01-01T00:00Z"
    )
    shown = page_of(officer.get(at(row)))
    assert f'href="{at(row, "clarify")}"' not in shown
    assert f'href="{at(row, "hold")}"' not in shown
    refused = officer.post(at(row, "clarify"), CLEARER)
    assert "This request has ended; its text does not change any more." in page_of(refused)
    assert "erased this request already" in page_of(officer.post(at(row, "hold"), {"why": "Court file"}))
    row.refresh_from_db()
    with pytest.raises(NotReadyError):
        place_hold(actor=SYSTEM, access_request=row, why="Court file")


def test_a_look_at_the_text_of_somebodys_own_information_is_noted_when_it_is_clarified(
    here: Institution, officer: Client
) -> None:
    row = a_request(here)
    AccessRequest.objects.filter(pk=row.pk).update(kind="own")
    officer.get(at(row, "clarify"))
    assert Event.objects.get(name="audit:personal_information:read").data["why"] == "clarify"


def test_an_officer_says_why_the_text_changes(here: Institution) -> None:
    with pytest.raises(NotReadyError, match="Say why the text changes"):
        clarify_text(
            actor=an_actor(Role.OFFICER, here),
            access_request=a_request(here),
            requested=Requested(text="Clearer"),
            why=" ",
        )


def test_what_changed_between_two_texts_is_told_word_by_word() -> None:
    runs = changes("All e-mails about the old bridge", "All e-mails of 2025 about the bridge")
    assert [(run.text, run.change) for run in runs] == [
        ("All e-mails ", Change.KEPT),
        ("of 2025 ", Change.ADDED),
        ("about the ", Change.KEPT),
        ("old ", Change.REMOVED),
        ("bridge", Change.KEPT),
    ]
    assert changes("The same  words", "The same\nwords") == ()


@pytest.mark.parametrize("text", ["a " * 4000, "\n" * 8000, "a. " * 2600, "word " * 1600])
def test_very_long_texts_are_compared_in_little_time(text: str) -> None:
    runs = changes(text, f"{text} and more")
    assert "".join(run.text for run in runs if run.change != Change.REMOVED).split()[-1] == "more"

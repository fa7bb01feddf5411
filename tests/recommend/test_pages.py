"""The page before asking, the page that explains it, and what officers see; the text stands in no address or log."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from parvis.core.actor import Actor
from parvis.core.roles import Grant, Role
from parvis.institutions import queries as institutions
from parvis.recommend import actions, policy, views
from parvis.recommend.models import Sought, Unanswered

ADDRESSES = {"en": "/en/before-you-ask", "fr": "/fr/avant-de-demander"}
TEXT = "E-mails about repairs of the lighthouse at Gull Point by the company Westwind"


def seek(text: str, times: int) -> None:
    for _ in range(times):
        actions.note_unanswered(actor=Actor.public(), text=text, language="en")


@pytest.mark.usefixtures("by_words")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_answers_a_text_with_similar_requests_and_institutions(
    client: Client, language: str
) -> None:
    page = client.post(ADDRESSES[language], {"text": TEXT}).content.decode()
    assert "A-2019-000" in page
    assert ("Harbours Agency" if language == "en" else "Agence des ports") in page
    assert TEXT in page  # what was typed is still there


@pytest.mark.usefixtures("by_words")
def test_the_text_is_kept_nowhere(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    response = client.post(ADDRESSES["en"], {"text": TEXT})
    assert response["Cache-Control"] == "no-store"
    assert "Westwind" not in response.request["PATH_INFO"] + response.request["QUERY_STRING"]
    assert "Westwind" not in caplog.text
    assert not Sought.objects.exists()
    assert "Westwind" not in client.get(ADDRESSES["en"]).content.decode()


@pytest.mark.usefixtures("by_words")
def test_a_text_that_is_missing_or_too_long_is_said_and_nothing_typed_is_lost(client: Client) -> None:
    assert "Write in a few words" in client.post(ADDRESSES["en"], {"text": ""}).content.decode()
    page = client.post(ADDRESSES["fr"], {"text": "phare " * 2000}).content.decode()
    assert "phare phare" in page
    assert 'aria-invalid="true"' in page


@pytest.mark.usefixtures("db")
def test_without_an_index_the_page_says_that_it_could_not_look(client: Client) -> None:
    assert "we could not look" in client.post(ADDRESSES["en"], {"text": TEXT}).content.decode()


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("address", "word"),
    [("/en/how-suggestions-work", "object"), ("/fr/comment-fonctionnent-les-suggestions", "opposer")],
)
def test_the_page_on_suggestions_says_how_to_object(client: Client, address: str, word: str) -> None:
    assert word in client.get(address).content.decode()


@pytest.mark.usefixtures("world")
def test_words_are_kept_from_the_tenth_time_on_and_only_then() -> None:
    seek("recipes for seal stew", 9)
    assert not Unanswered.objects.exists()
    assert "seal" not in str(Sought.objects.values_list())
    seek("Seal STEW, recipes for", 1)
    assert Unanswered.objects.get().times == 10


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("text", ["write to jo@example.org", "call 613-555-0100", "", "?!"])
def test_what_may_name_a_person_is_not_even_counted(text: str) -> None:
    seek(text, 12)
    assert not Sought.objects.exists()


@pytest.mark.usefixtures("world")
def test_a_setting_turns_counting_off() -> None:
    with override_settings(COUNT_SOUGHT=False):
        seek("recipes for seal stew", 12)
    assert not Sought.objects.exists()


@pytest.mark.usefixtures("world")
def test_after_thirty_days_everything_is_forgotten() -> None:
    seek("recipes for seal stew", 10)
    old = timezone.localdate() - timedelta(days=30)
    Sought.objects.update(on=old)
    Unanswered.objects.update(last_on=old)
    assert actions.forget_old_searches(actor=Actor.system("tests")) == 2
    assert not Sought.objects.exists()
    assert not Unanswered.objects.exists()


@pytest.mark.usefixtures("by_words")
def test_a_search_that_finds_nothing_is_counted_without_who(client: Client) -> None:
    client.get("/en/search", {"q": "zebra yodelling contest"})
    assert {field.name for field in Sought._meta.fields} == {"id", "digest", "on", "times"}


@pytest.mark.usefixtures("world")
def test_the_policy_answers_for_a_row_as_for_the_set() -> None:
    ids = {slug: one.id for slug, one in institutions.references_by_slug(["harbours", "skies"]).items()}
    today = timezone.localdate()
    rows = [
        Unanswered.objects.create(
            digest=str(place), text="x", language="en", times=10, last_on=today, institution_id=holder
        )
        for place, holder in enumerate((ids["harbours"], ids["skies"], None))
    ]
    actors = [
        Actor.public(),
        Actor.system("tests"),
        Actor.person(1),
        Actor.person(2, grants=(Grant(Role.OFFICER, ids["harbours"]),)),
        Actor.person(3, grants=(Grant(Role.DATA_PUBLISHER, ids["skies"]),)),
        Actor.person(4, grants=(Grant(Role.REVIEWER, ids["harbours"]),)),
        Actor.person(5, grants=(Grant(Role.CENTRAL_OFFICE),)),
        Actor.person(6, grants=(Grant(Role.ADMINISTRATOR),)),
    ]
    seen = []
    for actor in actors:
        visible = {row.pk for row in policy.visible_to(actor).order_by("pk")}
        assert visible == {row.pk for row in rows if policy.can_see(actor, row)}
        assert bool(visible) == policy.can_list_unanswered(actor)
        seen.append(len(visible))
    assert seen == [0, 0, 0, 2, 2, 0, 3, 0]


@pytest.mark.usefixtures("db")
def test_whoever_cannot_publish_does_not_learn_of_the_officers_page(client: Client) -> None:
    assert client.get("/en/staff/searches-without-an-answer").status_code in (302, 404)


@pytest.mark.usefixtures("by_words")
def test_both_suggestions_come_by_api_too_and_the_text_goes_in_the_body(client: Client) -> None:
    similar = client.post("/api/v1/similar", {"text": TEXT}, content_type="application/json").json()
    assert similar["state"] == "words_only"
    assert similar["items"][0]["alike"] == 2
    holders = client.post(
        "/api/v1/holders", {"text": TEXT, "lang": "en"}, content_type="application/json"
    ).json()
    assert holders["items"][0]["institution"] == "harbours"
    assert holders["items"][0]["requests"]
    assert client.get("/api/v1/similar").status_code == 405


@pytest.mark.usefixtures("world")
def test_the_officers_page_lists_what_was_sought_in_vain(rf: RequestFactory) -> None:
    harbours = institutions.references_by_slug(["harbours"])["harbours"].id
    seek("recipes for seal stew", 11)
    officer = Actor.person(2, grants=(Grant(Role.OFFICER, harbours),))
    request = rf.get("/en/staff/searches-without-an-answer")
    request.actor = officer  # type: ignore[attr-defined]  # what the middleware sets
    page = views.unanswered(request).content.decode()  # type: ignore[arg-type]  # a request with its actor
    assert "recipes for seal stew" in page
    assert ">11<" in page
    request.actor = Actor.public()  # type: ignore[attr-defined]  # as above
    with pytest.raises(Http404):
        views.unanswered(request)  # type: ignore[arg-type]  # as above

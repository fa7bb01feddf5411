"""From the first page to what was sent, as a browser without script does it."""

import re

import pytest
from django.test import Client

from parvis.access import queries
from parvis.access.models import AccessRequest, Draft, JourneyCount, Submission, UsualFile
from parvis.access.states import RequestKind
from parvis.core.actor import Actor
from parvis.mail.models import OutgoingMail
from tests.access.factories import a_draft, a_receiving_institution, a_submission
from tests.institutions.factories import a_person, an_institution

pytestmark = pytest.mark.django_db
TEXT = "Briefing notes about the closing of the Riverbend bridge"
STEPS = {
    "en": ("what", "institutions", "kind", "details", "who", "contact", "review"),
    "fr": ("quoi", "institutions", "genre", "precisions", "qui", "coordonnees", "verification"),
}
ROOT = {"en": "/en/ask", "fr": "/fr/demander"}
BACKEND = "django.contrib.auth.backends.ModelBackend"


def begun(client: Client, language: str = "en", **more: str) -> Draft:
    """Begin a draft on the first page; return it."""
    answer = client.post(ROOT[language], {"text": TEXT, **more})
    assert answer.status_code == 302, answer.content.decode()
    return Draft.objects.get()


def at(draft: Draft, step: str, language: str = "en") -> str:
    """Return the address of a step, named as in English."""
    names = dict(zip(STEPS["en"], STEPS[language], strict=True))
    return f"{ROOT[language]}/{draft.public_id}/{names.get(step, step)}"


def page_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]  # what the test client gives


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_request_to_three_institutions_goes_from_the_first_page_to_its_numbers(language: str) -> None:
    places = [a_receiving_institution(), a_receiving_institution("ca-bc"), a_receiving_institution()]
    client = Client()
    assert not Draft.objects.exists()
    client.get(ROOT[language])
    assert not Draft.objects.exists()
    draft = begun(client, language)
    answers: dict[str, dict[str, object]] = {
        "institutions": {"institutions": [one.slug for one in places]},
        "kind": {"kind": "records"},
        "details": {"record_format": "electronic", "records_language": "any", "period_from": "2025-01-01"},
        "who": {"has_right": "on", "name": "Robin Tremblay"},
        "contact": {"email": "robin@example.org", "language": language},
    }
    for step, posted in answers.items():
        shown = client.get(at(draft, step, language))
        assert shown.status_code == 200
        sent = client.post(at(draft, step, language), posted)
        assert sent.status_code == 302, page_of(sent)
    review = client.get(at(draft, "review", language))
    assert TEXT in page_of(review)
    assert "Robin Tremblay" in page_of(review)
    done = client.post(at(draft, "review", language), follow=True)
    again = client.post(at(draft, "review", language), follow=True)
    assert done.redirect_chain == again.redirect_chain
    numbers = set(AccessRequest.objects.values_list("number", flat=True))
    assert len(numbers) == 3
    assert all(number in page_of(done) for number in numbers)
    assert Submission.objects.get().language == language


def test_anothers_draft_is_not_there() -> None:
    draft, _key = a_draft(a_receiving_institution())
    for step in (*STEPS["en"], "later", "delete", "already-answered"):
        for method in ("get", "post"):
            assert getattr(Client(), method)(at(draft, step)).status_code == 404, step
    assert Client().get(f"/en/ask/{draft.public_id}").status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "seems to give away personal information"),
        ("fr", "semble révéler des renseignements personnels"),
    ],
)
def test_what_gives_away_a_person_is_told_once_and_can_be_gone_on_with(language: str, words: str) -> None:
    client, text = Client(), "My file; my social insurance number is 046 454 286"
    held = client.post(ROOT[language], {"text": text})
    assert held.status_code == 200
    assert words in page_of(held)
    assert "<mark>046 454 286</mark>" in page_of(held)
    assert not Draft.objects.exists()
    (digest,) = re.findall(r'name="acknowledged" value="(\w+)"', page_of(held))
    changed = client.post(ROOT[language], {"text": text + " or 130 692 544", "acknowledged": digest})
    assert changed.status_code == 200
    gone_on = client.post(ROOT[language], {"text": text, "acknowledged": digest})
    assert gone_on.status_code == 302
    assert queries.answers_of(Draft.objects.get()).requested.text == text


ERRORS = [
    ("what", {"text": ""}, "Write what you are looking for.", "Écrivez ce que vous cherchez."),
    ("institutions", {}, "Choose at least one institution.", "Choisissez au moins une institution."),
    ("kind", {"kind": "nothing"}, "Choose one of these.", "Choisissez l’une de ces réponses."),
    (
        "details",
        {
            "period_from": "2025-02-30",
            "keywords": "a kept word",
            "record_format": "paper",
            "records_language": "fr",
        },
        "Enter a day as year, month and day",
        "Entrez un jour sous la forme année, mois et jour",
    ),
    (
        "details",
        {
            "period_from": "2025-03-02",
            "period_to": "2025-03-01",
            "keywords": "a kept word",
            "record_format": "paper",
            "records_language": "fr",
        },
        "The period ends before it begins.",
        "La période finit avant de commencer.",
    ),
    (
        "who",
        {"name": "a kept word"},
        "Confirm that you have the right to ask.",
        "Confirmez que vous avez le droit",
    ),
    ("who", {"has_right": "on"}, "Give your name.", "Donnez votre nom."),
    (
        "contact",
        {"language": "fr", "phone": "a kept word"},
        "Give an e-mail address, or a postal",
        "Donnez une adresse",
    ),
    (
        "contact",
        {"language": "fr", "email": "a kept word"},
        "Enter an e-mail address such as",
        "Entrez une adresse",
    ),
]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("step", "posted", "english", "french"), ERRORS)
def test_an_error_is_said_and_what_was_typed_is_still_there_then_and_later(
    step: str, posted: dict[str, str], english: str, french: str, language: str
) -> None:
    a_receiving_institution()
    client = Client()
    draft = begun(client, language)
    answer = client.post(at(draft, step, language), posted)
    assert answer.status_code == 200
    assert (french if language == "fr" else english) in page_of(answer)
    if "a kept word" in posted.values():
        assert 'value="a kept word"' in page_of(answer)
        assert 'value="a kept word"' in page_of(client.get(at(draft, step, language)))


def test_back_keeps_what_was_typed_even_where_it_cannot_be_taken() -> None:
    client = Client()
    draft = begun(client)
    went = client.post(at(draft, "contact"), {"email": "half an addr", "language": "en", "go": "back"})
    assert went["Location"] == at(draft, "who")
    assert 'value="half an addr"' in page_of(client.get(at(draft, "contact")))
    review = page_of(client.get(at(draft, "review")))
    assert "could not be taken yet" in review


def test_a_search_for_institutions_keeps_what_was_ticked_and_says_how_to_reach_the_others() -> None:
    here = a_receiving_institution()
    an_institution(
        legal_title_en="Board of Ferries", legal_title_fr="Office des traversiers", access_email="f@x.org"
    )
    client = Client()
    draft = begun(client)
    found = page_of(
        client.post(at(draft, "institutions"), {"institutions": here.slug, "q": "ferries", "go": "search"})
    )
    assert f'value="{here.slug}" checked' in found
    assert "Board of Ferries" in found
    assert "f@x.org" in found
    assert 'value="ferries"' in found
    assert queries.answers_of(Draft.objects.get()).institutions == (here.slug,)


def test_a_guest_comes_back_by_the_link_that_was_shown_or_sent() -> None:
    client = Client()
    draft = begun(client)
    later = at(draft, "later")
    assert "/requests/back/" not in page_of(client.get(later))
    (link,) = re.findall(
        r'value="http[^"]*(/en/requests/back/[\w-]+)"', page_of(client.post(later, {"go": "show"}))
    )
    sent = client.post(later, {"go": "mail", "email": "robin@example.org"})
    assert sent.status_code == 302
    assert OutgoingMail.objects.get().template == "access/draft_link"
    other = Client()
    assert other.get(at(draft, "what")).status_code == 404
    assert other.get(link).status_code == 200
    assert other.get(at(draft, "what")).status_code == 404
    other.post(link)
    assert TEXT in page_of(other.get(at(draft, "what")))


def test_a_draft_is_deleted_once_that_was_confirmed() -> None:
    client = Client()
    draft = begun(client)
    client.get(at(draft, "delete"))
    assert Draft.objects.exists()
    client.post(at(draft, "delete"))
    assert not Draft.objects.exists()


def test_too_many_drafts_are_refused_with_what_was_typed_still_there(settings: object) -> None:
    settings.LIMITS = {"search": 0, "api": 0, "pages": 0, "asking": 2}  # type: ignore[attr-defined]  # pytest-django's
    client = Client()
    for _time in range(2):
        assert client.post(ROOT["en"], {"text": TEXT}).status_code == 302
    refused = client.post(ROOT["en"], {"text": TEXT})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert TEXT in page_of(refused)
    assert Draft.objects.count() == 2


def test_links_are_sent_to_the_address_of_a_request_with_the_same_answer_for_any_other() -> None:
    a_submission()
    answers = []
    for address in ("Robin@example.org", "nobody@example.org"):
        shown = Client().post("/en/requests/links", {"email": address}, follow=True)
        answers.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page_of(shown)))
    assert answers[0] == answers[1]
    assert OutgoingMail.objects.filter(template="access/own_links").count() == 1


def a_usual_file() -> UsualFile:
    return UsualFile.objects.create(
        institution=a_receiving_institution(),
        code="immigration",
        title_en="My immigration file",
        title_fr="Mon dossier d’immigration",
        particulars=[
            {
                "name": "uci",
                "label_en": "Client number",
                "label_fr": "Numéro de client",
                "hint_en": "",
                "hint_fr": "",
                "is_required": True,
                "kind": "text",
            }
        ],
    )


def test_ones_own_file_takes_four_screens_for_who_is_signed_in() -> None:
    file, person = a_usual_file(), a_person(name="Robin Tremblay")
    client = Client()
    client.force_login(person, backend=BACKEND)
    seen = ["/en/ask/my-file"]
    assert "My immigration file" in page_of(client.get(seen[0]))
    answer = client.post(seen[0], {"file": file.public_id})
    posts: list[dict[str, str]] = [
        {"uci": "1234-5678"},
        {
            "name": "Robin Tremblay",
            "identity_by": "account",
            "email": person.email,
            "language": "en",
            "has_right": "on",
        },
        {},
    ]
    for posted in posts:
        seen.append(answer["Location"])
        assert client.get(seen[-1]).status_code == 200
        answer = client.post(seen[-1], posted)
        assert answer.status_code == 302, page_of(answer)
    assert len(seen) == 4
    row = AccessRequest.objects.get()
    assert (row.kind, row.usual_file) == (RequestKind.OWN, file)
    assert row.number in page_of(client.get(answer["Location"]))
    assert row.number in page_of(client.get("/en/your-requests"))


def test_an_account_that_is_not_signed_in_proves_nothing() -> None:
    client = Client()
    draft = begun(client)
    client.post(at(draft, "kind"), {"kind": "own"})
    answer = client.post(at(draft, "who"), {"has_right": "on", "name": "Robin", "identity_by": "account"})
    assert answer.status_code == 200


def test_a_part_is_withdrawn_after_it_was_confirmed_and_clarified_by_its_requester_alone() -> None:
    person = a_person()
    submission, _key = a_submission(actor=Actor.person(person.pk))
    part = submission.parts.get()
    client = Client()
    client.force_login(person, backend=BACKEND)
    own = f"/en/requests/{submission.public_id}"
    assert part.number in page_of(client.get(own))
    assert Client().get(f"{own}/withdraw/{part.public_id}").status_code == 404
    assert (
        client.post(f"{own}/clarify/{part.public_id}", {"text": "Only the final report"}).status_code == 302
    )
    assert [text.requested.text for text in queries.texts_of(part)][-1] == "Only the final report"
    client.get(f"{own}/withdraw/{part.public_id}")
    part.refresh_from_db()
    assert part.state == "received"
    client.post(f"{own}/withdraw/{part.public_id}")
    part.refresh_from_db()
    assert part.state == "withdrawn"


def test_nothing_is_counted_where_nothing_was_shown() -> None:
    client = Client()
    draft = begun(client)
    client.get(at(draft, "already-answered"))
    assert not JourneyCount.objects.exists()

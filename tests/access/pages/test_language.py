"""Going on in the other language, from any step, without script: what was typed goes along."""

import pytest
from django.test import Client

from parvis.access.models import Draft
from tests.access.factories import a_receiving_institution
from tests.access.pages.test_journey import at, begun, page_of

pytestmark = pytest.mark.django_db


def test_what_is_typed_on_the_first_page_goes_along_unchecked() -> None:
    client, typed = Client(), "Notes about the ferry 613-555-0123"
    shown = page_of(client.get("/en/ask"))
    assert 'form="question" name="go" value="language"' in shown
    done = client.post("/en/ask", {"text": typed, "go": "language"})
    draft = Draft.objects.get()
    assert (done.status_code, done["Location"]) == (302, at(draft, "what", "fr"))
    again = page_of(client.get(done["Location"]))
    assert typed in again
    assert "field-wrong" not in again  # nobody was asked to mend it yet
    assert "Step 2" not in again


@pytest.mark.parametrize(("language", "other"), [("en", "/fr/demander"), ("fr", "/en/ask")])
def test_with_nothing_typed_there_is_no_draft(language: str, other: str) -> None:
    address = {"en": "/en/ask", "fr": "/fr/demander"}[language]
    said = {"text": " ", "go": "language", "kind": "own", "institution": "nowhere"}
    assert Client().post(address, said)["Location"] == f"{other}?institution=nowhere&kind=own"
    assert not Draft.objects.exists()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("step", "typed", "kept"),
    [
        ("contact", {"email": "robin@"}, 'value="robin@"'),
        ("details", {"keywords": "ferry", "period_from": "2025-0"}, 'value="2025-0"'),
        ("what", {"text": "Clearer words"}, "Clearer words"),
    ],
)
def test_each_step_opens_in_the_other_language_with_what_was_typed(
    language: str, step: str, typed: dict[str, str], kept: str
) -> None:
    a_receiving_institution()
    client = Client()
    draft = begun(client, language)
    other = {"en": "fr", "fr": "en"}[language]
    done = client.post(at(draft, step, language), {**typed, "go": "language"})
    assert (done.status_code, done["Location"]) == (302, at(draft, step, other))
    assert kept in page_of(client.get(done["Location"]))


def test_who_came_from_the_summary_goes_back_to_it_in_the_other_language_too() -> None:
    client = Client()
    draft = begun(client)
    done = client.post(
        at(draft, "contact"), {"email": "robin@example.org", "from": "review", "go": "language"}
    )
    assert done["Location"] == at(draft, "contact", "fr") + "?from=review"
    assert 'name="from" value="review"' in page_of(client.get(done["Location"]))


def test_enter_in_a_field_does_not_change_the_language() -> None:
    """A browser presses the first button of the form: it stands before that of the language, and is not seen."""
    client = Client()
    draft = begun(client)
    for step, enter in (("institutions", "search"), ("contact", "next")):
        shown = page_of(client.get(at(draft, step)))
        assert shown.index(f'name="go" value="{enter}" hidden') < shown.index('value="language"')

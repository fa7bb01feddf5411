"""An officer works a case in the browser: axe, narrow and wide, on every page of it, in both languages."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.signing import People
from tests.browser.site import Site
from tests.browser.test_accessibility import faults, small_targets

CASES = """
from parvis.access.actions.sketching import sketch_texts
from parvis.core.actor import Actor
from parvis.institutions.models import Institution
from tests.access.factories import a_submission
for _each in range(2):
    sent, _key = a_submission(Institution.objects.get(slug="cic"), waive=True)
    sketch_texts(actor=Actor.system("test"), submission=sent)
    print(sent.parts.get().public_id)
"""
CLEARER = "E-mails of 2025 about the closing of the bridge"
WAYS = {
    "en": {
        "desk": "/en/staff/requests",
        "case": "/en/cases/",
        "acts": "Act for Immigration, Refugees and Citizenship Canada",
        "clarify": "Clarify the text",
        "text": "What is asked for",
        "reason": "Why does the text change?",
        "keep": "Keep the clearer text",
        "changed": "What changed",
        "link": "Link to another request",
        "links": "Link them",
        "alike": "Nearly the same words",
        "unlink": "Take the link away",
        "hold": "Place a legal hold",
        "why": "Why is this request to be kept?",
        "held": "Keep this request",
        "lift": "Lift it",
        "who": "See who asks",
        "back": "Back",
    },
    "fr": {
        "desk": "/fr/personnel/demandes",
        "case": "/fr/dossiers/",
        "acts": "Agir pour Immigration, Réfugiés et Citoyenneté Canada",
        "clarify": "Préciser le texte",
        "text": "Ce qui est demandé",
        "reason": "Pourquoi le texte change-t-il\u00a0?",
        "keep": "Garder le texte plus clair",
        "changed": "Ce qui a changé",
        "link": "Lier à une autre demande",
        "links": "Les lier",
        "alike": "Presque les mêmes mots",
        "unlink": "Retirer le lien",
        "hold": "Ordonner une conservation légale",
        "why": "Pourquoi cette demande doit-elle être conservée\u00a0?",
        "held": "Conserver cette demande",
        "lift": "La lever",
        "who": "Voir qui demande",
        "back": "Retour",
    },
}


def press(page: Page, name: str, role: str = "button") -> None:
    """Press the first button of this name, or follow the link, by keyboard."""
    page.get_by_role("main").get_by_role(role, name=name).first.focus()  # type: ignore[arg-type]  # button or link
    with page.expect_navigation():
        page.keyboard.press("Enter")


def look(page: Page) -> None:
    """Hold that axe finds nothing, wide and narrow, that targets are large and nothing is cut off."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert not faults(page), (page.url, width)
    assert not small_targets(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_officer_works_a_case_by_keyboard(people: People, site: Site, language: str) -> None:
    context, ways = people.context("officer"), WAYS[language]
    public_id = site.parvis("shell", "-c", CASES).split()[-1]
    page = context.new_page()
    page.goto(ways["desk"])
    look(page)
    page.goto(ways["case"] + public_id)
    if page.locator("main .notice-warning button").count():
        look(page)
        press(page, ways["acts"])
    link_and_unlink(page, ways)
    clarify(page, ways)
    hold_and_lift(page, ways)
    press(page, ways["who"], "link")
    look(page)
    context.close()


def link_and_unlink(page: Page, ways: dict[str, str]) -> None:
    """Link what is alike by its one button, take the link away, and look for a number that there is not."""
    expect(page.get_by_text(ways["alike"]).first).to_be_visible()
    press(page, ways["links"])
    look(page)
    press(page, ways["unlink"])
    press(page, ways["link"], "link")
    page.locator("#id_number").fill("NO-SUCH-NUMBER")
    press(page, ways["links"])
    look(page)
    expect(page.locator("#id_number")).to_have_value("NO-SUCH-NUMBER")
    press(page, ways["back"], "link")


def clarify(page: Page, ways: dict[str, str]) -> None:
    """Write a clearer text, first without saying why."""
    press(page, ways["clarify"], "link")
    page.get_by_label(ways["text"], exact=True).fill(CLEARER)
    press(page, ways["keep"])
    look(page)
    expect(page.get_by_label(ways["text"], exact=True)).to_have_value(CLEARER)
    page.get_by_label(ways["reason"]).fill("29 May")
    press(page, ways["keep"])
    page.get_by_text(ways["changed"]).first.click()
    look(page)


def hold_and_lift(page: Page, ways: dict[str, str]) -> None:
    """Place a hold, first without a reason, and lift it."""
    press(page, ways["hold"], "link")
    press(page, ways["held"])
    look(page)
    page.get_by_label(ways["why"]).fill("A-12-26")
    press(page, ways["held"])
    look(page)
    press(page, ways["lift"], "link")
    look(page)
    press(page, ways["lift"])

"""The page before asking: with script it changes in place, without script it loads anew, and both show the same."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Site
from tests.browser.test_accessibility import faults

TEXTS = {
    "en": ("/en/before-you-ask", "How long do people wait for a passport?"),
    "fr": ("/fr/avant-de-demander", "Combien de temps attend-on un passeport ?"),
}


def ask(page: Page, language: str) -> str:
    """Write the text and send it; return what is answered."""
    address, text = TEXTS[language]
    page.goto(address)
    page.fill("#id_text", text)
    page.click("form.draft .button")
    expect(page.locator("#found")).to_be_visible()
    assert page.url.endswith(address), "the text stands in the address"
    expect(page.locator("#id_text")).to_have_value(text)
    return page.inner_text("#answer")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_without_script_the_answer_is_the_same(site: Site, browser: Browser, language: str) -> None:
    answers = []
    for has_script in (True, False):
        context = browser.new_context(base_url=site.url, java_script_enabled=has_script)
        answers.append(ask(context.new_page(), language))
        context.close()
    assert answers[0] == answers[1]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_axe_finds_nothing_in_an_answer(page: Page, language: str) -> None:
    ask(page, language)
    page.wait_for_function("document.activeElement.id === 'found'")
    assert not faults(page)
    page.set_viewport_size({"width": 320, "height": 600})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", [390, 1280])
def test_a_long_address_in_what_speaks_for_an_institution_widens_nothing(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    ask(page, "en")
    for summary in page.locator("#answer summary").all():
        summary.click()
    widest = "() => Math.max(...[...document.querySelectorAll('.holder')].map(one => one.offsetWidth))"
    before = page.evaluate(widest)
    page.locator(".holder li a").first.evaluate("one => { one.textContent = 'x'.repeat(90) }")
    assert page.evaluate(widest) == before
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_missing_text_is_said_where_it_is_missing(page: Page) -> None:
    page.goto(TEXTS["en"][0])
    page.click("form.draft .button")
    expect(page.locator("#text-error")).to_contain_text("Write in a few words")

"""Paying and proving in the real browser, without script: a payment that fails and then succeeds; a representative."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.access.files import a_pdf
from tests.browser.site import Site
from tests.browser.test_asking import WORDS, begin, look, plain_page, press, say_who, tick, write

__all__ = ["plain_page"]  # with the site of this file

OPEN = """
from parvis.institutions.models import Institution, Onboarding
for slug in ("hc-sc", "cic"):
    row = Institution.objects.get(slug=slug)
    Onboarding.objects.update_or_create(institution=row, defaults=dict(
        state="live", regimes=["ca-atia", "ca-privacy-act"], languages=["en", "fr"], channels=["portal"],
        fee_choice="statute", welcome_en="Welcome", welcome_fr="Bienvenue"))
"""
MORE = {
    "en": {
        "pay": "Pay by card",
        "confirm": "Pay",
        "failed": "The payment did not succeed",
        "acts": "Name of the person for whom you act",
        "done": "It was sent and received.",
        "sum": "$5.00",
        "file": "/en/ask/my-file",
    },
    "fr": {
        "pay": "Payer par carte",
        "confirm": "Payer",
        "failed": "Le paiement n’a pas réussi",
        "acts": "Nom de la personne pour qui vous agissez",
        "done": "Elle a été envoyée et reçue.",
        "sum": "5,00\u00a0$",
        "file": "/fr/demander/mon-dossier",
    },
}


@pytest.fixture(scope="module")
def open_site(site: Site) -> Site:
    """The site with institutions that ask for the statute's fee; one offers usual files."""
    site.parvis("shell", "-c", OPEN)
    site.parvis("load", "usual-files", "parvis/access/data/usual_files.yaml")
    return site


def fits(page: Page) -> bool:
    """Return whether nothing scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def choose_one(page: Page, words: dict[str, str], kind: str) -> None:
    write(page, words["names"], "hc")
    press(page, words["find"])
    if not page.locator("#pick-hc-sc").is_checked():
        tick(page, "#pick-hc-sc")
    press(page, words["on"])
    tick(page, f"[name=kind][value={kind}]")
    press(page, words["on"])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_payment_fails_then_succeeds_without_script(plain_page: Page, language: str) -> None:
    page, words, more = plain_page, WORDS[language], MORE[language]
    begin(page, words)
    choose_one(page, words, "records")
    press(page, words["on"])  # the details
    say_who(page, words)
    press(page, words["on"])  # the fee, no waiver
    press(page, words["send"])
    expect(page.get_by_role("main").get_by_text(more["sum"]).first).to_be_visible()
    assert fits(page)
    press(page, more["pay"])
    page.locator("#id_status").select_option("rejected")
    press(page, more["confirm"])
    expect(page.get_by_text(more["failed"])).to_be_visible()
    assert fits(page)
    press(page, more["pay"])
    page.locator("#id_status").select_option("confirmed")
    press(page, more["confirm"])
    expect(page.get_by_text(more["done"])).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_ones_own_information_by_a_representative_without_script(
    plain_page: Page, language: str, tmp_path: Path
) -> None:
    page, words, more = plain_page, WORDS[language], MORE[language]
    for name in ("passport.pdf", "consent.pdf"):
        (tmp_path / name).write_bytes(a_pdf() + name.encode().replace(b".pdf", b""))
    begin(page, words)
    choose_one(page, words, "own")
    press(page, words["on"])  # the details
    tick(page, "#id_has_right")
    write(page, words["name"], "Robin Tremblay")
    tick(page, "[name=identity_by][value=documents]")
    tick(page, "#id_is_representative")
    write(page, more["acts"], "Sam Roy")
    page.locator("#file-identity").set_input_files(tmp_path / "passport.pdf")
    page.locator("#files-identity button[value=attach]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("passport.pdf").first).to_be_visible()
    assert page.locator("#id_represented").input_value() == "Sam Roy"
    assert fits(page)
    page.locator("#file-consent").set_input_files(tmp_path / "consent.pdf")
    press(page, words["on"])
    write(page, words["mail"], "robin@example.org")
    press(page, words["on"])
    assert fits(page)
    press(page, words["send"])
    expect(page.get_by_text(more["done"])).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_axe_finds_nothing_on_the_pages_of_proving_and_paying(
    browser: Browser, open_site: Site, language: str
) -> None:
    context, words, more = browser.new_context(base_url=open_site.url), WORDS[language], MORE[language]
    page = context.new_page()
    begin(page, words)
    choose_one(page, words, "own")
    press(page, words["on"])  # the details
    look(page)
    page.goto(re.sub(r"[^/]+$", "kind" if language == "en" else "genre", page.url))
    tick(page, "[name=kind][value=records]")
    press(page, words["on"])
    press(page, words["on"])  # the details
    say_who(page, words)
    look(page)  # the fee
    press(page, words["on"])
    press(page, words["send"])
    look(page)
    press(page, more["pay"])
    look(page)
    page.locator("#id_status").select_option("rejected")
    press(page, more["confirm"])
    look(page)  # what failed
    page.goto(re.sub(r"/(pay|payer)([/?].*)?$", "", page.url))
    expect(page.locator(".notice-warning")).to_be_visible()  # it waits for its fee
    look(page)
    look_at_a_usual_file(page, words, more)
    context.close()


def look_at_a_usual_file(page: Page, words: dict[str, str], more: dict[str, str]) -> None:
    """Choose a file of one's own, and look at each of its pages, with nothing said and its errors."""
    page.goto(more["file"])
    look(page)
    press(page, words["on"])  # none is chosen
    look(page)
    page.locator("[name=file]").first.check()
    press(page, words["on"])
    for _each in ("what finds it", "its errors"):
        look(page)
        press(page, words["on"])
    for field in page.locator("main .field input[type=text]").all():
        field.fill("1980-01-01")
    for field in page.locator("main .field input[type=date]").all():
        field.fill("1980-01-01")
    press(page, words["on"])
    look(page)  # who asks, and how to reach them
    press(page, words["on"])
    look(page)

"""Asking in the real browser, without script and by keyboard alone: each journey from the first page to its numbers."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Site
from tests.browser.test_accessibility import faults, small_targets
from tests.browser.test_on_board import mailed_way

LIVE = ("cra-arc", "dnd-mdn", "aafc-aac")
OPEN_INSTITUTIONS = f"""
from parvis.institutions.models import Institution, Onboarding
for slug in {LIVE!r}:
    row = Institution.objects.get(slug=slug)
    Onboarding.objects.update_or_create(institution=row, defaults=dict(
        state="live", regimes=["ca-atia", "ca-privacy-act"], languages=["en", "fr"], channels=["portal"],
        fee_choice="none", welcome_en="Welcome", welcome_fr="Bienvenue"))
"""
WORDS = {
    "en": {
        "begin": "/en/ask",
        "text": "Briefing notes about the price of seeds in 2024",
        "on": "Continue",
        "mine": "Continue with my request",
        "find": "Find",
        "names": "Find an institution by its name or acronym",
        "right": "I have the right to ask under this law.",
        "name": "Your name",
        "mail": "E-mail address",
        "send": "Send the request",
        "done": "It was sent and received.",
        "later": "Keep it and continue later",
        "link": "Send me the link",
        "copy": "Ask for a copy",
        "clearer": "Say it more clearly",
        "clear": "Keep the clearer text",
        "withdraw": "Withdraw it",
        "back": "Back",
    },
    "fr": {
        "begin": "/fr/demander",
        "text": "Notes d’information sur le prix des semences en 2024",
        "on": "Continuer",
        "mine": "Continuer ma demande",
        "find": "Trouver",
        "names": "Trouver une institution par son nom ou son sigle",
        "right": "J’ai le droit de faire cette demande selon cette loi.",
        "name": "Votre nom",
        "mail": "Adresse de courriel",
        "send": "Envoyer la demande",
        "done": "Elle a été envoyée et reçue.",
        "later": "Garder et continuer plus tard",
        "link": "M’envoyer le lien",
        "copy": "Demander une copie",
        "clearer": "Préciser le texte",
        "clear": "Garder le texte plus clair",
        "withdraw": "Retirer la demande",
        "back": "Retour",
    },
}


@pytest.fixture(scope="module")
def open_site(site: Site) -> Site:
    """The site with three institutions that take requests."""
    site.parvis("shell", "-c", OPEN_INSTITUTIONS)
    return site


@pytest.fixture(params=["en", "fr"])
def words(request: pytest.FixtureRequest) -> dict[str, str]:
    return WORDS[request.param]


@pytest.fixture
def plain_page(browser: Browser, open_site: Site) -> Iterator[Page]:
    """A page on a phone, without script."""
    context = browser.new_context(
        base_url=open_site.url, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    yield context.new_page()
    context.close()


def press(page: Page, name: str, role: str = "button") -> None:
    """Press a button, or follow a link, by keyboard."""
    one = page.get_by_role("main").get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]  # button or link
    one.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    """Write into a field by keyboard."""
    page.get_by_role("main").get_by_label(label, exact=True).focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def tick(page: Page, selector: str) -> None:
    """Tick a box, or choose a radio button, by keyboard."""
    page.locator(selector).focus()
    page.keyboard.press("Space")


def say_who(page: Page, words: dict[str, str]) -> None:
    """Pass the steps of who asks and how to reach them."""
    tick(page, "#id_has_right")
    write(page, words["name"], "Robin Tremblay")
    press(page, words["on"])
    write(page, words["mail"], "robin@example.org")
    press(page, words["on"])


def change_language(page: Page) -> None:
    """Press the button that opens the same question in the other language."""
    before = page.locator("html").get_attribute("lang")
    page.locator("#language").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("html").get_attribute("lang") != before


def begin(page: Page, words: dict[str, str]) -> None:
    """Write the text, and go past what was released already, to the institutions."""
    page.goto(words["begin"])
    page.locator("#id_text").focus()
    page.keyboard.insert_text(words["text"])
    press(page, words["on"])
    if re.search(r"/(already-answered|deja-repondu)$", page.url):
        press(page, words["mine"], "link")
    expect(page.locator("#id_q")).to_be_visible()


def choose_three(page: Page, words: dict[str, str]) -> None:
    for slug in LIVE:
        write(page, words["names"], slug.split("-")[0])
        press(page, words["find"])
        box = page.locator(f"#pick-{slug}")
        if not box.is_checked():
            tick(page, f"#pick-{slug}")
    assert page.locator("[name=institutions]:checked").count() == 3
    press(page, words["on"])


def test_a_request_to_three_institutions_without_script_and_by_keyboard(
    plain_page: Page, words: dict[str, str]
) -> None:
    page = plain_page
    begin(page, words)
    choose_three(page, words)
    press(page, words["on"])  # the kind
    press(page, words["on"])  # the details
    say_who(page, words)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    press(page, words["send"])
    expect(page.get_by_text(words["done"])).to_be_visible()
    assert page.locator(".part").count() == 3
    assert len(re.findall(r"-A-20\d\d-\d{5}</strong>", page.content())) == 3


def test_a_guest_comes_back_to_a_draft_by_the_link_that_was_sent(
    plain_page: Page, browser: Browser, open_site: Site, words: dict[str, str]
) -> None:
    begin(plain_page, words)
    plain_page.locator("#id_q").fill("cra")
    with plain_page.expect_navigation():
        plain_page.keyboard.press("Enter")  # finds, and does not change the language
    expect(plain_page.locator("#pick-cra-arc")).to_be_visible()
    language = plain_page.locator("html").get_attribute("lang")
    for _way in ("there", "back"):
        change_language(plain_page)
        expect(plain_page.locator("#id_q")).to_have_value("cra")
    assert plain_page.locator("html").get_attribute("lang") == language
    press(plain_page, words["later"])
    write(plain_page, words["mail"], "guest@example.org")
    press(plain_page, words["link"])
    way = mailed_way(plain_page, r"/(en/requests/back|fr/demandes/retour)/[\w-]+")
    other = browser.new_context(base_url=open_site.url, java_script_enabled=False)
    page = other.new_page()
    page.goto(way)
    page.locator("main form button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text(words["text"])).to_be_visible()
    other.close()


def test_a_copy_of_what_was_released_takes_four_pages_and_no_name(
    plain_page: Page, open_site: Site, words: dict[str, str], places: dict[str, str]
) -> None:
    page = plain_page
    page.goto(f"{words['begin']}?record={places['summary']}")
    if page.get_by_role("button", name=words["copy"]).count() == 0:
        slug = page.locator(".notice-warning a[href*='/institutions/']").get_attribute("href") or ""
        open_site.parvis("shell", "-c", OPEN_INSTITUTIONS.replace(repr(LIVE), repr((slug.split("/")[-1],))))
        page.reload()
    press(page, words["copy"])
    press(page, words["on"])  # the form
    tick(page, "#id_is_anonymous")
    press(page, words["on"])
    write(page, words["mail"], "robin@example.org")
    press(page, words["on"])
    press(page, words["send"])
    expect(page.get_by_text(words["done"])).to_be_visible()
    assert re.search(r"-I-20\d\d-\d{5}</strong>", page.content())


def look(page: Page) -> None:
    """Hold that axe finds nothing, that targets are large, and that nothing is cut off at either width."""
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert not faults(page), (page.url, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    assert not small_targets(page), page.url


def look_at(page: Page, english: str, french: str) -> None:
    """Go to another page of the same draft, and look."""
    page.goto(re.sub(r"[^/]+$", english if "/en/" in page.url else french, page.url))
    look(page)


def send_and_look(page: Page, words: dict[str, str]) -> None:
    """Send a request, then look at what was sent, at a clearer text with its error, and at withdrawing."""
    page.goto(re.sub(r"[^/]+$", "kind" if "/en/" in page.url else "genre", page.url))
    tick(page, "input[value=records]")
    press(page, words["on"])
    press(page, words["on"])
    say_who(page, words)
    press(page, words["send"])
    look(page)
    for summary in page.locator(".part summary").all():
        summary.click()
    look(page)
    press_first(page, words["clearer"])
    look(page)
    page.fill("#id_text", "")
    press(page, words["clear"])
    look(page)
    press(page, words["back"], "link")
    press_first(page, words["withdraw"])
    look(page)
    press(page, words["withdraw"])
    look(page)


def press_first(page: Page, name: str) -> None:
    """Follow the first link whose name begins so: it ends with the number of its request."""
    page.get_by_role("main").get_by_role("link", name=name).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_axe_finds_nothing_on_any_step(browser: Browser, open_site: Site, words: dict[str, str]) -> None:
    """The pages are read at both widths, with what goes wrong on them."""
    context = browser.new_context(base_url=open_site.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(words["begin"])
    page.fill("#id_text", words["text"] + " 613-555-0123")
    press(page, words["on"])
    look(page)
    page.fill("#id_text", "Passport statistics by country")  # the sample holds records about them
    press(page, words["on"])
    assert re.search(r"/(already-answered|deja-repondu)$", page.url)
    look(page)
    press(page, words["mine"], "link")
    look(page)
    write(page, words["names"], LIVE[0].split("-")[0])
    press(page, words["find"])
    tick(page, f"#pick-{LIVE[0]}")
    press(page, words["on"])
    look(page)
    tick(page, "input[value=own]")
    press(page, words["on"])
    look(page)
    press(page, words["on"])
    press(page, words["on"])  # with nothing said: its errors
    look(page)
    for places in (("contact", "coordonnees"), ("review", "verification"), ("delete", "supprimer")):
        look_at(page, *places)
    look_at(page, "later", "plus-tard")
    write(page, words["mail"], "robin@")
    press(page, words["link"])  # no address: its error
    look(page)
    send_and_look(page, words)
    context.close()

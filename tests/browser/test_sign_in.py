"""Signing in, in the real browser: without script, but for passkeys; codes come from the demonstration's catcher."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from parvis.accounts import factors
from tests.browser.signing import mailed_code, prove_address
from tests.browser.site import Site
from tests.browser.test_accessibility import faults

NARROW = {"width": 390, "height": 844}


def set_up_app(page: Page) -> str:
    """Add an authenticator app where the person was led; return its secret."""
    expect(page.get_by_text("Your roles wait for a second factor")).to_be_visible()
    page.get_by_role("link", name="Authenticator app").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("Code from your authenticator app").fill(factors.app_code(secret))
    page.get_by_role("button", name="Add the app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    return secret


def set_up_app_in_french(page: Page) -> None:
    """Add an authenticator app from the list of second factors, and note the recovery codes."""
    page.get_by_role("link", name="Application d’authentification").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("Code de votre application d’authentification").fill(factors.app_code(secret))
    page.get_by_role("button", name="Ajouter l’application").click()
    page.get_by_role("link", name="Je les ai notés").click()


@pytest.fixture
def plain(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A browser without script."""
    made = browser.new_context(
        base_url=site.url, java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    yield made
    made.close()


def staff(site: Site, name: str) -> str:
    """Make somebody who runs the installation; return the address. Each test has its own: codes are counted."""
    address = f"{name}@example.org"
    site.parvis("person", "add", address, "--name", f"Camille {name.title()}", "--staff")
    return address


def test_first_sign_in_second_factor_and_a_session_ended_from_another_browser(
    plain: BrowserContext, browser: Browser, site: Site
) -> None:
    address, page = staff(site, "first"), plain.new_page()
    prove_address(page, address)
    set_up_app(page)
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()

    other = browser.new_context(base_url=site.url, java_script_enabled=False, viewport=NARROW)  # type: ignore[arg-type]  # a plain dict will do
    phone = other.new_page()
    prove_address(phone, address)
    expect(phone.get_by_role("heading", name="Second step")).to_be_visible()
    phone.get_by_text("Use a recovery code instead").click()
    phone.get_by_label("Recovery code").fill(codes[0])
    phone.get_by_role("button", name="Use this recovery code").click()
    expect(phone.get_by_role("heading", name="Your account")).to_be_visible()

    page.get_by_role("link", name="Look at them").click()
    expect(page.locator(".row")).to_have_count(2)
    page.get_by_role("button", name="End this session").click()
    expect(page.get_by_text("The session is ended.")).to_be_visible()
    expect(page.locator(".row")).to_have_count(1)
    phone.reload()
    expect(phone.get_by_role("heading", name="Sign in")).to_be_visible()
    other.close()


def test_signing_in_again_takes_the_code_of_the_app_and_the_menu_signs_out(
    plain: BrowserContext, site: Site
) -> None:
    address, page = staff(site, "again"), plain.new_page()
    prove_address(page, address)
    secret = set_up_app(page)
    page.locator(".account-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    prove_address(page, address)
    page.get_by_label("Code from your authenticator app").fill("123")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("The code has 6 digits")).to_be_visible()
    page.get_by_label("Code from your authenticator app").fill(later_code(secret))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def later_code(secret: str) -> str:
    """Return the code of the next half minute: clocks may differ by one, and this minute's was just taken."""
    counter = factors.app_counter(secret, factors.app_code(secret))
    assert counter is not None
    return factors.code_of(secret, counter + 1)


def test_in_french_a_member_of_the_public_signs_in_and_changes_the_address(
    plain: BrowserContext, site: Site
) -> None:
    page = plain.new_page()
    page.goto("/fr/institutions")
    page.get_by_role("link", name="Ouvrir une session").click()
    page.get_by_label("Adresse de courriel").fill("visiteuse@example.org")
    page.get_by_role("button", name="M’envoyer un code").click()
    page.get_by_label("Code").fill(mailed_code(page))
    page.get_by_role("main").get_by_role("button", name="Ouvrir une session").click()
    expect(page).to_have_url(f"{site.url}/fr/institutions")
    page.locator(".account-menu summary").click()
    page.get_by_role("link", name="Votre compte").click()
    page.get_by_role("link", name="La changer").click()
    page.get_by_label("Adresse de courriel").fill("nouvelle@example.org")
    page.get_by_role("button", name="Y envoyer un code").click()
    page.get_by_label("Code").fill(mailed_code(page))
    page.get_by_role("button", name="Passer à cette adresse").click()
    expect(page.get_by_text("Votre adresse de courriel est changée.")).to_be_visible()
    expect(page.get_by_text("nouvelle@example.org").first).to_be_visible()


def test_too_many_codes_are_refused_with_the_time_to_wait(plain: BrowserContext) -> None:
    page = plain.new_page()
    for _ in range(7):
        page.goto("/en/sign-in")
        page.get_by_label("E-mail address").fill("impatient@example.org")
        page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("alert")).to_contain_text("too many attempts. Wait")


def test_a_passkey_is_made_and_signs_in_alone(context: BrowserContext, page: Page, site: Site) -> None:
    """With Chromium's own virtual authenticator: everything but the finger is real."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    host = site.url.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, never to a number
    address = staff(site, "passkey")
    page.goto(f"{host}/en/sign-in")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(mailed_code(page))
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Passkey").click()
    page.get_by_label("What do you want to call it?").fill("laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.locator(".account-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    page.goto(f"{host}/en/staff/recoveries")
    expect(page.get_by_role("heading", name="Account recoveries")).to_be_visible()


def test_axe_finds_nothing_on_the_pages_of_an_account(context: BrowserContext, site: Site) -> None:
    address, page = staff(site, "axe"), context.new_page()
    prove_address(page, address)
    seen = []
    set_up_app(page)
    for way in (
        "/en/account",
        "/fr/compte",
        "/en/account/sessions",
        "/fr/compte/sessions",
        "/en/account/second-factors",
        "/fr/compte/seconds-facteurs",
        "/en/account/second-factors/passkey",
        "/en/account/second-factors/recovery-codes",
        "/en/account/address",
        "/en/account/delete",
        "/en/account/confirm",
        "/en/staff/recoveries",
    ):
        page.goto(way)
        page.locator(".account-menu summary").click()
        for size in (NARROW, {"width": 1280, "height": 900}):
            page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain dict will do
            seen += [f"{way} at {size['width']}: {fault}" for fault in faults(page)]
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, way
    assert not seen

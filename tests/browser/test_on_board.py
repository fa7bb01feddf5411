"""An institution comes on board in the browser, without script: invited in English, opened in French."""

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.signing import People, prove_address
from tests.browser.site import Site
from tests.browser.test_sign_in import set_up_app_in_french

HEAD = "journey-head@example.org"
SLUG = "tbs-sct"


def mailed_way(page: Page, pattern: str) -> str:
    """Return the newest address of that form in the catcher."""
    found = re.search(pattern, page.request.get("/en/mail-catcher").text())
    assert found
    return found.group()


def without_script(browser: Browser, site: Site, width: int = 1280) -> BrowserContext:
    return browser.new_context(
        base_url=site.url, java_script_enabled=False, viewport={"width": width, "height": 900}
    )


def central_office_invites(page: Page) -> None:
    """As the demonstration's central office, bring the institution on board and invite its head."""
    page.goto("/en/staff/institutions?q=Treasury Board of Canada Secretariat")
    page.get_by_role("button", name="Invite Treasury Board of Canada Secretariat").click()
    expect(page.get_by_text("Invite its head next.")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="People").click()
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("E-mail address").fill(HEAD)
    page.get_by_label("Head of the institution").check()
    page.get_by_label("Language of the message").select_option("fr")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("The invitation is on its way.")).to_be_visible()
    expect(page.get_by_role("heading", name=HEAD)).to_be_visible()


def head_accepts(page: Page) -> None:
    """Sign in with the address that was invited, accept, and show a second factor."""
    prove_address(page, HEAD)
    page.goto(mailed_way(page, r"/fr/invitations/accepter/[\w-]+"))
    page.get_by_role("button", name="Accepter la fonction").click()
    expect(page.get_by_text("La fonction est à vous. Ajoutez un second facteur")).to_be_visible()
    set_up_app_in_french(page)
    expect(page.locator(".account-acting")).to_have_text("Secrétariat du Conseil du Trésor du Canada")


def invite_oneself_as_officer(page: Page) -> None:
    page.goto(f"/fr/institutions/{SLUG}/personnes/inviter")
    page.get_by_label("Adresse de courriel").fill(HEAD)
    page.get_by_label("Agent de l’accès").check()
    page.get_by_role("button", name="Envoyer l’invitation").click()
    page.goto(mailed_way(page, r"/fr/invitations/accepter/[\w-]+"))
    page.get_by_role("button", name="Accepter la fonction").click()


def keep(page: Page, section: str) -> None:
    """Open a section from the list and keep what is proposed."""
    page.goto(f"/fr/institutions/{SLUG}/integration")
    page.get_by_role("heading", name=section).get_by_role("link").click()
    page.get_by_role("button", name="Garder les réponses").click()
    expect(page.get_by_text(f"«\u00a0{section}\u00a0» est gardé.")).to_be_visible()


def test_an_institution_comes_on_board_from_the_invitation_to_live(
    browser: Browser, site: Site, people: People
) -> None:
    office = people.context("central", java_script_enabled=False)
    own = without_script(browser, site, width=390)
    central_office_invites(office.new_page())
    page = own.new_page()
    head_accepts(page)
    invite_oneself_as_officer(page)
    page.goto(f"/fr/institutions/{SLUG}/integration")
    page.get_by_role("button", name="Mise en service").click()
    expect(page.get_by_text("Ce n’est pas encore possible")).to_be_visible()
    for section in (
        "Coordonnées",
        "Lois",
        "Langues de travail",
        "Frais",
        "Réception des demandes",
        "Textes et couleurs",
    ):
        keep(page, section)
    page.get_by_role("link", name="Dire que le responsable décide").click()
    page.get_by_label("Le responsable décide").check()
    page.get_by_role("button", name="Garder les réponses").click()
    page.get_by_role("button", name="Effectuer l’essai").click()
    expect(page.get_by_text("L’essai est réussi.")).to_be_visible()
    reader = without_script(browser, site).new_page()
    reader.goto(mailed_way(page, r"/(en|fr)/(onboarding/received|integration/recu)/[\w-]+"))
    reader.locator("main form button").click()
    page.goto(f"/fr/institutions/{SLUG}/integration")
    page.get_by_role("button", name="Mise en service").click()
    expect(page.get_by_text("L’institution est en service.")).to_be_visible()
    reader.context.close()
    office.close()
    own.close()

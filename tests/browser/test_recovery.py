"""A recovery in French and without script: asked, confirmed by another, waiting, stopped; asked again and done."""

from datetime import timedelta

import psycopg
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.signing import enter_in_french, mailed_text
from tests.browser.site import Site
from tests.browser.test_sign_in import set_up_app_in_french

LOST, WARDEN = "perdue@example.org", "gardien@example.org"


def a_browser(browser: Browser, site: Site, width: int = 1280) -> BrowserContext:
    return browser.new_context(
        base_url=site.url, java_script_enabled=False, viewport={"width": width, "height": 900}
    )


def staff_with_app(browser: Browser, site: Site, address: str) -> Page:
    """Make somebody of staff who signs in for the first time and adds an app; return their page."""
    site.parvis("person", "add", address, "--name", "", "--language", "fr", "--staff")
    page = a_browser(browser, site).new_page()
    enter_in_french(page, address)
    set_up_app_in_french(page)
    expect(page.get_by_role("heading", name="Votre compte")).to_be_visible()
    return page


def ask(page: Page) -> None:
    """Prove the address, say that the second factor is lost, and ask for the recovery."""
    enter_in_french(page, LOST)
    expect(page.get_by_role("heading", name="Deuxième étape")).to_be_visible()
    page.get_by_role("link", name="J’ai perdu tout cela").click()
    expect(page.get_by_role("heading", name="Vous avez perdu votre second facteur")).to_be_visible()
    page.get_by_role("button", name="Demander la récupération").click()
    expect(page.get_by_text("Vous l’avez demandée.")).to_be_visible()


def confirm(warden: Page) -> None:
    """Confirm, as another one who runs the installation."""
    warden.goto("/fr/personnel")
    warden.get_by_role("link", name="Récupérations de comptes").click()
    row = warden.locator(".row").filter(has_text=LOST)
    row.get_by_role("button", name="Confirmer").click()
    expect(warden.get_by_text("Confirmée. La personne en est avisée")).to_be_visible()
    expect(row.get_by_role("button", name="Confirmer")).to_have_count(0)


def test_a_recovery_is_asked_for_confirmed_waited_for_and_stopped(browser: Browser, site: Site) -> None:
    warden = staff_with_app(browser, site, WARDEN)
    staff_with_app(browser, site, LOST).context.close()
    page = a_browser(browser, site, width=390).new_page()
    ask(page)
    assert "récupération" in mailed_text(page)
    confirm(warden)
    page.reload()
    expect(page.get_by_text("Vous pourrez continuer à partir du")).to_be_visible()
    expect(page.get_by_role("button", name="Les retirer et ouvrir une session")).to_have_count(0)
    page.get_by_role("button", name="Arrêter la récupération").click()
    expect(page.get_by_role("button", name="Demander la récupération")).to_be_visible()
    warden.reload()
    expect(warden.locator(".row").filter(has_text=LOST)).to_have_count(0)

    page.get_by_role("button", name="Demander la récupération").click()
    confirm(warden)
    let_pass(site, timedelta(hours=25))
    page.reload()
    page.get_by_role("button", name="Les retirer et ouvrir une session").click()
    expect(page.get_by_text("Vos fonctions attendent un second facteur")).to_be_visible()
    set_up_app_in_french(page)
    expect(page.get_by_role("heading", name="Votre compte")).to_be_visible()
    page.context.close()
    warden.context.close()


def let_pass(site: Site, time: timedelta) -> None:
    """Let so much time have passed since recoveries were confirmed."""
    with psycopg.connect(site.environment["DATABASE_URL"]) as connection:
        connection.execute("UPDATE accounts_recovery SET confirmed_at = confirmed_at - %s", [time])

"""Signing in as the demonstration's people, once each: their app takes no code twice in the same half minute."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from tests.browser.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

WIDE: "ViewportSize" = {"width": 1280, "height": 900}


def mailed_code(page: Page) -> str:
    """Return the newest code in the catcher, read beside the page."""
    text = page.request.get("/en/mail-catcher").text()
    found = re.search(r"\b(\d{4}) (\d{4})\b", text)
    assert found, text
    return f"{found[1]} {found[2]}"


def prove_address(page: Page, address: str) -> None:
    """Walk from the head of a page to the code, and enter it."""
    page.goto("/en/")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="Enter the code")).to_be_visible()
    page.get_by_label("Code").fill(mailed_code(page))
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def mailed_text(page: Page) -> str:
    """Return all that the catcher shows in French."""
    return page.request.get("/fr/recepteur-de-courriels").text()


def enter_in_french(page: Page, address: str) -> None:
    """Go to signing in, prove the address and enter the code."""
    page.goto("/fr/ouvrir-une-session")
    page.get_by_label("Adresse de courriel").fill(address)
    page.get_by_role("button", name="M’envoyer un code").click()
    page.get_by_label("Code").fill(mailed_code(page))
    page.get_by_role("main").get_by_role("button", name="Ouvrir une session").click()


@dataclass(slots=True)
class People:
    """The demonstration's people at one site, each signed in once and kept."""

    browser: Browser
    site: Site
    kept: dict[str, StorageState] = field(default_factory=dict)

    def context(
        self, key: str, *, viewport: "ViewportSize" = WIDE, java_script_enabled: bool = True
    ) -> BrowserContext:
        """Return a browser in which the person is signed in, with their second factor shown; the caller closes it."""
        if not self.kept:
            self.site.parvis("load", "people")
            self.site.parvis("load", "roles")
        if key not in self.kept:
            self.kept[key] = self._signed_in(key)
        return self.browser.new_context(
            base_url=self.site.url,
            viewport=viewport,
            storage_state=self.kept[key],
            java_script_enabled=java_script_enabled,
            reduced_motion="reduce",
        )

    def _signed_in(self, key: str) -> StorageState:
        context = self.browser.new_context(base_url=self.site.url)
        page = context.new_page()
        prove_address(page, f"{key}@example.org")
        page.get_by_role("textbox").first.fill(self.site.parvis("person", "democode").strip())
        page.get_by_role("main").get_by_role("button").first.click()
        expect(page.locator(".account-menu")).to_be_visible()
        state = context.storage_state()
        context.close()
        return state

"""Real Chromium on a whole site with the sample."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser.signing import People
from tests.browser.site import CHROMIUM_WORDS, Site, running_site


@pytest.hookimpl(tryfirst=True)  # before the marks are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all of this folder."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(worker_id: str) -> Iterator[Site]:
    name = f"parvis_browser_{os.getpid()}_{worker_id}"
    with running_site(os.environ["DATABASE_URL"], name) as running:
        yield running


@pytest.fixture(scope="session")
def places(site: Site) -> dict[str, str]:
    """Return the identifier of one record of each kind, for the addresses of `pages.PAGES`."""
    return {
        "summary": site.first("summary"),
        "bank": site.first("personal-information-bank"),
        "service": site.first("service"),
    }


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_WORDS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def people(browser: Browser, site: Site) -> People:
    """The demonstration's people; each signs in once."""
    return People(browser, site)


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which anything said on the console, or refused by the content policy, fails the test."""
    said: list[str] = []
    opened = context.new_page()

    def hear(message: ConsoleMessage) -> None:
        if (
            message.location.get("url") != opened.url
        ):  # a page that answers 404, as it should, is reported too
            said.append(f"{message.type}: {message.text}")

    opened.on("console", hear)
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    assert not said

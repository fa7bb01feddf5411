"""Real Chromium on a whole site with the sample."""

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser.site import CHROMIUM_WORDS, Site, chromium, running_site

PARVIS = [sys.executable, "-m", "parvis.config.command"]
LOADS = [[*PARVIS, "load", "institutions"], [*PARVIS, "load", "sample"], [*PARVIS, "index"]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all of this folder, and keep it on one worker: the site is started once."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def site(worker_id: str) -> Iterator[Site]:
    given: dict[str, Any] = connections["default"].settings_dict
    host = given["HOST"] or "127.0.0.1"
    user = given["USER"] + (f":{given['PASSWORD']}" if given["PASSWORD"] else "")
    url = f"postgres://{user}@{host}:{given['PORT'] or 5432}/postgres"
    with running_site(url, f"parvis_browser_{worker_id}", LOADS) as running:
        yield running


@pytest.fixture(scope="session")
def places(site: Site) -> dict[str, str]:
    """Return the identifier of one record of each kind, for the addresses of `pages.PAGES`."""
    return {"summary": site.first("summary"), "bank": site.first("personal-information-bank")}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if not path:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing, and CI does without no browser test")
        pytest.skip("Chromium is missing: install it (on Debian: apt-get install chromium) to run these")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_WORDS))
        yield launched
        launched.close()


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

"""WCAG 2.2 AA, as far as a program can see it: axe, reflow, targets, focus."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.pages import PAGES, Visited
from tests.browser.site import ROOT, Site

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Places = dict[str, str]
EVERY_PAGE = pytest.mark.parametrize("visited", PAGES, ids=lambda visited: visited.name)
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])


def faults(page: Page) -> list[str]:
    """Run axe on what the page shows now."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [
        f"{fault['id']} ({fault['impact']}): {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def small_targets(page: Page) -> list[str]:
    """Return what can be pressed and is less than 24 pixels high or wide, links inside text left out."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, input, select")].filter(one => {
            const box = one.getBoundingClientRect();
            const hidden = !box.width || one.closest(".skip") || one.type === "hidden";
            const inline = one.matches("p a, dd a, li a, pre a") && getComputedStyle(one).display === "inline"
                && getComputedStyle(one).lineHeight.replace("px", "") >= 24;
            return !hidden && !inline && (box.height < 24 || box.width < 24);
        }).map(one => one.outerHTML)"""
    )
    return found


@EVERY_PAGE
@LANGUAGES
def test_axe_finds_nothing_targets_are_large_and_nothing_is_cut_off(
    context: BrowserContext, visited: Visited, language: str, places: Places
) -> None:
    """Wide, narrow, and at 320 pixels, to which 400 % zoom leads (reflow, success criterion 1.4.10).

    Targets (success criterion 2.5.8): 24 by 24 pixels, but for links inside text.
    """
    page = context.new_page()
    page.goto(visited.in_(language).format(**places))
    assert not faults(page), "at 1280 pixels"
    page.set_viewport_size({"width": 390, "height": 844})
    assert not faults(page), "at 390 pixels"
    assert not small_targets(page)
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_larger_letters_cut_nothing_off(browser: Browser, site: Site) -> None:
    """Resize text, success criterion 1.4.4: letters of twice the size."""
    context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto("/fr/")
    page.evaluate("document.documentElement.style.fontSize = '32px'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    context.close()


def test_the_checker_sees_a_fault_when_there_is_one(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/en/")
    page.evaluate("document.querySelector('main').innerHTML += '<img src=\"x.png\">'")
    assert any("image-alt" in fault for fault in faults(page))

"""The pages that open to who has signed in, through the same checks as the public ones."""

import pytest
from playwright.sync_api import ConsoleMessage

from tests.browser.pages import OWN_PAGES, Visited
from tests.browser.signing import People
from tests.browser.site import Site
from tests.browser.test_accessibility import faults, small_targets
from tests.browser.test_reading import HEAVIEST, reachable, tab_stops, weighed

OVERLAP = """() => {
    const box = way => document.querySelector(way).getBoundingClientRect();
    const [one, other] = [box(".brand-name"), box(".site-nav ul")];
    return one.right > other.left && one.bottom > other.top && one.top < other.bottom;
}"""

SIDEWAYS = """() => [...document.querySelectorAll(".scroll")]
    .filter(one => one.scrollWidth > one.clientWidth).map(one => one.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize("visited", OWN_PAGES, ids=lambda visited: visited.name)
def test_a_page_for_who_has_signed_in_stands_every_check(
    people: People, site: Site, visited: Visited
) -> None:
    """Nothing on the console, light, axe wide and narrow, targets, the keyboard; reflow in both languages."""
    context, said = people.context(visited.who), []
    page = context.new_page()

    def hear(message: ConsoleMessage) -> None:
        said.append(f"{message.type}: {message.text}")

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    weights = weighed(page, visited.en)
    assert page.locator("h1").count() == 1
    assert sum(weights.values()) < HEAVIEST, weights
    assert all(url.startswith((site.url + "/", "data:")) for url in weights)
    assert not faults(page), "at 1280 pixels"
    assert page.evaluate(OVERLAP) is False, "the head of the page"
    stops = [
        stop for stop in tab_stops(page) if stop["tag"] != "IFRAME"
    ]  # what is inside shows its own focus
    assert not [stop for stop in stops if not stop["outline"]], "these show no outline"
    assert not [stop for stop in stops if not stop["seen"]], "these have the focus and no size"
    assert len([stop for stop in stops if stop["tag"] not in {"DIV", "PRE"}]) == reachable(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert not faults(page), "at 390 pixels"
    assert not small_targets(page)
    assert not page.evaluate(SIDEWAYS), "a table is read without scrolling sideways"
    for address in (visited.en, visited.fr):
        page.set_viewport_size({"width": 320, "height": 256})
        answer = page.goto(address)
        assert answer
        assert answer.status == 200, address
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    assert not said
    context.close()

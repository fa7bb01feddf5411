"""By keyboard, without script, on paper, and how much a page weighs."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.browser.pages import PAGES, Visited
from tests.browser.site import Site

HEAVIEST = 150_000  # bytes over the wire, fonts left out
Places = dict[str, str]
EVERY_PAGE = pytest.mark.parametrize("visited", PAGES, ids=lambda visited: visited.name)
FOCUS = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    return {
        text: (one.textContent || one.getAttribute("aria-label") || one.name || "").trim().slice(0, 60),
        tag: one.tagName,
        id: one.id,
        outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        seen: box.width > 0 && box.height > 0,
        top: box.top + scrollY,
    };
}"""


def weighed(page: Page, address: str) -> dict[str, int]:
    """Open a page; return the bytes over the wire of all that it fetched, fonts counted as none."""
    weights: dict[str, int] = {}

    def weigh(request: Request) -> None:
        sizes = request.sizes()
        is_font = request.url.endswith(".woff2")
        weights[request.url] = 0 if is_font else sizes["responseBodySize"] + sizes["responseHeadersSize"]

    page.on("requestfinished", weigh)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return weights


@pytest.fixture
def scriptless(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=site.url, java_script_enabled=False)
    yield made
    made.close()


def tab_stops(page: Page, most: int = 400) -> list[dict[str, object]]:
    """Press Tab until the focus leaves the page; return every place where it stood.

    A date field has stops of its own inside (day, month, year, calendar): together they are one place.
    """
    stops: list[dict[str, object]] = []
    for _press in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        for _moment in range(20 if len(page.frames) > 1 else 0):
            if stop["tag"] != "BODY":
                break
            page.wait_for_timeout(50)  # out of a frame the focus arrives a moment later
            stop = page.evaluate(FOCUS)
        if stop["tag"] == "BODY":
            return stops
        if not (stop["tag"] == "INPUT" and stop["id"] and stops and stops[-1]["id"] == stop["id"]):
            stops.append(stop)
    raise AssertionError("the keyboard does not leave this page")


def reachable(page: Page) -> int:
    """Return how many links, buttons, fields and summaries the page shows; radio buttons of one group are one stop."""
    found: int = page.evaluate(
        """() => {
            const every = "a[href], button, input:not([type=hidden]), select, summary, textarea";
            const shown = [...document.querySelectorAll(every)]
                .filter(one => one.checkVisibility({contentVisibilityAuto: true}));
            const radios = shown.filter(one => one.type === "radio");
            return shown.length - radios.length + new Set(radios.map(one => one.name)).size;
        }"""
    )
    return found


@EVERY_PAGE
def test_the_keyboard_reaches_everything_in_order_with_visible_focus(
    page: Page, visited: Visited, places: Places
) -> None:
    page.goto(visited.en.format(**places))
    stops = tab_stops(page)
    assert stops[0]["text"] == "Skip to main content"
    assert not [stop for stop in stops if not stop["outline"]], "these show no outline"
    assert not [stop for stop in stops if not stop["seen"]], "these have the focus and no size"
    assert len([stop for stop in stops if stop["tag"] != "DIV"]) == reachable(page)


def test_a_chart_that_has_not_come_yet_holds_its_place_and_takes_the_focus(
    context: BrowserContext, places: Places
) -> None:
    page = context.new_page()
    page.route("**/*.svg*", lambda route: route.abort())
    page.goto("/en/services/{service}".format(**places))
    held = page.locator(".chart .scroll")
    held.focus()
    box = held.bounding_box()
    assert box
    assert box["height"] >= 120, "as high as the smallest chart"


def test_the_skip_link_is_seen_when_focused_and_leads_past_the_navigation(page: Page) -> None:
    page.goto("/fr/a-propos")
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]  # it has a box
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_search_is_made_refined_and_opened_by_keyboard_alone(page: Page) -> None:
    page.goto("/en/")
    while page.evaluate("document.activeElement.id") != "q":
        page.keyboard.press("Tab")
    page.keyboard.type("passport")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search?q=passport")
    expect(page.locator(".hit").first).to_be_visible()
    while not page.evaluate("document.activeElement.matches('.facet-value')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".chip")
    assert page.locator(".chip").count() == 1
    while not page.evaluate("document.activeElement.matches('.hit h3 a')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/en/(records|institutions|holdings)/"))


def test_everything_works_without_script(scriptless: BrowserContext) -> None:
    page = scriptless.new_page()
    page.goto("/fr/")
    page.fill("#q", "passeport")
    page.click(".search-form button")
    expect(page.locator(".hit").first).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.click("#filters > summary")
    page.click(".facet-value >> nth=0")
    expect(page.locator(".chip")).to_have_count(1)
    page.click("#language")
    expect(page).to_have_url(re.compile(r"/en/search\?"))
    expect(page.locator(".chip")).to_have_count(1)
    page.click(".hit h3 a >> nth=0")
    expect(page).to_have_url(re.compile(r"/en/(records|institutions|holdings)/"))
    expect(page.locator("h1")).to_have_count(1)


@EVERY_PAGE
def test_a_page_weighs_little_once_its_fonts_are_kept_and_fetches_nothing_from_elsewhere(
    page: Page, site: Site, visited: Visited, places: Places
) -> None:
    weights = weighed(page, visited.fr.format(**places))
    assert sum(weights.values()) < HEAVIEST, weights
    assert all(url.startswith((site.url + "/", "data:")) for url in weights)


def test_the_longest_list_weighs_little_too(page: Page) -> None:
    assert sum(weighed(page, "/fr/institutions").values()) < HEAVIEST


def test_a_page_prints_its_content_and_not_its_controls(page: Page) -> None:
    page.goto("/fr/institutions/cic")
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator("dl.facts").first.is_visible()
    for hidden in (".site-nav", ".breadcrumbs", "main form", ".language"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert len(page.pdf()) > 10_000


def test_who_asks_for_less_motion_or_forced_colours_gets_a_whole_page(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, reduced_motion="reduce", forced_colors="active")
    page = context.new_page()
    page.goto("/en/search?q=passport")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("getComputedStyle(document.querySelector('.hits')).transitionDuration") == "0s"
    page.focus("#q")
    assert page.evaluate("getComputedStyle(document.querySelector('#q')).outlineStyle") == "solid"
    context.close()

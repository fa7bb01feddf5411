"""What script adds: a part of the page is swapped, and is the same as if the page had been loaded whole."""

import pytest
from playwright.sync_api import BrowserContext, Page

CONTENT = r"""() => {
    const own = /^(data-htmx-powered|aria-busy|data-hx-.*)$/;
    const written = node => {
        if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\s+/g, " ");
        if (node.nodeType !== Node.ELEMENT_NODE) return "";
        const marks = [...node.attributes].filter(mark => !own.test(mark.name))
            .map(mark => `${mark.name}=${mark.value}`);
        return `<${node.localName} ${marks.sort().join(" ")}>${[...node.childNodes].map(written).join("")}`;
    };
    return written(document.querySelector("#search"));
}"""


def content(page: Page) -> str:
    """Return what the page shows, without what script notes on elements."""
    return str(page.evaluate(CONTENT))


@pytest.mark.parametrize(
    "press", [".facet-value >> nth=0", ".sorts a >> nth=1", ".pagination a[rel=next]", ".search-form button"]
)
def test_what_is_swapped_equals_the_whole_page(context: BrowserContext, press: str) -> None:
    page = context.new_page()
    page.goto("/en/search?q=records")
    page.evaluate("window.isTheSamePage = true")
    if press.startswith(".search-form"):
        page.fill("#q", "passport")
    page.click(press)
    page.wait_for_function("() => location.search !== '?q=records'")
    page.wait_for_function("() => !document.querySelector('#search').hasAttribute('aria-busy')")
    assert page.evaluate("window.isTheSamePage"), "the page was loaded whole"
    whole = context.new_page()
    whole.goto(page.url)
    assert content(page) == content(whole)
    assert page.title() == whole.title()
    assert page.get_attribute("#language", "href") == whole.get_attribute("#language", "href")


def test_the_way_back_leads_through_every_step(page: Page) -> None:
    page.goto("/en/search?q=records")
    first = page.inner_text("#found")
    page.click(".facet-value >> nth=0")
    page.wait_for_selector(".chip")
    page.go_back()
    page.wait_for_selector(".chip", state="detached")
    assert page.inner_text("#found") == first
    assert page.url.endswith("?q=records")


def test_turning_a_page_puts_the_reader_at_its_beginning(page: Page) -> None:
    page.goto("/en/search?q=records")
    page.click(".pagination a[rel=next]")
    page.wait_for_url("**page=2")
    page.wait_for_function("document.activeElement.id === 'found'")

"""Who keeps services up to date reports one in the browser: by keyboard alone, without script."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.signing import People

MOST_TABS = 400
PARKS = "/en/staff/services?institution=pc"


def reach(page: Page, wanted: Locator) -> None:
    """Walk with the Tab key until what is wanted has the focus."""
    for _step in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"the keyboard does not reach {wanted}")


def enter(page: Page, name: str) -> None:
    """Walk to a button and press it."""
    reach(page, page.get_by_role("main").get_by_role("button", name=name).first)
    page.keyboard.press("Enter")


def put_number(page: Page, name: str, number: str) -> None:
    """Walk to the choice of a question, say that there is a number, and type it."""
    chosen = page.locator(f'input[name="{name}_kind"]:checked')
    reach(page, chosen)
    while not page.locator(f"#id_{name}_kind_0").is_checked():
        page.keyboard.press("ArrowUp")
    reach(page, page.locator(f"#id_{name}"))
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(number)


def test_a_year_is_begun_reported_doubted_and_confirmed_by_keyboard_without_script(people: People) -> None:
    context = people.context("central", java_script_enabled=False)
    page = context.new_page()
    page.goto(PARKS)
    expect(page.get_by_text("Not begun").first).to_be_visible()
    enter(page, "Begin")
    expect(page).to_have_url(re.compile(r"/en/staff/services/[\w-]+/edit$"))
    report_volumes(page)
    report_a_doubtful_standard(page)
    context.close()


def report_volumes(page: Page) -> None:
    put_number(page, "num_applications_online", "1,238")
    put_number(page, "num_applications_by_phone", "0")
    enter(page, "Save")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_text("Saved. Figures follow at once.")).to_be_visible()
    expect(page.locator("#id_num_applications_online")).to_have_value("1238")
    expect(page.locator("#id_num_applications_by_phone")).to_have_value("0")
    expect(page.locator("#id_num_applications_by_mail_kind_3")).to_be_checked()


def report_a_doubtful_standard(page: Page) -> None:
    reach(page, page.locator('main a[href*="/standards/"]').first)
    page.keyboard.press("Enter")
    put_number(page, "total_volume", "10")
    put_number(page, "volume_meeting_target", "11")
    enter(page, "Save")
    expect(page.get_by_text("More met the target than were handled.")).to_be_visible()
    expect(page.locator("#id_volume_meeting_target")).to_have_value("11")
    put_number(page, "total_volume", "0")
    put_number(page, "volume_meeting_target", "0")
    enter(page, "Save")
    reach(page, page.get_by_label("If it is right all the same, say why").first)
    page.keyboard.type("The gates were closed.")
    enter(page, "Save")
    expect(page.get_by_text("Saved. Figures follow at once.")).to_be_visible()
    expect(page.get_by_text("Confirmed:")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_of_service_owners_fit_the_screen(people: People, width: int) -> None:
    context = people.context("central", viewport={"width": width, "height": 900})
    page = context.new_page()
    for language, path in (("en", PARKS), ("fr", "/fr/personnel/services?institution=lac-bac")):
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.get_by_role("main").get_by_role("button").last.click()
        page.wait_for_url(re.compile(r"/(edit|modifier)$"))
        for way in ("standards/", "measures") if language == "en" else ("normes/", "mesures"):
            address = page.locator(f'main a[href*="{way}"]').first.get_attribute("href") or ""
            beside = context.new_page()
            beside.goto(address)
            assert beside.evaluate("document.documentElement.scrollWidth <= innerWidth"), beside.url
            beside.close()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    context.close()

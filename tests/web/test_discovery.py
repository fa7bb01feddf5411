"""What machines read: sitemap, robots, alternates."""

import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.web import sitemap

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
pytestmark = pytest.mark.django_db


def addresses(visitor: Client) -> dict[str, dict[str, str]]:
    """Return every address of the sitemap, with its alternates."""
    index = ET.fromstring(visitor.get("/sitemap.xml").content)  # noqa: S314  # our own
    found: dict[str, dict[str, str]] = {}
    for location in index.iterfind(".//s:loc", SPACE):
        part = ET.fromstring(visitor.get(path(location.text)).content)  # noqa: S314  # our own
        for url in part.iterfind("s:url", SPACE):
            own = url.findtext("s:loc", "", SPACE)
            found[own] = {
                link.attrib["hreflang"]: link.attrib["href"] for link in url.iterfind("x:link", SPACE)
            }
    return found


def path(address: str | None) -> str:
    assert address
    assert address.startswith(settings.BASE_URL + "/")
    return address.removeprefix(settings.BASE_URL)


def links(html: str, *, rel: str) -> dict[str, str]:
    found = re.findall(rf'<link rel="{rel}" (?:hreflang="([\w-]+)" )?href="([^"]*)"', html)
    return dict(found)


@pytest.mark.usefixtures("small_world")
def test_every_address_of_the_sitemap_answers_is_canonical_and_knows_its_twins(visitor: Client) -> None:
    for address, alternates in addresses(visitor).items():
        response = visitor.get(path(address))
        html = response.content.decode()
        without_index = address.endswith(
            ("/search", "/recherche")
        )  # here there is none, and the page says so
        assert response.status_code == (503 if without_index else 200), address
        assert links(html, rel="canonical") == {"": address}
        said = links(html, rel="alternate")
        assert said.pop("x-default")
        assert said == alternates
        assert alternates[response["Content-Language"]] == address


@pytest.mark.usefixtures("small_world")
def test_alternates_are_symmetrical(visitor: Client) -> None:
    found = addresses(visitor)
    for alternates in found.values():
        assert set(alternates) == {"en", "fr"}
        assert all(found[twin] == alternates for twin in alternates.values())


@pytest.mark.usefixtures("small_world")
def test_no_two_pages_have_the_same_title(visitor: Client) -> None:
    titles: Counter[tuple[str, str]] = Counter()
    for address in addresses(visitor):
        html = visitor.get(path(address)).content.decode()
        found = re.search(r"<title>(.*?)</title>", html)
        assert found
        titles[(address.split("/")[3], found.group(1))] += 1
    assert not [title for title, count in titles.items() if count > 1]


@pytest.mark.usefixtures("small_world")
def test_every_page_has_one_main_heading_and_a_description(visitor: Client) -> None:
    for address in addresses(visitor):
        html = visitor.get(path(address)).content.decode()
        assert html.count("<h1") == 1, address
        assert re.search(r'<meta name="description" content="[^"]{20,}"', html), address


def test_a_large_sitemap_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    many = sitemap.Section(name="many", routes=lambda: [("home", "")] * 25)
    monkeypatch.setattr(sitemap, "sections", lambda: {"many": many})
    monkeypatch.setattr(sitemap, "PER_PART", 10)
    assert sitemap.parts() == [("many", 1), ("many", 2), ("many", 3)]
    assert [len(sitemap.entries("many", number)) for number in (1, 2, 3, 4)] == [10, 10, 5, 0]


def test_a_part_that_does_not_exist_is_not_found(visitor: Client) -> None:
    assert visitor.get("/sitemap-nothing-1.xml").status_code == 404
    assert visitor.get("/sitemap-pages-2.xml").status_code == 404


def test_robots_are_told_where_the_sitemap_stands(
    visitor: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        text = visitor.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in text

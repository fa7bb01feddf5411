"""Both languages: addresses, the switch, the bare address."""

import re

import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.utils import translation

pytestmark = pytest.mark.django_db


def switch(html: str) -> str:
    found = re.search(r'class="language" id="language" href="([^"]*)"', html)
    assert found
    return found.group(1).replace("&amp;", "&")


@pytest.mark.parametrize(
    ("wanted", "language"),
    [("fr-CA,fr;q=0.9,en;q=0.5", "fr"), ("en", "en"), ("de", "en"), ("", "en"), ("fr;q=0.4,en;q=0.8", "en")],
)
def test_the_bare_address_leads_to_the_language_that_the_browser_asks_for(
    visitor: Client, wanted: str, language: str
) -> None:
    response = visitor.get("/", headers={"Accept-Language": wanted})
    assert response.status_code == 302
    assert response["Location"] == f"/{language}/"
    assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize(
    ("name", "en", "fr"),
    [
        ("home", "/en/", "/fr/"),
        ("institution_list", "/en/institutions", "/fr/institutions"),
        ("about", "/en/about", "/fr/a-propos"),
        ("accessibility", "/en/accessibility", "/fr/accessibilite"),
        ("privacy", "/en/privacy", "/fr/confidentialite"),
        ("how_to_search", "/en/how-to-search", "/fr/comment-chercher"),
    ],
)
def test_addresses_are_translated(name: str, en: str, fr: str) -> None:
    for language, address in (("en", en), ("fr", fr)):
        with translation.override(language):
            assert reverse(name) == address
            assert resolve(address).view_name == name


@pytest.mark.usefixtures("small_world")
@pytest.mark.parametrize(
    "address",
    [
        "/en/institutions?q=tax+%26+more&jurisdiction=ca",
        "/en/institutions/northern-lights",
        "/en/about",
        "/en/",
        "/en/institutions?q=a&q=b",
    ],
)
def test_the_switch_keeps_the_page_and_its_parameters_there_and_back(visitor: Client, address: str) -> None:
    other = switch(visitor.get(address).content.decode())
    assert other.startswith("/fr/")
    assert switch(visitor.get(other).content.decode()) == address


@pytest.mark.parametrize("address", ["/fr/", "/fr/a-propos", "/fr/rien"])
def test_a_page_says_its_language(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    assert '<html lang="fr"' in response.content.decode()
    assert response["Content-Language"] == "fr"


def test_reading_sets_no_cookie(visitor: Client) -> None:
    for address in ("/", "/en/", "/fr/institutions", "/fr/confidentialite"):
        assert not visitor.get(address).cookies

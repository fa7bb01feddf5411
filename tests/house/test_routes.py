"""Every address says who may open it."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

OPEN = {
    "api:openapi_en",
    "api:openapi_fr",
}


def routes(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern, inner)
        else:
            yield f"{space}{pattern.name}", pattern


def test_only_the_pages_that_say_so_are_open_to_anyone() -> None:
    unguarded = {
        name
        for name, pattern in routes(get_resolver())
        if not getattr(pattern.callback, "login_required", True)
    }
    pages = {
        name for name, pattern in routes(get_resolver()) if getattr(pattern.callback, "is_public_page", False)
    }
    api = {name for name in unguarded - pages if name.startswith("api:")}
    assert unguarded - pages - api == set(), "an address is open without @public_page"
    assert pages >= OPEN


def test_every_address_has_a_name() -> None:
    assert not [str(pattern.pattern) for name, pattern in routes(get_resolver()) if name.endswith("None")]


@pytest.mark.django_db
def test_an_unknown_address_of_the_api_is_answered_as_the_api_answers() -> None:
    response = Client().get("/api/v1/nothing/here", headers={"Accept-Language": "fr"})
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response["Content-Language"] == "fr"

"""Pages for what goes wrong."""

import json
import re

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from structlog.testing import capture_logs

from parvis.config import urls
from parvis.core.pages import public_page
from parvis.web.views.errors import error_page


@public_page
def broken(_request: HttpRequest) -> HttpResponse:
    raise OperationalError("the database is down")


urlpatterns = [path("en/broken", broken), path("broken", broken), *urls.urlpatterns]
handler404, handler500 = urls.handler404, urls.handler500
pytestmark = pytest.mark.urls("tests.web.test_errors")


def test_a_fault_of_ours_shows_a_number_that_the_log_holds_and_asks_no_database(visitor: Client) -> None:
    with capture_logs() as log:
        response = visitor.get("/en/broken")
    html = response.content.decode()
    shown = re.search(r"<code>(\w{16})</code>", html)
    assert response.status_code == 500
    assert shown
    assert shown.group(1) == response["X-Request-ID"]
    assert "the database is down" not in html
    assert [entry["event"] for entry in log if entry["log_level"] == "error"] == ["server error"]


def test_the_error_page_speaks_both_languages_where_the_address_has_none(visitor: Client) -> None:
    html = visitor.get("/broken").content.decode()
    assert "Something went wrong on our side" in html
    assert "Un problème est survenu de notre côté" in html
    assert html.count("<h1") == 1
    assert re.search(r'<div class="[^"]*" lang="fr">', html)


@pytest.mark.parametrize("status", [400, 403, 404, 410, 429, 500])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_mishap_has_its_page_in_each_language(rf: RequestFactory, status: int, language: str) -> None:
    response = error_page(rf.get(f"/{language}/there"), status)
    html = response.content.decode()
    assert response.status_code == status
    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in html
    assert 'content="noindex"' in html


@pytest.mark.django_db
def test_an_unknown_page_is_not_found_in_its_own_language(visitor: Client) -> None:
    assert "Il n’y a pas de page à cette adresse" in visitor.get("/fr/rien").content.decode()
    assert "There is no page at this address" in visitor.get("/en/nothing").content.decode()


def test_a_host_that_is_not_ours_is_a_bad_request(visitor: Client) -> None:
    response = visitor.get("/en/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert json.dumps("elsewhere.example") not in response.content.decode()

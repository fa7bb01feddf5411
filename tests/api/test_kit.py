import json
from collections.abc import Iterator

import pytest
from django.http import Http404, HttpRequest
from django.test import Client, override_settings
from django.urls import path
from ninja import NinjaAPI, Query

from parvis.api import errors
from parvis.api.openapi import in_language, untranslated
from parvis.api.paging import Page, Paging, next_address
from parvis.config import api as assembled
from parvis.core.errors import NotAllowedError, NotReadyError, ParvisError

kit = NinjaAPI(urls_namespace="kit-under-test", auth=None, openapi_url=None, docs_url=None)
errors.install(kit)


@kit.get("/things")
def things(request: HttpRequest, paging: Query[Paging]) -> Page[int]:
    rows = list(range(45))
    part = rows[paging.offset : paging.offset + paging.limit]
    return Page[int](count=len(rows), next=next_address(request, paging, len(rows)), items=part)


@kit.get("/fail/{how}")
def fail(request: HttpRequest, how: str) -> None:  # noqa: ARG001  # the framework gives it
    raise {
        "missing": Http404(),
        "refused": NotAllowedError("Not for you"),
        "stale": NotReadyError(["It has changed"]),
        "wrong": ParvisError("No such law"),
        "broken": RuntimeError("a secret detail"),
    }[how]


urlpatterns = [path("", kit.urls)]


@pytest.fixture
def client() -> Iterator[Client]:
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=["django.middleware.locale.LocaleMiddleware"]):
        yield Client()


def test_paging_follows_next_to_the_end(client: Client) -> None:
    address, seen = "/things?limit=20", []
    while address:
        body = client.get(address).json()
        assert body["count"] == 45
        seen += body["items"]
        address = (body["next"] or "").removeprefix("http://testserver")
    assert seen == list(range(45))


@pytest.mark.parametrize(
    ("how", "status"),
    [("missing", 404), ("refused", 403), ("stale", 409), ("wrong", 422), ("broken", 500), ("else", 500)],
)
def test_every_error_is_a_problem_document(client: Client, how: str, status: int) -> None:
    response = client.get(f"/fail/{how}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body = json.loads(response.content)
    assert body["status"] == status
    assert body["title"]
    assert "secret" not in response.content.decode()


def test_a_fault_of_ours_carries_an_id_that_the_log_holds(
    client: Client, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    body = json.loads(client.get("/fail/broken").content)
    assert len(body["id"]) == 12
    assert body["id"] in capsys.readouterr().out + caplog.text


def test_bad_values_are_named_and_answered_in_french(client: Client) -> None:
    response = client.get("/things?limit=1000", headers={"Accept-Language": "fr"})
    assert response.status_code == 422
    assert response["Content-Language"] == "fr"
    body = json.loads(response.content)
    assert body["title"] == "Certaines valeurs ne sont pas valides"
    assert body["errors"][0]["where"].endswith("limit")


def test_each_language_has_its_own_openapi_document() -> None:
    documents = {language: assembled.document(language) for language in ("en", "fr")}
    assert documents["en"]["info"]["description"] != documents["fr"]["info"]["description"]
    assert " | " not in json.dumps([d["info"]["description"] for d in documents.values()])


def test_no_text_of_the_api_lacks_a_language() -> None:
    assert untranslated(assembled.api.get_openapi_schema(path_prefix="/api/v1/")) == []


def test_a_text_without_its_french_is_found() -> None:
    source = {"paths": {"/x": {"get": {"summary": "One thing | Une chose", "description": "Only English"}}}}
    assert untranslated(source) == ["/paths//x/get/description"]
    assert in_language(source, "fr")["paths"]["/x"]["get"]["summary"] == "Une chose"

"""What load balancers and monitoring ask."""

import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import Client, override_settings

from parvis.search.store import State, serve
from parvis.web import health
from tests.core.test_tasks import abandoned

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty_index() -> None:
    """Let a generation serve that holds nothing."""
    root: Path = settings.INDEX_DIRECTORY
    folder = root / "g-1"
    folder.mkdir(parents=True)
    (folder / "columns.bin").touch()
    State().save(folder)
    serve(root, folder)


def test_it_is_alive_without_asking_anything(visitor: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]  # pytest-django's fixture is a context manager
        response = visitor.get("/healthz", headers={"Host": "10.0.0.7:8000"})
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@override_settings(SECURE_SSL_REDIRECT=True)
def test_probes_are_answered_by_any_host_name_and_without_https(visitor: Client) -> None:
    assert visitor.get("/healthz", headers={"Host": "10.0.0.7:8000"}).status_code == 200
    assert visitor.get("/readyz", headers={"Host": "10.0.0.7:8000"}).status_code in {200, 503}
    assert visitor.get("/en/", headers={"Host": "10.0.0.7:8000"}).status_code == 400


@pytest.mark.usefixtures("empty_index")
def test_it_is_ready_when_all_parts_can_serve_and_a_queue_without_worker_is_degraded(visitor: Client) -> None:
    response = visitor.get("/readyz")
    told = response.json()
    assert response.status_code == 200
    assert set(told["parts"]) == {"database", "index", "queue", "disk"}
    assert told["parts"]["queue"]["state"] == "degraded"
    assert "no-store" in response["Cache-Control"]


def test_without_an_index_visitors_are_not_sent_here(visitor: Client) -> None:
    response = visitor.get("/readyz")
    assert response.status_code == 503
    assert response.json()["parts"]["index"]["state"] == "failing"


@pytest.mark.usefixtures("empty_index")
def test_without_a_database_it_is_not_ready_and_still_alive(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", gone)
    assert visitor.get("/readyz").status_code == 503
    assert visitor.get("/readyz").json()["parts"]["database"]["state"] == "failing"
    assert visitor.get("/healthz").status_code == 200


@pytest.mark.usefixtures("empty_index")
def test_a_full_disk_is_failing(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "NO_DISK", 10**18)
    assert visitor.get("/readyz").json()["parts"]["disk"]["state"] == "failing"


@pytest.mark.usefixtures("empty_index")
def test_metrics_tell_how_the_installation_stands_and_name_routes_never_addresses(visitor: Client) -> None:
    abandoned("some.task", "some:lock")
    visitor.get("/en/search?q=secret+question")
    visitor.get("/en/institutions/somewhere")
    text = visitor.get("/metrics").content.decode()
    assert 'parvis_jobs{state="doing"} 1.0' in text
    for name in (
        "job_oldest_waiting_seconds",
        "audit_seal_lag_seconds",
        "disk_free_bytes",
        "index_age_seconds",
    ):
        assert re.search(rf"^parvis_{name} \d", text, re.MULTILINE), name
    assert re.search(r'^parvis_searches_total\{answered_by="[\w-]+"\} \d', text, re.MULTILINE)
    assert 'view="institution_detail"' in text
    assert not re.search("secret|somewhere|127[.]0[.]0", text)


def test_metrics_are_for_this_machine_or_for_who_has_the_token(visitor: Client) -> None:
    assert visitor.get("/metrics", REMOTE_ADDR="198.51.100.7").status_code == 404
    assert visitor.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
    with override_settings(IS_SECURE=True):
        assert visitor.get("/metrics").status_code == 404
    with override_settings(METRICS_TOKEN="a-long-token"):
        assert visitor.get("/metrics").status_code == 404
        assert visitor.get("/metrics", headers={"Authorization": "Bearer a-wrong-one"}).status_code == 404
        told = visitor.get(
            "/metrics", headers={"Authorization": "Bearer a-long-token"}, REMOTE_ADDR="198.51.100.7"
        )
        assert told.status_code == 200

"""Limits: counted together by all, by a digest and never an address, and answered in the form of what was asked."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from parvis.limits.clients import client_address, client_digest
from parvis.limits.counting import Limit, forget_restored, spend
from parvis.limits.models import Allowance

FEW = Limit("few", 3, 60)
ALL_OFF = {"search": 0, "api": 0, "pages": 0}


@pytest.mark.django_db
def test_a_client_is_stopped_after_its_allowance_and_told_when_to_come_back() -> None:
    assert [spend(FEW, "one") for _ in range(3)] == [0, 0, 0]
    wait = spend(FEW, "one")
    assert 15 <= wait <= 20  # a third of the period gives back one
    assert spend(FEW, "another") == 0
    assert spend(Limit("none", 0, 60), "one") == 0


@pytest.mark.django_db
def test_what_was_used_comes_back_steadily_and_is_forgotten_when_whole() -> None:
    assert [spend(FEW, "one") for _ in range(4)][-1] > 0
    row = Allowance.objects.get()
    row.restored_at = timezone.now() + timedelta(seconds=39)
    row.save()
    assert spend(FEW, "one") == 0
    assert spend(FEW, "one") > 0
    assert forget_restored() == 0
    Allowance.objects.update(restored_at=timezone.now() - timedelta(seconds=1))
    assert forget_restored() == 1


@pytest.mark.django_db(transaction=True)
def test_clients_that_ask_at_once_are_counted_exactly() -> None:
    allowed: list[bool] = []

    def ask() -> None:
        try:
            allowed.extend(spend(Limit("race", 10, 600), "one") == 0 for _ in range(5))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(allowed), sum(allowed)) == (30, 10)


def test_only_as_many_proxies_are_believed_as_are_ours(rf: RequestFactory) -> None:
    request = rf.get(
        "/", headers={"X-Forwarded-For": "9.9.9.9, 198.51.100.7, 10.0.0.2"}, REMOTE_ADDR="10.0.0.1"
    )
    for trusted, address in ((0, "10.0.0.1"), (1, "10.0.0.2"), (2, "198.51.100.7"), (4, "10.0.0.1")):
        with override_settings(TRUSTED_PROXIES=trusted):
            assert client_address(request) == address


def test_a_client_is_a_digest_and_one_home_of_ipv6_is_one_client(rf: RequestFactory) -> None:
    def of(address: str) -> str:
        return client_digest(rf.get("/", REMOTE_ADDR=address))

    assert "198.51.100.7" not in of("198.51.100.7")
    assert of("198.51.100.7") != of("198.51.100.8")
    assert of("2001:db8:1:2::1") == of("2001:db8:1:2:ffff::9")
    assert of("2001:db8:1:2::1") != of("2001:db8:1:3::1")
    with override_settings(SECRET_KEY="another" * 10):
        assert of("198.51.100.7") != client_digest(rf.get("/", REMOTE_ADDR="")) != ""


@pytest.mark.django_db
def test_one_search_too_many_is_said_in_the_language_of_the_page() -> None:
    visitor = Client()
    with override_settings(LIMITS={**ALL_OFF, "search": 1}):
        assert visitor.get("/en/search").status_code == 503  # there is no index here
        english, french = visitor.get("/en/search?q=boats"), visitor.get("/fr/recherche")
        assert visitor.get("/en/about").status_code == 200
    assert (english.status_code, french.status_code) == (429, 429)
    assert 1 <= int(english["Retry-After"]) <= 60
    assert "Too many pages were asked for at once" in english.content.decode()
    assert "Trop de pages demandées à la fois" in french.content.decode()
    assert "no-store" in french["Cache-Control"]


@pytest.mark.django_db
def test_one_request_too_many_to_the_api_is_a_problem_document() -> None:
    with override_settings(LIMITS={**ALL_OFF, "api": 1}):
        assert Client().get("/api/v1/institutions").status_code == 200
        response = Client().get("/api/v1/institutions", headers={"Accept-Language": "fr"})
        assert Client().get("/api/v1/institutions", REMOTE_ADDR="198.51.100.9").status_code == 200
    assert (response.status_code, response["Content-Type"]) == (429, "application/problem+json")
    assert int(response["Retry-After"]) >= 1
    assert json.loads(response.content)["status"] == 429


@pytest.mark.django_db
def test_no_address_reaches_the_database() -> None:
    with override_settings(LIMITS={**ALL_OFF, "pages": 5}):
        Client().get("/en/about", REMOTE_ADDR="198.51.100.7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row::text, ' ') FROM limits_allowance AS row")
        told = cursor.fetchone()[0]
    assert told
    assert "198.51" not in told

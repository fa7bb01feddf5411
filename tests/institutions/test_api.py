import pytest
from django.test import Client

from parvis.api.openapi import untranslated
from parvis.config import api as assembled
from tests.institutions.factories import a_former_name, a_province, an_institution

pytestmark = pytest.mark.django_db


def test_institutions_are_paged_and_filtered(client: Client) -> None:
    for number in range(3):
        an_institution(slug=f"farm-{number}", legal_title_en=f"Farm {number}")
    an_institution(legal_title_en="Zoo", jurisdiction=a_province())
    body = client.get("/api/v1/institutions", {"limit": "2", "jurisdiction": "ca"}).json()
    assert (body["count"], [item["slug"] for item in body["items"]]) == (3, ["farm-0", "farm-1"])
    rest = client.get(body["next"]).json()
    assert ([item["slug"] for item in rest["items"]], rest["next"]) == (["farm-2"], None)
    assert client.get("/api/v1/institutions", {"q": "zoo", "letter": "Z"}).json()["count"] == 1


def test_one_institution_comes_whole_in_both_languages(client: Client) -> None:
    row = an_institution(
        slug="north", purpose_en="Treaties.", purpose_fr="Traités.", access_email="atip@example.org"
    )
    a_former_name(row, from_year=2011, until_year=2015)
    body = client.get("/api/v1/institutions/north").json()
    assert body["purpose"] == {"en": "Treaties.", "fr": "Traités."}
    assert body["former_names"] == [
        {"title": {"en": "Old Agency", "fr": "Ancienne agence"}, "from_year": 2011, "until_year": 2015}
    ]
    assert body["access_contact"]["email"] == "atip@example.org"
    assert (body["successor"], body["schedule"], body["acronym"]) == (None, None, {"en": None, "fr": None})


def test_an_unknown_institution_is_a_problem_document(client: Client) -> None:
    response = client.get("/api/v1/institutions/nobody")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_jurisdictions_are_listed(client: Client) -> None:
    a_province()
    assert [one["code"] for one in client.get("/api/v1/jurisdictions").json()] == ["ca", "ca-bc"]


def test_the_addresses_are_described_in_both_languages() -> None:
    document = assembled.api.get_openapi_schema(path_prefix="/api/v1/")
    assert "/api/v1/institutions/{slug}" in document["paths"]
    assert untranslated(document) == []

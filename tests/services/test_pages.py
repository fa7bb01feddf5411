import io
import zipfile
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from parvis.core.actor import Actor
from parvis.core.bilingual import LANGUAGES, Language, Text
from parvis.services.actions.editions import publish_edition
from parvis.services.actions.figures import refresh_figures
from parvis.services.models import ServiceYear
from parvis.services.values import Reading
from tests.services.factories import a_department, a_service_year, a_standard_year

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("tests")
YEAR = "2023-2024"


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def address(name: str, *args: object, language: Language = "en") -> str:
    with translation.override(language):
        return reverse(name, args=args)


def a_small_inventory() -> ServiceYear:
    """Make two services: one that keeps its promise, one that does not and counts nothing."""
    ferry = a_service_year(
        name_en="Island ferry", name_fr="Traversier des îles", num_applications_online=Reading.of(1238)
    )
    a_standard_year(ferry)
    late = a_service_year(
        name_en="Harbour permits",
        name_fr="Permis portuaires",
        os_application="N",
        num_applications_online=Reading.NO_DATA,
    )
    a_standard_year(late, volume_meeting_target=Reading.of(80))
    return ferry


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_stands_in_both_languages(client: Client, language: Language) -> None:
    ferry = a_small_inventory()
    first = publish_edition(actor=SYSTEM, year=2023, why=Text("First", "D’abord"), as_of=date(2024, 9, 30))
    ServiceYear.objects.filter(pk=ferry.pk).update(num_applications_online_number=1_238_000)
    second = publish_edition(actor=SYSTEM, year=2023, why=Text("Unit", "Unité"), as_of=date(2025, 9, 30))
    standard = ferry.service.standards.get()
    pages = [
        ("service_home", ()),
        ("service_list", ()),
        ("service_departments", ()),
        ("service_department", ("ferries",)),
        ("service_figures", ()),
        ("service_indicator", ("standards-met",)),
        ("service_figure", ("standards-met", YEAR)),
        ("service_figure", ("applications-online", YEAR)),
        ("service_figure", ("satisfaction", YEAR)),
        ("service_figure_of", ("online-end-to-end", YEAR, "ferries")),
        ("service_editions", ()),
        ("service_edition", (first.public_id,)),
        ("service_edition", (second.public_id,)),
        ("service_edition_changes", (second.public_id,)),
        ("service_detail", (ferry.service.public_id,)),
        ("standard_detail", (standard.public_id,)),
        ("service_trend", ("standards-met",)),
        ("service_chart", (ferry.service.public_id,)),
        ("standard_chart", (standard.public_id,)),
    ]
    for name, args in pages:
        found = text_of(client, address(name, *args, language=language))
        assert "<h1" in found or found.startswith("<svg"), name
    changes = text_of(client, address("service_edition_changes", second.public_id, language=language))
    assert ("thousand" if language == "en" else "mille fois") in changes
    frozen = address("service_figure", "applications-online", YEAR, language=language)
    assert ("1,238" if language == "en" else "1\u00a0238") in text_of(client, f"{frozen}?edition=1")


def test_a_figure_says_over_how_many_of_how_many_and_under_the_other_denominator(client: Client) -> None:
    a_small_inventory()
    a_standard_year(a_service_year(), total_volume=Reading.NO_DATA)
    found = text_of(client, address("service_figure", "standards-met", YEAR))
    assert "1 of 2 assessed service standards met its target." in found
    assert "33.3%" in found
    assert "Not assessed: 1" in found
    assert "service.external" in found
    french = text_of(client, address("service_figure", "standards-met", YEAR, language="fr"))
    assert "1 norme de service évaluée sur 2 a atteint sa cible." in french
    assert "33,3\u00a0%" in french


def test_what_nobody_measured_is_said_and_is_no_zero(client: Client) -> None:
    a_small_inventory()
    found = text_of(client, address("service_figure", "satisfaction", YEAR))
    assert "That is not a zero" in found
    assert "0%" not in found


def test_a_service_says_what_it_promised_and_what_it_achieved(client: Client) -> None:
    ferry = a_small_inventory()
    found = text_of(client, address("service_detail", ferry.service.public_id))
    assert "In 2023-2024, the one service standard that was assessed met its target." in found
    assert "It can be used online from the first step to the last." in found
    assert '"@type": "GovernmentService"' in found
    assert "95%" in found


def test_an_edit_shows_on_pages_at_once(client: Client) -> None:
    ferry = a_small_inventory()
    refresh_figures(actor=SYSTEM)
    page = address("service_home")
    assert "1 of 2 external services is online from end to end." in text_of(client, page)
    ServiceYear.objects.filter(pk=ferry.pk).update(os_application="N")
    assert "0 of 2 external services are online from end to end." in text_of(client, page)


def test_a_list_is_narrowed_without_script(client: Client) -> None:
    a_small_inventory()
    a_service_year(name_en="Park passes", name_fr="Laissez-passer", institution=a_department("parks"))
    page = address("service_list")
    for query, there, gone in (
        ("q=ILES", "Island ferry", "Harbour"),
        ("standards=missed", "Harbour", "Island"),
        ("standards=met", "Island", "Harbour"),
        ("standards=none", "Park passes", "Island"),
        ("online=some", "Harbour", "Island"),
        ("online=all", "Island", "Harbour"),
        ("institution=parks", "Park passes", "Island"),
    ):
        found = text_of(client, f"{page}?{query}")
        assert there in found, query
        assert gone not in found, query
    assert "No service fits" in text_of(client, f"{page}?q=zeppelin")


def test_what_does_not_exist_is_not_found(client: Client) -> None:
    a_small_inventory()
    for path in (
        address("service_detail", "zzzzzzzzzzzzzzzz"),
        address("service_figure", "standards-met", "1999-2000"),
        address("service_figure", "standards-met", "nonsense"),
        address("service_figure", "unknown", YEAR),
        address("service_figure", "standards-met", YEAR) + "?edition=7",
        address("service_department", "nowhere"),
        address("service_home") + "?year=1999-2000",
    ):
        text_of(client, path, 404)


def test_the_rows_of_a_figure_come_as_files_and_data(client: Client) -> None:
    ferry = a_small_inventory()
    base = f"/api/v1/figures/applications-online/{YEAR}"
    data = client.get(base).json()
    assert data["figure"]["not_measured"] == {"ND": 1}
    assert {row["public_id"]: row["not_measured"] for row in data["rows"]}[ferry.service.public_id] is None
    lines = client.get(f"{base}.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert any(line.endswith(",nd,0.0,,ND") for line in lines)
    sheet = zipfile.ZipFile(io.BytesIO(client.get(f"{base}.xlsx").content))
    assert "xl/worksheets/sheet1.xml" in sheet.namelist()
    assert client.get("/api/v1/figures/applications-online/1999-2000").status_code == 404


def test_a_service_is_described_as_cpsv_ap_in_both_languages(client: Client) -> None:
    ferry = a_small_inventory()
    found = client.get(f"/api/v1/services/{ferry.service.public_id}/cpsv-ap.jsonld").json()
    assert found["@type"] == "cpsv:PublicService"
    assert {one["@language"]: one["@value"] for one in found["dct:title"]}["fr"] == "Traversier des îles"
    detail = client.get(f"/api/v1/services/{ferry.service.public_id}").json()
    assert detail["years"][0]["volumes"]["num_applications_online"] == 1238
    assert detail["years"][0]["volumes"]["num_applications_by_mail"] is None
    assert client.get("/api/v1/services?standards=missed").json()["count"] == 1


def test_a_year_of_which_a_stray_record_is_there_is_said_to_be_begun_and_held_against_nothing(
    client: Client,
) -> None:
    a_small_inventory()
    a_service_year()
    a_service_year(year=2024, os_application="N")
    a_service_year(year=2022)
    page = address("service_home")
    shown = text_of(client, page)
    assert "2 of 3 external services are online from end to end." in shown
    assert "is only begun" not in shown
    begun = text_of(client, f"{page}?year=2024-2025")
    assert "2024-2025 is only begun: 1 service is reported so far, of 3 in 2023-2024." in begun
    assert 'class="move' not in begun

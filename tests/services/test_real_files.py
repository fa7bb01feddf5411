"""On the real inventory named by PARVIS_DATA: every row accounted for, the official results to the digit."""

import os
from pathlib import Path

import pytest

from parvis.institutions.actions import load_institutions
from parvis.institutions.files import read_files, shipped_files
from parvis.services.loading.report import InventoryReport
from parvis.services.models import Service, ServiceYear, SetAsideRow, StandardYear
from parvis.services.models.services import POINTS
from tests.services.files import ACTOR, load

DATA = Path(os.environ.get("PARVIS_DATA", "")) / "services"
pytestmark = [
    pytest.mark.data,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the real files are not here: set PARVIS_DATA to their folder"
    ),
]


@pytest.fixture
def loaded() -> dict[str, InventoryReport]:
    load_institutions(actor=ACTOR, files=read_files(shipped_files()))
    return {report.file_name: report for report in load(DATA)}


def test_all_years_are_loaded_in_under_a_minute_every_row_accounted_for_and_twice_the_same(
    loaded: dict[str, InventoryReport],
) -> None:
    assert len(loaded) == 17
    assert all(
        report.rows == report.taken + report.counts["superseded"] + report.refused
        for name, report in loaded.items()
        if not name.startswith(("cp-pc", "serv_prog"))  # there one row makes several, or several make one
    )
    assert sum(report.seconds for report in loaded.values()) < 60
    for report in load(DATA):
        assert (report.counts["new"], report.counts["changed"], report.gone, report.replaced) == (0, 0, 0, 0)


def test_the_official_results_of_2023_24_come_out_to_the_digit(loaded: dict[str, InventoryReport]) -> None:
    assert loaded["si_2023-2024.csv"].refused == 0
    external = [
        row for row in ServiceYear.objects.current().filter(year=2023) if "EXTERN" in row.service_scope
    ]
    answers = [[getattr(row, point) for point in POINTS] for row in external]
    online = [one for one in answers if "N" not in one and "Y" in one]
    applicable = [one for one in answers if set(one) != {"NA"}]
    assert (len(online), len(external), len(applicable)) == (382, 1596, 1165)
    standards = StandardYear.objects.current().filter(
        year=2023, standard__service__in=[row.service_id for row in external]
    )
    assert standards.filter(target_met="Y").count() == 1238
    assert standards.filter(target_met__in=["Y", "N"]).count() == 1683
    assert standards.count() == 2195


def test_every_row_has_its_institution_and_the_snapshot_is_no_current_data(
    loaded: dict[str, InventoryReport],
) -> None:
    assert not ServiceYear.objects.filter(institution__isnull=True).exists()
    snapshot = "2025-03-01"
    assert ServiceYear.objects.filter(snapshot__label=snapshot).count() == 1_721
    assert StandardYear.objects.filter(snapshot__label=snapshot).count() == 2_341
    years = ServiceYear.objects.current().order_by("year").values_list("year", flat=True)
    counts = {year: list(years).count(year) for year in set(years)}
    assert counts == {2016: 347, 2017: 336, 2018: 1_250, 2019: 1_231, 2023: 1_751, 2024: 1}
    assert loaded["si_2023-2024_snapshot-2025-03-01.csv"].edition == snapshot


def test_unlike_services_under_one_identifier_stay_two(loaded: dict[str, InventoryReport]) -> None:
    assert loaded["2017-2018_services.csv"].by_reason(is_refused=False)["shared-identifier"] == 4
    passports, restrictions = Service.objects.get(key="1941@cic"), Service.objects.filter(key="1941")
    assert passports.name_en == "Regular Passport"
    assert all("Restriction" in one.name_en for one in restrictions)
    assert set(Service.objects.filter(service_id="1548").values_list("years__year", flat=True)) >= {
        2016,
        2017,
    }
    assert StandardYear.objects.filter(year=2017, standard__service_standard_id="32").count() == 7


def test_the_first_generation_gives_way_to_the_second_and_is_kept(loaded: dict[str, InventoryReport]) -> None:
    first = loaded["v1_2016-2018_services_11depts.csv"]
    assert (first.counts["superseded"], first.counts["new"]) == (694, 0)
    assert SetAsideRow.objects.filter(file__name=first.file_name).count() == 694

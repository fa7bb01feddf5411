"""Measures of services from a file: each row is taken, or refused for a reason."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError
from parvis.services import actions
from parvis.services.loading.measures import COLUMNS, lines, load_measures
from parvis.services.models import Measure, ServiceYear
from parvis.services.queries.figures import results
from parvis.tables.report import RowReport
from parvis.tables.table import UnreadableFileError
from tests.services.factories import a_department, a_service_year

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")


@pytest.fixture
def record() -> ServiceYear:
    return a_service_year()


def a_row(record: ServiceYear, **given: str) -> dict[str, str]:
    return {
        "fiscal_yr": "2023-2024",
        "service_id": record.service.service_id,
        "owner_org": "",
        "measure": "satisfaction",
        "value": "0.815",
        "unit": "1",
        "sample_size": "1200",
        "source_en": "Survey of May 2024",
        "source_fr": "Sondage de mai 2024",
    } | given


def loaded(path: Path, *rows: dict[str, str]) -> RowReport:
    with (path / "measures.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return load_measures(actor=ACTOR, path=path / "measures.csv")


def test_measures_are_taken_once_and_show_in_figures(record: ServiceYear, tmp_path: Path) -> None:
    rows = [
        a_row(record),
        a_row(record, measure="completion", value="64", unit="%", sample_size="500"),
        a_row(record, measure="cost_per_transaction", value="4.20", unit="CAD", sample_size="9000"),
    ]
    assert loaded(tmp_path, *rows).counts == {"new": 3}
    assert loaded(tmp_path, *rows).counts == {"unchanged": 3}
    rows[0]["value"] = "0.82"
    assert loaded(tmp_path, *rows).counts == {"changed": 1, "unchanged": 2}
    values = dict(Measure.objects.order_by("pk").values_list("kind", "value"))
    assert values == {
        "satisfaction": Decimal("0.82"),
        "completion": Decimal("0.64"),
        "cost_per_transaction": Decimal("4.20"),
    }
    found = {one.indicator: one.value for one in results(institution="ferries")}
    assert found["satisfaction"] == pytest.approx(0.82)
    assert found["completion"] == pytest.approx(0.64)
    assert found["cost-per-transaction"] == pytest.approx(4.2)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"fiscal_yr": "soon"}, "no-year"),
        ({"service_id": ""}, "no-identifier"),
        ({"service_id": "nothing"}, "no-record"),
        ({"fiscal_yr": "2011-2012"}, "no-record"),
        ({"owner_org": "nobody"}, "no-record"),
        ({"measure": "joy"}, "unknown-measure"),
        ({"unit": "CAD"}, "wrong-unit"),
        ({"value": "much"}, "unreadable"),
        ({"value": "NaN"}, "unreadable"),
        ({"sample_size": ""}, "unreadable"),
        ({"sample_size": "0"}, "out-of-range"),
        ({"value": "81"}, "out-of-range"),
        ({"source_fr": ""}, "no-source"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_with_its_reason(
    record: ServiceYear, tmp_path: Path, given: dict[str, str], reason: str
) -> None:
    report = loaded(tmp_path, a_row(record, **given), a_row(record, measure="completion"))
    assert [(one.line, one.reason) for one in report.problems] == [(2, reason)]
    assert (report.rows, report.taken, report.refused) == (2, 1, 1)
    assert report.csv_path is not None
    assert reason in report.csv_path.read_text(encoding="utf-8-sig")
    assert any(reason in line for line in lines(report))


def test_the_same_measure_twice_in_a_file_is_taken_once(record: ServiceYear, tmp_path: Path) -> None:
    report = loaded(tmp_path, a_row(record), a_row(record, value="0.5"))
    assert [one.reason for one in report.problems] == ["repeated"]
    assert Measure.objects.get().value == Decimal("0.815")


def test_an_identifier_of_several_services_needs_the_institution(record: ServiceYear, tmp_path: Path) -> None:
    other = a_service_year(institution=a_department("parks", open_data_slug="parks"))
    type(other.service).objects.filter(pk=other.service.pk).update(service_id=record.service.service_id)
    report = loaded(tmp_path, a_row(record))
    assert [one.reason for one in report.problems] == ["several-services"]
    assert loaded(tmp_path, a_row(record, owner_org="parks")).taken == 1
    assert Measure.objects.get().service_year == other


def test_a_file_without_these_columns_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("fiscal_yr,service_id\n2023-2024,1\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="measure"):
        load_measures(actor=ACTOR, path=path)


def test_only_who_may_load_files_loads_measures() -> None:
    with pytest.raises(NotAllowedError):
        actions.load_measures(actor=Actor.public(), rows=[])

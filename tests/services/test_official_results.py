"""Our figures over the real files, held against the official results: 2023-24 to the digit, each difference named."""

import contextlib
import io
import json
import os
from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.institutions.actions import load_shipped_institutions
from parvis.services.actions.editions import publish_edition
from parvis.services.evaluation import commands
from parvis.services.loading.report import InventoryReport
from parvis.services.models import Snapshot
from parvis.services.queries.editions import comparison
from parvis.services.queries.figures import results
from tests.services.files import load
from tests.services.test_real_files import (
    the_official_findings_come_out,
    the_official_results_come_out,
    the_snapshot_is_apart,
)

pytestmark = [pytest.mark.data, pytest.mark.django_db]
SYSTEM = Actor.system("tests")
DATA = Path(os.environ.get("PARVIS_DATA", "/nowhere")) / "services"
CHARTS = ("ref/cp-pc-2526-eng.csv", "ref/cp-pc-2526-fra.csv")
FILES = (
    *("si_2023-2024.csv", "ss_2023-2024.csv"),
    *("si_2023-2024_snapshot-2025-03-01.csv", "ss_2023-2024_snapshot-2025-03-01.csv"),
    *("history/2018-2019_services.csv", "history/2018-2019_standards.csv"),
    *("history/2019-2020_services.csv", "history/2019-2020_standards.csv"),
    *CHARTS,
)
ADDED = {"SRV02904", "SRV02907"}


@pytest.fixture(scope="module")
def inventory(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[InventoryReport]]:  # noqa: ARG001  # the database stands
    """Load the real files once for this module; each test leaves them as they are."""
    with django_db_blocker.unblock():
        load_shipped_institutions(actor=SYSTEM)
        yield load(*(DATA / name for name in FILES))
        call_command("flush", verbosity=0, interactive=False)  # loading commits: institutions and events too


@pytest.fixture(scope="module")
def compared(inventory: list[InventoryReport], django_db_blocker: DjangoDbBlocker) -> dict[str, Any]:  # noqa: ARG001  # loaded
    with django_db_blocker.unblock(), contextlib.redirect_stdout(io.StringIO()) as said:
        assert commands.evaluate(Namespace(folder=DATA / "indicators_2026-01-19", format="json")) == 0
    found: dict[str, Any] = json.loads(said.getvalue())
    return found


def of(compared: dict[str, Any], indicator: str, part: str, year: str = "2023-2024") -> dict[str, Any]:
    told = compared["indicators"][indicator][year]
    return next(one for one in told["results"] if one["part"] == part)


def test_every_row_of_these_files_is_accounted_for_and_none_of_2023_24_is_refused(
    inventory: list[InventoryReport],
) -> None:
    assert len(inventory) == len(FILES)
    for report in inventory:
        if f"ref/{report.file_name}" in CHARTS:  # a row of these makes several
            continue
        assert report.rows == report.taken + report.counts["superseded"] + report.refused, report.file_name
    assert not any(report.refused for report in inventory if report.file_name in FILES[:2])
    for report in load(*(DATA / name for name in FILES[:2])):
        assert (report.counts["new"], report.counts["changed"], report.gone, report.replaced) == (0, 0, 0, 0)


@pytest.mark.usefixtures("inventory")
def test_the_rows_themselves_hold_the_official_results_and_findings_and_the_snapshot_stays_apart() -> None:
    the_official_results_come_out()
    the_snapshot_is_apart()
    the_official_findings_come_out(with_history=False)


def test_2023_24_agrees_but_for_two_services_added_since(compared: dict[str, Any]) -> None:
    online = of(compared, "online-end-to-end", "numerator")
    assert (online["official"], online["ours"], online["difference"]) == (382, 382, 0)
    external = of(compared, "external-services", "numerator")
    assert (external["official"], external["ours"]) == (1594, 1596)
    causes = compared["indicators"]["external-services"]["2023-2024"]["causes"]
    added = {one["service_id"] for one in causes if one.get("cause") == "added since the official results"}
    assert added == ADDED
    met, judged = (of(compared, "standards-met", part) for part in ("numerator", "denominator"))
    assert (met["ours"], judged["ours"], met["difference"], judged["difference"]) == (1238, 1683, 0, 0)
    assert of(compared, "standards-met", "value")["ours"] == pytest.approx(0.7356, abs=5e-5)


def test_every_difference_of_every_year_names_its_cause(compared: dict[str, Any]) -> None:
    for indicator, years in compared["indicators"].items():
        for year, told in years.items():
            if told.get("differs"):
                assert told.get("causes") or told.get("reason"), (indicator, year)


def test_2018_19_has_the_same_services_and_other_answers_to_255_of_them(compared: dict[str, Any]) -> None:
    rows = compared["rows"]["2018-2019"]
    assert rows["si_oip"]["official"] == 1244
    assert not rows["si_oip"]["only_official"]
    assert not rows["si_oip"]["only_ours"]
    assert len(rows["si_oip"]["another_value"]) == 255
    assert rows["si_vol"]["alike"] == rows["si_vol"]["official"] == 959
    assert of(compared, "external-services", "numerator", "2018-2019")["difference"] == 0


def test_2019_20_lacks_65_services_by_name(compared: dict[str, Any]) -> None:
    gone = compared["rows"]["2019-2020"]["si_oip"]["only_official"]
    assert len(gone) == 65
    assert "1052" in gone
    causes = compared["indicators"]["services"]["2019-2020"]["causes"]
    assert {one["service_id"] for one in causes if one["cause"] == "not in the raw file"} == set(gone)


def test_years_without_a_raw_file_say_so(compared: dict[str, Any]) -> None:
    for year in ("2020-2021", "2021-2022", "2022-2023", "2024-2025"):
        assert compared["indicators"]["online-end-to-end"][year]["reason"] == "no raw file"
        assert compared["rows"][year] == {"reason": "no raw file"}
        assert of(compared, "online-end-to-end", "numerator", year)["ours"] is None


@pytest.mark.usefixtures("inventory")
def test_the_other_denominator_of_online_end_to_end_is_those_with_an_applicable_step() -> None:
    [one] = results(indicators=["online-end-to-end"], years=[2023], institution="")
    assert (one.numerator, one.denominator, one.rows - one.measured) == (382, 1596, 431)
    assert one.value == pytest.approx(0.239, abs=5e-4)
    [other] = one.alternatives
    assert (other.numerator, other.denominator) == (382, 1165)
    assert other.value == pytest.approx(0.328, abs=5e-4)


@pytest.mark.usefixtures("inventory")
def test_from_the_snapshot_to_the_file_the_edition_says_what_changed() -> None:
    snapshot = Snapshot.objects.get(label="2025-03-01")
    why = Text("Departments corrected their rows.", "Les ministères ont corrigé leurs lignes.")
    publish_edition(actor=SYSTEM, year=2023, why=why, as_of=snapshot.taken_on, snapshot=snapshot)
    edition = publish_edition(actor=SYSTEM, year=2023, why=why, as_of=date(2026, 5, 5))
    found = comparison(edition.public_id)
    assert found is not None
    standards = found.standards
    assert (len(standards.went), len(standards.came)) == (21, 23)
    assert (standards.rows_with_other_numbers, len(standards.verdicts)) == (11, 3)
    assert {row.cells["service_standard_id"] for row in standards.units} == {"3071", "3070"}
    [volume] = [one for one in found.figures if one.indicator == "standards-met-by-volume"]
    assert volume.before is not None
    assert volume.after is not None
    assert [round(one.value or 0, 3) for one in (volume.before, volume.after)] == [0.949, 0.869]

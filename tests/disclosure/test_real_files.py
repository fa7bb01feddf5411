"""On the real files named by PARVIS_DATA: every row accounted for, in time, twice the same."""

import json
import os
import time
from pathlib import Path

import pytest

from parvis.disclosure.findable import resolve_summary
from parvis.disclosure.loading.holdings import load_holdings
from parvis.disclosure.loading.report import LoadReport
from parvis.disclosure.models import Summary, SummaryVersion
from parvis.institutions.actions import load_institutions
from parvis.institutions.files import read_files, shipped_files
from tests.disclosure.factories import ACTOR, load

DATA = Path(os.environ.get("PARVIS_DATA", ""))
FILES = {"federal": 1_939, "federal_2012_2014": 831, "provincial_municipal": 20_449}
pytestmark = [
    pytest.mark.data,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not (DATA / "summaries").is_dir(),
        reason="the real files are not here: set PARVIS_DATA to their folder",
    ),
]


@pytest.fixture
def loaded() -> dict[str, LoadReport]:
    load_institutions(actor=ACTOR, files=read_files(shipped_files()))
    return {name: load(DATA / "summaries" / f"{name}.csv") for name in FILES}


@pytest.mark.parametrize(
    "again", [("federal", "federal_2012_2014"), pytest.param(tuple(FILES), marks=pytest.mark.soak)]
)
def test_all_rows_of_the_three_files_are_accounted_for_in_time_and_twice_the_same(
    loaded: dict[str, LoadReport], again: tuple[str, ...]
) -> None:
    assert {name: report.rows for name, report in loaded.items()} == FILES
    assert all(report.taken + report.refused == report.rows for report in loaded.values())
    assert sum(report.seconds for report in loaded.values()) < 90
    assert loaded["provincial_municipal"].by_reason(is_refused=False)["impossible-date"] == 1_639
    assert not Summary.objects.filter(institution__isnull=True).exists()
    began = time.monotonic()
    for name in again:
        report = load(DATA / "summaries" / f"{name}.csv")
        assert (report.counts["unchanged"], report.withdrawn, report.held) == (
            FILES[name] - report.refused,
            0,
            0,
        )
    assert time.monotonic() - began < 60
    records = sum(report.counts["records"] for report in loaded.values())
    assert Summary.objects.count() == records
    assert SummaryVersion.objects.count() == sum(report.counts["versions"] for report in loaded.values())
    assert_every_target_is_found()


def assert_every_target_is_found() -> None:
    lines = (DATA / "summaries" / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    targets = {target for line in lines for target in json.loads(line)["targets"]}
    assert len(targets) > 90
    assert [target for target in sorted(targets) if len(resolve_summary(target)) != 1] == []


def test_all_rows_of_the_holdings_are_accounted_for_and_twice_the_same() -> None:
    load_institutions(actor=ACTOR, files=read_files(shipped_files()))
    first = load_holdings(actor=ACTOR, folder=DATA / "holdings")
    assert all(report.taken + report.refused == report.rows for report in first)
    assert {report.file_name: report.rows for report in first}.items() >= {
        "cor_table_en_fr_all.csv": 1_924,
        "standard_classes_of_records_en_fr.csv": 33,
        "pibs_en_fr.csv": 1_700,
        "spib_en_fr.csv": 49,
    }.items()
    second = load_holdings(actor=ACTOR, folder=DATA / "holdings")
    assert [report.counts["unchanged"] for report in second] == [report.taken for report in first]
    assert not any(report.withdrawn or report.held for report in second)

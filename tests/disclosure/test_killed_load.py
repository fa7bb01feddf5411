import time
from pathlib import Path

import pytest

from parvis.disclosure.models import Load, Summary
from parvis.tables.locks import one_load_of
from tests.disclosure.factories import a_file, ferries, load, rows
from tests.tables.programs import start

ROWS = 6000


@pytest.mark.django_db(transaction=True)
def test_a_killed_load_loses_nothing_and_is_completed_by_the_next(tmp_path: Path) -> None:
    ferries()
    path = a_file(tmp_path / "federal.csv", rows(ROWS))
    process = start("load", "summaries", str(path), home=tmp_path / "other-home")
    try:
        until = time.monotonic() + 60
        while not Summary.objects.exists() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
    finally:
        process.kill()
        process.wait()
    taken = Summary.objects.count()
    assert 0 < taken < ROWS, "it was to be killed in the middle"
    assert Load.objects.get().state == "running"
    kept = dict(Summary.objects.values_list("request_number", "public_id"))

    report = load(path)

    assert report.goes_on
    assert (report.counts["unchanged"], report.counts["new"]) == (taken, ROWS - taken)
    assert Summary.objects.count() == ROWS
    assert kept.items() <= dict(Summary.objects.values_list("request_number", "public_id")).items()
    assert list(Load.objects.order_by("pk").values_list("state", flat=True)) == ["interrupted", "completed"]
    assert load(path).counts["unchanged"] == ROWS


@pytest.mark.django_db(transaction=True)
def test_a_source_is_loaded_by_one_process_at_a_time(tmp_path: Path) -> None:
    ferries()
    path = a_file(tmp_path / "federal.csv", rows(3))
    with one_load_of("federal", "summaries"):
        assert start("load", "summaries", str(path), home=tmp_path / "other-home").wait(timeout=60) == 2
    assert not Load.objects.exists()
    assert start("load", "summaries", str(path), home=tmp_path / "other-home").wait(timeout=60) == 0
    assert Summary.objects.count() == 3

import time
from pathlib import Path

import pytest

from parvis.services.models import Load, ServiceYear
from tests.services.files import SERVICES, a_service, ferries, load, write
from tests.tables.programs import start

ROWS = 3000


@pytest.mark.django_db(transaction=True)
def test_a_killed_load_loses_nothing_and_is_completed_by_the_next(tmp_path: Path) -> None:
    ferries()
    path = write(tmp_path / "si.csv", SERVICES, (a_service(str(number)) for number in range(ROWS)))
    process = start("load", "services", str(path), home=tmp_path / "other-home")
    try:
        until = time.monotonic() + 60
        while not ServiceYear.objects.exists() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
    finally:
        process.kill()
        process.wait()
    taken = ServiceYear.objects.count()
    assert 0 < taken < ROWS, "it was to be killed in the middle"
    kept = dict(ServiceYear.objects.values_list("service__key", "public_id"))

    (report,) = load(path)

    assert report.goes_on
    assert (report.counts["unchanged"], report.counts["new"]) == (taken, ROWS - taken)
    assert kept.items() <= dict(ServiceYear.objects.values_list("service__key", "public_id")).items()
    assert list(Load.objects.order_by("pk").values_list("state", flat=True)) == ["interrupted", "completed"]

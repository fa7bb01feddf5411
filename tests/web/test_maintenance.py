"""The maintenance page: for administrators of the installation, unknown to others."""

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from parvis.audit.queries import last_moment
from parvis.core.roles import Grant, Role
from parvis.web.events import OperationEvent
from tests.acting import acting
from tests.core.test_tasks import abandoned

pytestmark = pytest.mark.django_db
ADMINISTRATOR = Grant(Role.ADMINISTRATOR)
PAGES = ("/en/staff/maintenance", "/fr/personnel/entretien")
RETRY = "/en/staff/maintenance/retry"


def failed_job(lock: str = "") -> int:
    job = abandoned("search.sweep", lock or "a:lock")
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job])
    return job


@pytest.mark.parametrize("address", PAGES)
def test_the_page_opens_to_administrators_and_is_unknown_to_others(address: str) -> None:
    with acting(ADMINISTRATOR) as client:
        page = client.get(address)
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
    for grants in (
        (),
        (Grant(Role.CENTRAL_OFFICE),),
        (Grant(Role.ADMINISTRATOR, 3),),
    ):  # the right role, elsewhere
        with acting(*grants) as client:
            assert client.get(address).status_code == 404
            assert client.post(RETRY, {"job": "1"}).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_failed_task_is_listed_and_put_into_the_queue_again_and_the_trail_tells() -> None:
    job = failed_job()
    with acting(ADMINISTRATOR) as client:
        page = client.get(PAGES[1]).content.decode()
        assert "search.sweep" in page
        assert f'value="{job}"' in page
        assert client.get("/en/staff").content.decode().count("/en/staff/maintenance") == 1
        assert client.post(RETRY, {"job": str(job)}).status_code == 302
        assert "search.sweep" not in client.get(PAGES[0]).content.decode()
        again = client.post(RETRY, {"job": str(job)})
    assert again.status_code == 409
    assert "no longer stands as failed" in again.content.decode()
    assert ProcrastinateJob.objects.get(pk=job).status == "todo"
    assert last_moment(OperationEvent.JOB_RETRIED)


@pytest.mark.parametrize("job", ["", "x", "-1", "9" * 40])
def test_what_names_no_task_is_told_plainly(job: str) -> None:
    with acting(ADMINISTRATOR) as client:
        assert client.post(RETRY, {"job": job}).status_code == 409

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from parvis.audit.tasks import seal
from parvis.core.tasks import retry_stalled
from parvis.core.urgency import SINGLE, SOMEBODY_WAITS
from parvis.search.actions import announce_changes

T = TypeVar("T")


def awaited(function: Callable[..., Coroutine[Any, Any, T]], **named: Any) -> T:
    """Run a coroutine to its end in a thread of its own: on a worker that had a browser, this one keeps its event loop.

    It has a connection of its own, and sees what was committed.
    """

    async def whole() -> T:
        try:
            return await function(**named)
        finally:
            await sync_to_async(connections.close_all)()

    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, whole()).result()


def abandoned(task: str, queueing_lock: str) -> int:
    """Leave a job as a killed worker leaves it: `doing`, and nobody does it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, queueing_lock, args, status, attempts)"
            " VALUES ('default', %s, 0, %s, '{}', 'doing', 0) RETURNING id",
            [task, queueing_lock],
        )
        row: tuple[int] = cursor.fetchone()
        return row[0]


@pytest.mark.django_db(transaction=True)
def test_a_task_whose_worker_was_killed_is_given_back() -> None:
    job = abandoned("some.task", "some:lock")
    assert awaited(retry_stalled.func, timestamp=0) == 1
    assert ProcrastinateJob.objects.get(pk=job).status == "todo"


@pytest.mark.django_db(transaction=True)
def test_a_killed_task_that_waits_again_already_is_not_queued_twice() -> None:
    job = abandoned("some.task", "some:lock")
    app.configure_task("some.task", queueing_lock="some:lock", allow_unknown=True).defer()
    assert awaited(retry_stalled.func, timestamp=0) == 1
    assert ProcrastinateJob.objects.get(pk=job).status == "failed"
    assert ProcrastinateJob.objects.filter(status="todo", task_name="some.task").count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_waits_once_at_most_goes_before_codes_and_letters_that_waited_longer() -> None:
    for priority in (0, SOMEBODY_WAITS):
        app.configure_task("some.task", allow_unknown=True, priority=priority).defer()
    announce_changes(kind="institution", public_ids=["ferries"])
    seal.configure(task_kwargs={"timestamp": 0}).defer()
    rows = ProcrastinateJob.objects.order_by("-priority", "pk").values_list("task_name", "priority")
    names = ["search.refresh", "audit.seal", "some.task", "some.task"]
    assert list(rows) == list(zip(names, (SINGLE, SINGLE, SOMEBODY_WAITS, 0), strict=True))

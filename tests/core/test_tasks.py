from asyncio import events
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from parvis.core.tasks import retry_stalled

T = TypeVar("T")


def awaited(function: Callable[..., Coroutine[Any, Any, T]], *given: Any, **named: Any) -> T:
    """Run a coroutine to its end, also on a worker that had a browser, whose event loop stays in the thread."""
    loop = events._get_running_loop()
    events._set_running_loop(None)
    try:
        return async_to_sync(function)(*given, **named)
    finally:
        events._set_running_loop(loop)


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


@pytest.mark.django_db
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

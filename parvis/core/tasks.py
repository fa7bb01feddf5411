"""Tasks whose worker was killed: procrastinate leaves them `doing`; every minute they are given back."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from parvis.core.urgency import SINGLE

SECONDS_WITHOUT_HEARTBEAT = 60  # a worker gives a sign every ten seconds


@app.periodic(cron="* * * * *", periodic_id="stalled")
@app.task(queueing_lock="core:retry_stalled", name="core.retry_stalled", priority=SINGLE)
async def retry_stalled(timestamp: int) -> int:  # noqa: ARG001  # procrastinate gives every periodic task its moment
    """Give back the tasks of workers that are gone; return how many. Tasks are safe to run twice."""
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SECONDS_WITHOUT_HEARTBEAT)
    count = 0
    for job in stalled:
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:  # the same task waits already, under the same queueing lock: that one will do
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
        count += 1
    return count

"""What the queue of background tasks holds, for health, metrics and the maintenance page."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from parvis.core.errors import ParvisError

SIGN_OF_LIFE = 60  # seconds: a worker gives one every ten
OLDEST = """
    SELECT extract(epoch FROM now() - min(greatest(told.at, job.scheduled_at)))
    FROM procrastinate_jobs job
    JOIN LATERAL (SELECT max(at) AS at FROM procrastinate_events WHERE job_id = job.id) told ON true
    WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
"""
WORKERS = (
    "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)"
)


@dataclass(frozen=True, slots=True)
class QueueStanding:
    """How many jobs are in which state; how many seconds the oldest due one waits; how many workers live."""

    by_state: dict[str, int]
    oldest_seconds: float
    workers: int


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that was given up. Its arguments are ids; they are not shown."""

    id: int
    task: str
    attempts: int
    failed_at: datetime | None


def queue_standing() -> QueueStanding:
    """Return how the queue stands."""
    states = [str(status.value) for status in Status]
    found = dict.fromkeys(states, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status")
        found |= {str(state): int(count) for state, count in cursor.fetchall()}
        cursor.execute(OLDEST)
        oldest = cursor.fetchone()
        cursor.execute(WORKERS, [SIGN_OF_LIFE])
        workers = cursor.fetchone()
    return QueueStanding(found, float((oldest and oldest[0]) or 0), int(workers[0] if workers else 0))


def failed_jobs(at_most: int = 100) -> list[FailedJob]:
    """Return the jobs that were given up, the newest first."""
    jobs = list(ProcrastinateJob.objects.filter(status="failed").order_by("-pk")[:at_most])
    ended = dict(
        ProcrastinateEvent.objects.filter(job__in=jobs, type="failed")
        .order_by("at")
        .values_list("job_id", "at")
    )
    return [FailedJob(job.pk, job.task_name, job.attempts, ended.get(job.pk)) for job in jobs]


def give_back(job_id: int) -> bool:
    """Put a failed job into the queue again; return False when it does not stand as failed.

    Raises ParvisError when the same task waits already under the same lock: that one will do.
    """
    if not ProcrastinateJob.objects.filter(pk=job_id, status="failed").exists():
        return False
    try:
        with transaction.atomic():
            app.job_manager.retry_job_by_id(job_id, retry_at=timezone.now())
    except UniqueViolation:
        raise ParvisError(_("The same task waits already; it will do the work of this one.")) from None
    return True

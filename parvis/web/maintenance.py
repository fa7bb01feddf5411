"""How the whole installation stands, for the one page that administrators read."""

import platform
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

import django
from django.conf import settings
from django.db import connection
from django.utils import timezone

from parvis import __version__
from parvis.audit.queries import SealLag, last_moment, seal_lag
from parvis.core.jobs import FailedJob, QueueStanding, failed_jobs, queue_standing
from parvis.mail.queries import MailCounts, mail_counts
from parvis.search.queries import IndexStanding, changes_waiting, index_standing
from parvis.web.events import OperationEvent
from parvis.web.health import LITTLE_DISK, LONGEST_WAIT

LATE_SEAL = 300.0  # seconds: the sealer runs every minute
OLD_BACKUP = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """What the page shows. The `…_needs_care` say where somebody has to act."""

    queue: QueueStanding
    failed: list[FailedJob]
    index: IndexStanding
    changes_waiting: int
    disk_free: int  # bytes
    disk_size: int
    seal: SealLag
    backup_at: datetime | None
    mail: MailCounts
    versions: tuple[tuple[str, str], ...]

    @property
    def queue_needs_care(self) -> bool:
        """No worker lives, or a job waits too long."""
        return not self.queue.workers or self.queue.oldest_seconds > LONGEST_WAIT

    @property
    def disk_needs_care(self) -> bool:
        """Little is free."""
        return self.disk_free < LITTLE_DISK

    @property
    def seal_needs_care(self) -> bool:
        """The sealer is behind."""
        return self.seal.seconds > LATE_SEAL

    @property
    def backup_needs_care(self) -> bool:
        """None was ever made, or the last is old."""
        return self.backup_at is None or timezone.now() - self.backup_at > OLD_BACKUP


def maintenance() -> Maintenance:
    """Return how everything stands now."""
    disk = shutil.disk_usage(settings.HOME)
    return Maintenance(
        queue=queue_standing(),
        failed=failed_jobs(),
        index=index_standing(),
        changes_waiting=changes_waiting(),
        disk_free=disk.free,
        disk_size=disk.total,
        seal=seal_lag(),
        backup_at=last_moment(OperationEvent.BACKUP_MADE),
        mail=mail_counts(),
        versions=(
            ("Parvis", __version__),
            ("PostgreSQL", _postgres()),
            ("Python", platform.python_version()),
            ("Django", django.get_version()),
        ),
    )


def _postgres() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        row = cursor.fetchone()
    return str(row[0]).split()[0] if row else ""

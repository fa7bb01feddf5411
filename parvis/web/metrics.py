"""What Prometheus reads: counters of the processes, and how the installation stands. No label is personal."""

import os
import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from parvis import __version__
from parvis.audit.queries import last_moment, seal_lag
from parvis.core.jobs import queue_standing
from parvis.search.queries import changes_waiting, index_standing
from parvis.web.events import OperationEvent


class Standing(Collector):
    """Asked at each scrape, and the same in whichever process answers."""

    def collect(self) -> Iterator[Metric]:
        """Yield what can be told; what the database would tell is left out while it does not answer."""
        yield InfoMetricFamily("parvis", "The version that answers.", value={"version": __version__})
        yield from _of_this_machine()
        try:
            yield from _of_the_database()
        except DatabaseError:
            yield _one("parvis_database_up", "Whether the database answers.", 0)
        else:
            yield _one("parvis_database_up", "Whether the database answers.", 1)


def exposition() -> bytes:
    """Return all metrics as text; of all web processes of this machine where several run."""
    registry = CollectorRegistry()
    if (
        "PROMETHEUS_MULTIPROC_DIR" in os.environ
    ):  # prometheus_client reads it at import: the supervisor sets it
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library leaves it untyped
    else:
        registry.register(REGISTRY)
    registry.register(Standing())
    return generate_latest(registry)


def _one(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value=value)


def _of_this_machine() -> Iterator[Metric]:
    disk = shutil.disk_usage(settings.HOME)
    yield _one("parvis_disk_free_bytes", "Free where the home folder stands.", disk.free)
    yield _one("parvis_disk_size_bytes", "Size of the disk where the home folder stands.", disk.total)
    index = index_standing()
    yield _one("parvis_index_up", "Whether there is an index on this machine.", int(index.is_there))
    if index.is_there and index.changed_at:
        age = (timezone.now() - index.changed_at).total_seconds()
        yield _one("parvis_index_age_seconds", "Since the index last took something in.", age)
        yield _one("parvis_index_size_bytes", "Size of the index on disk.", index.size)
        yield _one("parvis_index_documents", "What can be found.", index.documents)
        yield _one("parvis_index_meaning_ratio", "The share that meaning covers.", index.vectors_done)


def _of_the_database() -> Iterator[Metric]:
    queue, lag = queue_standing(), seal_lag()
    jobs = GaugeMetricFamily("parvis_jobs", "Background jobs by state.", labels=["state"])
    for state, count in sorted(queue.by_state.items()):
        jobs.add_metric([state], count)
    yield jobs
    yield _one(
        "parvis_job_oldest_waiting_seconds", "How long the oldest due job waits.", queue.oldest_seconds
    )
    yield _one("parvis_workers", "Workers that give a sign of life.", queue.workers)
    yield _one("parvis_index_changes_waiting", "Changes that the index has not taken in.", changes_waiting())
    yield _one("parvis_audit_unsealed_events", "Events of the trail without a seal.", lag.waiting)
    yield _one("parvis_audit_seal_lag_seconds", "How long the oldest of them waits.", lag.seconds)
    if made := last_moment(OperationEvent.BACKUP_MADE):
        age = (timezone.now() - made).total_seconds()
        yield _one("parvis_backup_age_seconds", "Since the last whole backup.", age)

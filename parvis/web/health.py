"""Whether this machine can serve: what load balancers ask of `/readyz`."""

import shutil
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.db import DatabaseError, connection

from parvis.core.jobs import queue_standing
from parvis.search.queries import index_standing

LONGEST_WAIT = 300.0  # seconds that a due job may wait
LITTLE_DISK, NO_DISK = 2_000_000_000, 200_000_000  # bytes free in the home folder


class Health(StrEnum):
    """How one part stands. Only FAILING takes a machine out of service."""

    OK = "ok"
    DEGRADED = "degraded"  # somebody has to look, and pages still answer
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Part:
    """One part, and in a few words of English why it stands so; it goes to machines."""

    name: str
    state: Health
    reason: str = ""


def parts() -> list[Part]:
    """Look at every part. None of these raises: a part that cannot be asked is failing."""
    return [_database(), _index(), _queue(), _disk()]


def is_ready(found: list[Part]) -> bool:
    """Say whether visitors may be sent here.

    A queue that stands still does not take the pages away from the public; it is degraded, and metrics tell of it.
    """
    return all(part.state is not Health.FAILING for part in found)


def _database() -> Part:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Part("database", Health.FAILING, "it does not answer")
    return Part("database", Health.OK)


def _index() -> Part:
    standing = index_standing()
    if not standing.is_there:
        return Part("index", Health.FAILING, "there is none on this machine that can be opened")
    return Part("index", Health.OK)


def _queue() -> Part:
    try:
        standing = queue_standing()
    except DatabaseError:
        return Part("queue", Health.DEGRADED, "the database does not answer")
    if not standing.workers:
        return Part("queue", Health.DEGRADED, "no worker gives a sign of life")
    if standing.oldest_seconds > LONGEST_WAIT:
        return Part("queue", Health.DEGRADED, f"a job waits for {standing.oldest_seconds:.0f} seconds")
    return Part("queue", Health.OK)


def _disk() -> Part:
    try:
        free = shutil.disk_usage(settings.HOME).free
    except OSError:
        return Part("disk", Health.FAILING, "the home folder cannot be read")
    if free < NO_DISK:
        return Part("disk", Health.FAILING, "it is full")
    return Part(
        "disk",
        Health.DEGRADED if free < LITTLE_DISK else Health.OK,
        "" if free >= LITTLE_DISK else "little is free",
    )

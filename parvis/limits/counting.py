"""Counting in the database, so that all processes of all machines count together: one statement for each request."""

import math
from dataclasses import dataclass

from django.db import connection

from parvis.limits.clients import digest


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times in so many seconds, all at once or one by one; what was used comes back steadily."""

    name: str
    times: int
    seconds: float


# Each use moves the moment at which the allowance is whole again by one step; it may not move beyond one whole period.
SPEND = """
    INSERT INTO limits_allowance AS had (key, restored_at)
    VALUES (%(key)s, clock_timestamp() + make_interval(secs => %(step)s))
    ON CONFLICT (key) DO UPDATE
    SET restored_at = greatest(had.restored_at, clock_timestamp()) + make_interval(secs => %(step)s)
    WHERE greatest(had.restored_at, clock_timestamp())
        <= clock_timestamp() + make_interval(secs => %(whole)s - %(step)s)
    RETURNING 1
"""
WAIT = """
    SELECT extract(epoch FROM restored_at - clock_timestamp()) - (%(whole)s - %(step)s)
    FROM limits_allowance WHERE key = %(key)s
"""


def spend(limit: Limit, client: str) -> int:
    """Count one use by `client` (a digest, or another thing that is not personal); return seconds to wait, 0 for none.

    A limit of no times is no limit.
    """
    if limit.times <= 0:
        return 0
    told: dict[str, str | float] = {
        "key": digest(limit.name, client),
        "step": float(limit.seconds / limit.times),
        "whole": float(limit.seconds),
    }
    with connection.cursor() as cursor:
        cursor.execute(SPEND, told)
        if cursor.fetchone():
            return 0
        cursor.execute(WAIT, told)
        row = cursor.fetchone()
    return max(1, math.ceil(row[0])) if row else 1


def forget_restored() -> int:
    """Remove what was given back whole; return how many rows."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM limits_allowance WHERE restored_at < clock_timestamp()")
        return int(cursor.rowcount)

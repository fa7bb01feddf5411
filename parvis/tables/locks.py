"""One load of a source at a time, held by the database and let go of when the process dies."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils.translation import gettext as _

from parvis.core.errors import ParvisError

OURS = 0xD15C  # a number of this room for PostgreSQL's advisory locks


class LoadRunsError(ParvisError):
    """Another process loads this source now."""


@contextmanager
def one_load_of(source: str, holds: str) -> Iterator[None]:
    """Hold the source for this process. Raises LoadRunsError when another one has it."""
    key = zlib.crc32(f"{holds}:{source}".encode()) - 2**31
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [OURS, key])
        if not cursor.fetchone()[0]:
            raise LoadRunsError(
                _("The source %(source)s is being loaded by another process. Wait until it is done.")
                % {"source": source}
            )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [OURS, key])

"""Deleting rows together with what they keep in the storage."""

from collections.abc import Iterable
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction

from parvis.access.models import Attachment, Receipt


def forget_files(rows: Iterable[Attachment | Receipt]) -> int:
    """Delete rows, and their content once that stands: a deletion rolled back loses no file. Return how many."""
    kept = list(rows)
    for row in kept:
        if row.storage_name:
            transaction.on_commit(partial(default_storage.delete, row.storage_name))
        row.delete()
    return len(kept)

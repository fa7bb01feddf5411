"""What rooms and the worker tell search."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from parvis.core.errors import ParvisError
from parvis.core.urgency import SINGLE
from parvis.embedding.engine import Embedder, Vectors
from parvis.search import indexing, queries, vectors
from parvis.search.models import Change


def announce_changes(*, kind: str, public_ids: Sequence[str]) -> None:
    """Say, inside the transaction that changes them, that these are to be found anew (or no more).

    They are written down with the change itself and taken into the index within seconds by the worker.
    """
    Change.objects.bulk_create([Change(kind=kind, public_id=public_id) for public_id in public_ids])
    transaction.on_commit(_wake_worker)


def announce_all(*, kind: str) -> None:
    """Say that much of a kind has changed: all of it is looked at."""
    Change.objects.create(kind=kind, public_id="")
    transaction.on_commit(_wake_worker)


def _wake_worker() -> None:
    try:
        app.configure_task("search.refresh", queueing_lock="search:refresh", priority=SINGLE).defer()
    except AlreadyEnqueued:
        return  # the task that waits will see these changes too


def refresh(*, embedder: Embedder | None, report: indexing.Report, anew: bool = False) -> None:
    """Bring the index up to date. Raises BuildUnderWayError when another process is at it."""
    indexing.bring_up_to_date(settings.INDEX_DIRECTORY, embedder, report, anew=anew)


def kept_vectors(role: Literal["query", "passage"], texts: Sequence[str]) -> dict[str, Vectors]:
    """Return the vector of each text in that role, made once and kept: an evaluation asks the same again.

    Raises ParvisError when no engine runs.
    """
    embedder = _embedder()
    have = vectors.kept(embedder.name, role, texts)
    for made in vectors.make(embedder, role, [text for text in dict.fromkeys(texts) if text not in have]):
        have |= made
    return have


def write_vectors(path: Path, phrases: Sequence[str], report: Callable[[int, int], None]) -> None:
    """Make the vectors of phrases, as things sought, and write them into a file to be shipped.

    They are made anew, whatever is kept; `report` is told how many of how many are. Raises ParvisError when no engine
    runs.
    """
    embedder, unique = _embedder(), list(dict.fromkeys(phrases))
    made: dict[str, Vectors] = {}
    for start in range(0, len(unique), vectors.BATCH):
        batch = unique[start : start + vectors.BATCH]
        made |= zip(batch, embedder.queries(batch), strict=True)
        report(len(made), len(unique))
    vectors.write(path, embedder.name, "query", made)


def _embedder() -> Embedder:
    embedder = queries.configured_embedder()
    if embedder is None:
        raise ParvisError("No engine makes vectors here (PARVIS_EMBEDDER).")
    return embedder

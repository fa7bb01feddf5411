"""Vectors kept in the database, so that no text is embedded twice, whatever becomes of the index."""

from collections.abc import Iterator, Sequence

import numpy as np

from parvis.embedding.engine import Embedder, Vectors
from parvis.search.models import Vector
from parvis.search.texts import digest

BATCH = 128  # texts embedded between two commits: what a kill can lose is a few seconds of work
AT_ONCE = 5_000  # digests asked for in one query


def kept(engine: str, role: str, texts: Sequence[str]) -> dict[str, Vectors]:
    """Return the vectors that are kept already, by text."""
    by_digest = {digest(engine, role, text): text for text in texts}
    found: dict[str, Vectors] = {}
    keys = list(by_digest)
    for start in range(0, len(keys), AT_ONCE):
        rows = Vector.objects.filter(digest__in=keys[start : start + AT_ONCE]).values_list("digest", "data")
        for key, data in rows.iterator():
            found[by_digest[key]] = np.frombuffer(data, "<f2").astype(np.float32)
    return found


def lacking(engine: str, role: str, texts: Sequence[str]) -> list[str]:
    """Return the texts, each once, of which no vector is kept; reads none of those that are."""
    by_digest = {digest(engine, role, text): text for text in texts}
    keys = list(by_digest)
    for start in range(0, len(keys), AT_ONCE):
        rows = Vector.objects.filter(digest__in=keys[start : start + AT_ONCE])
        for key in rows.values_list("digest", flat=True):
            del by_digest[key]
    return list(by_digest.values())


def make(embedder: Embedder, role: str, texts: Sequence[str]) -> Iterator[dict[str, Vectors]]:
    """Embed texts in batches, keep each batch, and yield it."""
    for start in range(0, len(texts), BATCH):
        batch = list(texts[start : start + BATCH])
        vectors = embedder.queries(batch) if role == "query" else embedder.passages(batch)
        Vector.objects.bulk_create(
            [
                Vector(digest=digest(embedder.name, role, text), data=vector.astype("<f2").tobytes())
                for text, vector in zip(batch, vectors, strict=True)
            ],
            ignore_conflicts=True,
        )
        yield dict(zip(batch, vectors, strict=True))

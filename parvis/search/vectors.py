"""Vectors kept in the database, so that no text is embedded twice, whatever becomes of the index."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import structlog

from parvis.embedding.engine import Embedder, Vectors, unit
from parvis.search.models import Vector
from parvis.search.texts import digest

logger = structlog.get_logger(__name__)
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
        made = dict(zip(batch, vectors, strict=True))
        _keep({digest(embedder.name, role, text): vector for text, vector in made.items()})
        yield made


def take_from(path: Path, engine: str, role: str, texts: Sequence[str]) -> list[str]:
    """Keep what a file that `write` made holds of these texts for this engine; return the texts that it lacks.

    A file that cannot be read is told of in the log, and lacks all: making vectors again costs minutes, nothing else.
    """
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            numbers, scales = file["numbers"], file["scales"]
            places = {bytes(key).hex(): place for place, key in enumerate(file["digests"])}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        logger.warning("vector_file_broken", file=path.name, reason=str(error))
        return list(texts)
    by_digest = {digest(engine, role, text): text for text in texts}
    there = [key for key in by_digest if key in places]
    for start in range(0, len(there), AT_ONCE):
        rows = [places[key] for key in there[start : start + AT_ONCE]]
        found = unit(numbers[rows].astype(np.float32) * scales[rows, None])
        _keep(dict(zip(there[start : start + AT_ONCE], found, strict=True)))
    return [text for key, text in by_digest.items() if key not in places]


def write(path: Path, engine: str, role: str, made: Mapping[str, Vectors]) -> None:
    """Write the vectors of texts into a file that is shipped with them: a byte a number, with one scale for each text.

    A cosine moves by less than a thousandth (four bits stand for each weight of the model that makes them).
    """
    matrix = np.array(list(made.values()), np.float32)
    scales = np.abs(matrix).max(axis=1) / 127
    keys = [bytes.fromhex(digest(engine, role, text)) for text in made]
    np.savez(
        path,
        digests=np.array([list(key) for key in keys], np.uint8),
        scales=scales,
        numbers=np.rint(matrix / scales[:, None]).astype(np.int8),
    )


def _keep(by_digest: Mapping[str, Vectors]) -> None:
    Vector.objects.bulk_create(
        [Vector(digest=key, data=vector.astype("<f2").tobytes()) for key, vector in by_digest.items()],
        ignore_conflicts=True,
    )

"""A text beside phrases that a room wrote: how near it stands to each, and which group of them it sounds like."""

import functools
from collections.abc import Hashable, Mapping, Sequence
from typing import cast

import numpy as np

from parvis.core.bilingual import LANGUAGES, Language
from parvis.embedding.engine import Embedder, Vectors, unit
from parvis.search import meaning, vectors
from parvis.search.neighbours import Figures, Neighbourhood
from parvis.search.reading import reader
from parvis.search.store import Frame

MOST_MADE_FOR_A_PAGE = 400  # vectors of phrases that a page may wait for: some ten seconds, once
RIDGE = 1.0  # holds the regression back where phrases of a group are few; vectors have length one


def cosines_to(near: Neighbourhood, phrases: Sequence[str], language: Language) -> Figures | None:
    """Return the centred cosine of the neighbourhood's text to each phrase, None while meaning cannot answer.

    `language` is that of the phrases.
    """
    known = _known(near)
    if known is None or near.asked is None or not phrases:
        return None
    embedder, frame = known
    try:
        theirs = _centred(cast("Hashable", embedder), _means(frame), tuple(phrases), language)
    except _NotKeptError:
        return None
    return np.asarray(theirs @ meaning.query_vector(frame, near.asked.question, near.language), np.float64)


def likeness_to_groups(
    near: Neighbourhood, phrases: Mapping[Language, tuple[str, ...]], groups: tuple[int, ...]
) -> Figures | None:
    """Return how much the neighbourhood's text sounds like each group of phrases, None while meaning cannot answer.

    `groups[i]` is the number, from 0, of the group of phrase i, the English ones first. It is what a ridge regression
    from a phrase's vector to its group says of the text: all phrases teach it what sets the groups apart. The sum over
    the groups is nought.
    """
    known = _known(near)
    if known is None or near.asked is None or not groups:
        return None
    embedder, frame = known
    sides = tuple(phrases[language] for language in LANGUAGES)
    try:
        learnt = _learnt(cast("Hashable", embedder), _means(frame), sides, groups)
    except _NotKeptError:
        return None
    return np.asarray(meaning.query_vector(frame, near.asked.question, near.language) @ learnt, np.float64)


class _NotKeptError(Exception):
    """So many phrases have no vector yet that making them would keep a page waiting; the index makes them."""


def _known(near: Neighbourhood) -> tuple[Embedder, Frame] | None:
    frame, embedder = near.generation.frame, reader().embedder()
    return (embedder, frame) if embedder and frame else None


def _means(frame: Frame) -> bytes:
    """Return what phrases are centred by, as a key: phrases are fixed, and compared with every draft."""
    return frame.asked.astype(np.float32).tobytes()


@functools.lru_cache(maxsize=8)
def _centred(embedder: Embedder, means: bytes, phrases: tuple[str, ...], language: Language) -> Vectors:
    """Return a vector a phrase, as vectors of questions are compared: centred, of length one."""
    have = vectors.kept(embedder.name, "query", phrases)
    missing = [phrase for phrase in phrases if phrase not in have]
    if len(missing) > MOST_MADE_FOR_A_PAGE:
        raise _NotKeptError
    if missing:  # a page may come before the index has kept them
        have |= dict(zip(missing, embedder.queries(missing), strict=True))
    mean = np.frombuffer(means, np.float32).reshape(len(LANGUAGES), -1)[LANGUAGES.index(language)]
    return unit(np.array([have[phrase] for phrase in phrases], np.float32) - mean)


@functools.lru_cache(maxsize=4)
def _learnt(
    embedder: Embedder, means: bytes, phrases: tuple[tuple[str, ...], ...], groups: tuple[int, ...]
) -> Figures:
    """Return the regression: a column a group."""
    sides = [
        _centred(cast("Hashable", embedder), means, some, language)
        for some, language in zip(phrases, LANGUAGES, strict=True)
        if some
    ]
    told = np.concatenate(sides).astype(np.float64)
    belongs = np.eye(max(groups) + 1)[list(groups)]
    inner = told.T @ told + RIDGE * np.eye(told.shape[1])
    return np.asarray(np.linalg.solve(inner, told.T @ (belongs - belongs.mean(axis=0))), np.float64)

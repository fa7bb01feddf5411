"""A text beside phrases that a room wrote: how near it stands to each, and which group of them it sounds like."""

import functools
from collections.abc import Hashable, Mapping, Sequence
from typing import cast

import numpy as np

from parvis.core.bilingual import LANGUAGES, Language
from parvis.embedding.engine import Embedder, Vectors
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
    frame, embedder = near.generation.frame, reader().embedder()
    if near.asked is None or frame is None or embedder is None or not phrases:
        return None
    try:
        table = _vectors_of(cast("Hashable", embedder), tuple(phrases))
    except _NotKeptError:
        return None
    theirs = meaning.query_vector(frame, table, language)
    return np.asarray(theirs @ meaning.query_vector(frame, near.asked.question, near.language), np.float64)


def likeness_to_groups(
    near: Neighbourhood, phrases: Mapping[Language, tuple[str, ...]], groups: tuple[int, ...]
) -> Figures | None:
    """Return how much the neighbourhood's text sounds like each group of phrases, None while meaning cannot answer.

    `groups[i]` is the number, from 0, of the group of phrase i, the English ones first. It is what a ridge regression
    from a phrase's vector to its group says of the text: all phrases teach it what sets the groups apart. The sum over
    the groups is nought.
    """
    frame, embedder = near.generation.frame, reader().embedder()
    if near.asked is None or frame is None or embedder is None or not groups:
        return None
    try:
        learnt = _learnt(
            cast("Hashable", embedder),
            frame.asked.astype(np.float32).tobytes(),
            tuple(phrases[language] for language in LANGUAGES),
            groups,
        )
    except _NotKeptError:
        return None
    return np.asarray(meaning.query_vector(frame, near.asked.question, near.language) @ learnt, np.float64)


class _NotKeptError(Exception):
    """So many phrases have no vector yet that making them would keep a page waiting; the index makes them."""


@functools.lru_cache(maxsize=8)
def _vectors_of(embedder: Embedder, phrases: tuple[str, ...]) -> Vectors:
    """Return a vector a phrase: phrases are few, fixed, and compared with every draft."""
    have = vectors.kept(embedder.name, "query", phrases)
    missing = [phrase for phrase in phrases if phrase not in have]
    if len(missing) > MOST_MADE_FOR_A_PAGE:
        raise _NotKeptError
    if missing:  # a page may come before the index has kept them
        have |= dict(zip(missing, embedder.queries(missing), strict=True))
    return np.array([have[phrase] for phrase in phrases], np.float32)


@functools.lru_cache(maxsize=4)
def _learnt(
    embedder: Embedder, means: bytes, phrases: tuple[tuple[str, ...], ...], groups: tuple[int, ...]
) -> Figures:
    """Return the regression: a column a group. `means` are those of the frame, by which vectors are centred."""
    centre = np.frombuffer(means, np.float32).reshape(len(LANGUAGES), -1)
    frame = Frame(centre, centre, centre, np.zeros((len(LANGUAGES), 0, centre.shape[1]), np.float32))
    sides = [
        meaning.query_vector(frame, _vectors_of(cast("Hashable", embedder), some), language)
        for some, language in zip(phrases, LANGUAGES, strict=True)
        if some
    ]
    told = np.concatenate(sides).astype(np.float64)
    belongs = np.eye(max(groups) + 1)[list(groups)]
    inner = told.T @ told + RIDGE * np.eye(told.shape[1])
    return np.asarray(np.linalg.solve(inner, told.T @ (belongs - belongs.mean(axis=0))), np.float64)

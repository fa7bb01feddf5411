"""The meaning half of ranking: which texts stand near the query, whatever their language and words."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from parvis.core.bilingual import LANGUAGES, Language
from parvis.search.store import Frame, Generation

DEPTH = 300  # documents that meaning proposes
CLOSE = 0.20  # centred cosine from which a text counts as close in meaning (docs/decisions/what-counts-as-found.md)


Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class MeaningMatches:
    """The documents nearest to the query with their cosine, nearest first."""

    numbers: npt.NDArray[np.int64]
    cosines: npt.NDArray[np.float64]

    @property
    def scores(self) -> npt.NDArray[np.float64]:
        """Return the cosines spread from 0 (the last one proposed) to 1 (the nearest)."""
        if not len(self.cosines):
            return self.cosines
        first, last = self.cosines[0], self.cosines[-1]
        spread: npt.NDArray[np.float64] = (self.cosines - last) / max(first - last, 1e-9)
        return spread


def close_from(texts: int, *, is_known: bool) -> float:
    """Return the cosine from which a text counts as close in meaning to a query.

    Where no word of the query stands in any text, chance alone brings some text near, and the nearer the more texts
    there are: 0.15 among thirty, 0.35 among twenty thousand, for letters typed at random. Then more is asked for.
    """
    return CLOSE if is_known else max(CLOSE, 0.11 + 0.027 * math.log(max(texts, 1)))


def nearest(
    generation: Generation, asked: Array, language: Language, only: Language | None = None
) -> MeaningMatches:
    """Return the documents nearest to the query: per text the mean of its two cosines, per document the best text.

    `only` leaves the texts of one language.
    """
    frame = generation.frame
    if frame is None or not len(generation.rows):
        return MeaningMatches(np.zeros(0, np.int64), np.zeros(0, np.float64))
    cosines = np.asarray(generation.vectors @ query_vector(frame, asked, language))
    numbers = generation.rows["number"].astype(np.int64)
    if only:
        cosines = np.where(generation.rows["language"] == LANGUAGES.index(only), cosines, -1.0)
    best = np.full(len(generation.columns), -1.0, np.float32)
    np.maximum.at(best, numbers, cosines)
    best[~generation.alive] = -1.0
    depth = min(DEPTH, len(best))
    top = np.argpartition(best, len(best) - depth)[len(best) - depth :]
    top = top[np.argsort(-best[top], kind="stable")]
    top = top[best[top] > -1.0]
    return MeaningMatches(top.astype(np.int64), best[top].astype(np.float64))


def query_vector(frame: Frame, asked: Array, language: Language) -> Array:
    """Return the query's vector as it is compared with those of texts: centred, of unit length."""
    return _unit(asked - frame.asked[LANGUAGES.index(language)])


def text_vector(frame: Frame, whole: Array, language: Language) -> Array:
    """Return the vector of a whole text that is compared with those of texts: centred, of unit length."""
    return _unit(whole - frame.whole[LANGUAGES.index(language)])


def framed(frame: Frame, core: Array, whole: Array, sides: npt.NDArray[np.integer]) -> Array:
    """Return the vectors as they are stored, one a text: the mean of its core's and its whole's, each centred.

    Both are centred and made of unit length first. One product with the query then gives the mean of the two
    cosines: the whole has no part along the axes, so that taking them off the query as well would change nothing but
    its length.
    """
    out = np.empty_like(core, np.float32)
    for side in (0, 1):
        mine = sides == side
        if mine.any():
            about = _unit(core[mine] - frame.core[side])
            out[mine] = (about + _unit(_without(whole[mine] - frame.whole[side], frame.axes[side]))) / 2
    return out


def learn_frame(core: Array, whole: Array, sides: npt.NDArray[np.integer], asked: list[Array]) -> Frame:
    """Learn the means of a corpus. `asked` are vectors of made-up queries in English and in French."""
    width = core.shape[1]
    core_mean, whole_mean, asked_mean = (np.zeros((2, width), np.float32) for _ in range(3))
    frame = Frame(core_mean, whole_mean, asked_mean, np.zeros((2, 3, width), np.float32))
    for side in (0, 1):
        mine = sides == side
        basis = mine if mine.sum() >= LEAST_FOR_A_MEAN else np.ones(len(sides), bool)
        frame.core[side], frame.whole[side] = core[basis].mean(axis=0), whole[basis].mean(axis=0)
        queries = asked[side] if len(asked[side]) else np.concatenate(asked)
        frame.asked[side] = queries.mean(axis=0)
        if basis.sum() >= LEAST_FOR_AXES:
            centred = whole[basis][:MOST_FOR_AXES] - frame.whole[side]
            frame.axes[side] = np.linalg.svd(centred, full_matrices=False)[2][:3]
    return frame


LEAST_FOR_A_MEAN = 30  # texts; fewer borrow the mean of both languages
LEAST_FOR_AXES = 2000  # texts; the main directions of a small corpus are its subjects
MOST_FOR_AXES = 20_000


def _without(vectors: Array, axes: Array) -> Array:
    return np.asarray(vectors - (vectors @ axes.T) @ axes, np.float32)


def _unit(vectors: Array) -> Array:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)

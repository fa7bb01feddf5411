"""Words and meaning brought together: what matches, and in which order."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from parvis.core.bilingual import Language
from parvis.search.meaning import MeaningMatches, close_from
from parvis.search.sources import registered
from parvis.search.store import Generation
from parvis.search.words import IDENTIFIER_SCORE, Numbers, Scores, WordMatches, as_set

WELL = 0.30  # cosine under which the nearest text rarely answers (docs/decisions/what-counts-as-found.md)
PARTLY = (
    0.35  # share of the best word score from which a document that lacks some words still counts as a match
)


@dataclass(frozen=True, slots=True)
class Weights:
    """How the halves are brought together. An evaluation compares others with these; pages know only these.

    `meaning` is the share of meaning, words have the rest. `descriptions` is what the score of a kind that
    describes, and does not answer, is multiplied by: such texts are near to almost everything. `only` leaves
    the texts of one language and hides the other's, to measure what is found across languages.
    """

    meaning: float = 0.7
    descriptions: float = 0.85
    only: Language | None = None


DEFAULT = Weights()


@dataclass(frozen=True, slots=True)
class Ranked:
    """What matches, best first, with what words and meaning gave."""

    numbers: Numbers
    scores: Scores
    by_words: Scores
    by_meaning: Scores


def rank(
    generation: Generation,
    words: WordMatches,
    meaning: MeaningMatches | None,
    allowed: Numbers | None,
    weights: Weights = DEFAULT,
) -> Ranked:
    """Fuse the two halves.

    A document matches when it holds every word, or some of them well, or when its meaning is close. `allowed` are
    the documents that quoted phrases and exclusions leave; they bind meaning too.
    """
    size = len(generation.columns)
    by_words, by_meaning = np.zeros(size), np.zeros(size)
    by_words[words.numbers] = words.scores
    matches = as_set(words.complete, size)
    matches[words.numbers[words.scores >= PARTLY]] = True
    matches |= as_set(words.identified, size)
    if meaning is not None:
        by_meaning[meaning.numbers] = meaning.scores
        close = close_from(len(generation.rows), is_known=words.is_known)
        matches[meaning.numbers[meaning.cosines >= close]] = True
    if allowed is not None:
        matches &= as_set(allowed, size)
    matches &= generation.alive
    share = weights.meaning if meaning is not None else 0.0
    scores = (share * by_meaning + (1.0 - share) * by_words) * _of_kinds(generation, weights)
    scores[words.identified] += IDENTIFIER_SCORE
    numbers = np.flatnonzero(matches)
    order = np.lexsort((-numbers, -scores[numbers]))  # of equals, the one taken in last comes first
    numbers = numbers[order]
    return Ranked(numbers, np.minimum(scores[numbers], 1.0), by_words[numbers], by_meaning[numbers])


def is_found(words: WordMatches, meaning: MeaningMatches | None) -> bool:
    """Tell whether anything answers well: it bears the number, holds every word, or is near in meaning."""
    near = meaning is not None and bool((meaning.cosines >= WELL).any())
    return near or bool(len(words.identified)) or bool(len(words.complete))


def _of_kinds(generation: Generation, weights: Weights) -> Scores:
    """Return what each document's score is multiplied by for its kind."""
    sources = registered()
    by_code = [
        weights.descriptions if (source := sources.get(kind)) and source.is_description else 1.0
        for kind in generation.state.codes["kind"]
    ]
    factors: Scores = np.asarray(by_code, dtype=np.float64)[generation.columns["kind"]]
    return factors


def everything(generation: Generation, allowed: Numbers | None) -> Ranked:
    """Return all documents, for a search that only filters."""
    numbers = np.flatnonzero(
        generation.alive & (as_set(allowed, len(generation.alive)) if allowed is not None else True)
    )
    nothing = np.zeros(len(numbers))
    return Ranked(numbers, nothing, nothing, nothing)


def by_date(generation: Generation, numbers: Numbers, *, newest: bool) -> npt.NDArray[np.int64]:
    """Return positions of `numbers` by date; what has no date comes last either way."""
    columns = generation.columns[numbers]
    days = columns["day"].astype(np.int64)
    guessed = (columns["year"].astype(np.int64) * 1461 // 4) - 183  # a year alone counts as its middle
    when = np.where(days > 0, days, np.where(columns["year"] > 0, guessed, 0))
    keys = -when if newest else np.where(when > 0, when, np.iinfo(np.int64).max)
    return np.argsort(np.where(when > 0, keys, np.iinfo(np.int64).max), kind="stable")

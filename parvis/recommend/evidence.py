"""What speaks for each institution: a table of figures, one row an institution, from one look at the neighbourhood.

Figures, each 0 to 1 or nearly. They are what the weights of `weights.py` are for; docs/decisions/
who-holds-it.md tells which others were tried and dropped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from parvis.core.sort_key import fold, sort_key
from parvis.search import queries as search
from parvis.search.queries import Neighbourhood

REQUESTS = "summary"
HOLDINGS = ("class_of_records", "personal_information_bank")
INSTITUTIONS = "institution"
NAMES = (
    "requests_meaning",  # share of the votes of the nearest past requests, by meaning
    "requests_words",  # the same, by words
    "requests_centre",  # how near the text is to the middle of all that it answered
    "requests_nearest",  # cosine to the nearest of its past requests
    "description_meaning",  # cosine to the sentence that says what it does and to its names, less the mean of all
    "description_words",  # words shared with these, as a share of the best
    "holdings_meaning",  # cosine to the nearest class of records or bank of its own
    "holdings_words",
    "named",  # whether the text names it, by a title of today or before, or by an acronym
    "answers",  # how many requests it has answered, on a logarithmic scale
    "new",  # whether it has answered none
    "new_description_meaning",  # the description, where nothing else can speak
    "new_description_words",
)
VOTERS_BY_MEANING, SHARPNESS = 20, 0.05  # nearest requests that vote; how fast a vote falls with the cosine
VOTERS_BY_WORDS = 30
FAR = -0.2  # the cosine of what it has not answered
LEAST_ACRONYM = 3
_ACRONYM = re.compile(r"\b[A-ZÀ-Ý]{2,10}(?:-[A-ZÀ-Ý]{2,10})?\b")

Figures = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of every candidate: `figures[i]` are those of `slugs[i]`, in the order of `NAMES`."""

    slugs: tuple[str, ...]
    figures: Figures


def table(near: Neighbourhood, text: str, candidates: Sequence[str], hidden: Numbers | None = None) -> Table:
    """Return what speaks for each candidate. `hidden` are documents that must not be seen, for an evaluation."""
    places = {slug: place for place, slug in enumerate(near.slugs)}
    codes = np.array([places.get(slug, -1) for slug in candidates])
    size = len(near.slugs)
    requests = near.of_kind(REQUESTS)
    unseen = np.zeros(0, np.int64) if hidden is None else hidden
    requests[unseen] = False
    votes = _votes_by_meaning(near, near.cosines, requests, size)
    votes = (votes + _votes_by_meaning(near, near.whole_cosines, requests, size)) / 2
    by_words = _votes_by_words(near, requests, size)
    described = near.of_kind(INSTITUTIONS)
    holdings = near.of_kind(*HOLDINGS)
    answers = np.bincount(near.institutions[requests], minlength=size)
    new = (answers == 0).astype(float)
    both = (near.cosines + near.whole_cosines) / 2
    description = _centred(_best(both, described, near, size))
    description_words = _share(_best(near.words, described, near, size))
    columns = (
        votes,
        by_words,
        search.closeness_to_centres(near, REQUESTS, unseen),
        np.maximum(_best(near.cosines, requests, near, size), FAR),
        description,
        description_words,
        _centred(_best(both, holdings, near, size)),
        _share(_best(near.words, holdings, near, size)),
        _named(near, text, size),
        np.log1p(answers) / 10,
        new,
        new * description,
        new * description_words,
    )
    whole = np.stack(columns, axis=1)
    whole = np.vstack([whole, np.zeros(len(NAMES))])  # a candidate that the index does not know
    return Table(tuple(candidates), whole[codes])


def voters(near: Neighbourhood, slug: str, most: int) -> list[int]:
    """Return the numbers of the past requests of one institution that speak loudest for it."""
    if slug not in near.slugs:
        return []
    mine = near.of_kind(REQUESTS) & (near.institutions == near.slugs.index(slug))
    return _loudest(near, mine, most)


def holdings_of(near: Neighbourhood, slug: str, most: int) -> list[int]:
    """Return the numbers of its classes of records and banks that stand nearest."""
    if slug not in near.slugs:
        return []
    mine = near.of_kind(*HOLDINGS) & (near.institutions == near.slugs.index(slug))
    return _loudest(near, mine, most)


def _loudest(near: Neighbourhood, mask: npt.NDArray[np.bool_], most: int) -> list[int]:
    numbers = np.flatnonzero(mask)
    loud = np.maximum(near.cosines[numbers], 0) + near.words[numbers] / 2
    return [int(number) for number in numbers[np.argsort(-loud, kind="stable")][:most]]


def _votes_by_meaning(
    near: Neighbourhood, cosines: Figures, mask: npt.NDArray[np.bool_], size: int
) -> Figures:
    numbers = np.flatnonzero(mask & (cosines > -1))
    if not len(numbers):
        return np.zeros(size)
    top = numbers[np.argsort(-cosines[numbers], kind="stable")[:VOTERS_BY_MEANING]]
    weights = np.exp((cosines[top] - cosines[top].max()) / SHARPNESS)
    return _shares(near.institutions[top], weights, size)


def _votes_by_words(near: Neighbourhood, mask: npt.NDArray[np.bool_], size: int) -> Figures:
    numbers = np.flatnonzero(mask & (near.words > 0))
    if not len(numbers):
        return np.zeros(size)
    top = numbers[np.argsort(-near.words[numbers], kind="stable")[:VOTERS_BY_WORDS]]
    return _shares(near.institutions[top], (near.words[top] / near.words[top].max()) ** 4, size)


def _shares(codes: Numbers, weights: Figures, size: int) -> Figures:
    votes = np.bincount(codes, weights, minlength=size)
    votes[0] = 0.0  # documents without an institution vote for none
    return np.asarray(votes / max(votes.sum(), 1e-9))


def _best(figures: Figures, mask: npt.NDArray[np.bool_], near: Neighbourhood, size: int) -> Figures:
    best = np.full(size, -1.0)
    numbers = np.flatnonzero(mask)
    np.maximum.at(best, near.institutions[numbers], figures[numbers])
    return best


def _centred(best: Figures) -> Figures:
    """Return each less the mean of those that have one; those without get nothing."""
    known = best > -1
    return np.where(known, best - best[known].mean(), 0.0) if known.any() else np.zeros(len(best))


def _share(best: Figures) -> Figures:
    return np.asarray(np.maximum(best, 0) / max(best.max(initial=0.0), 1e-9))


def _named(near: Neighbourhood, text: str, size: int) -> Figures:
    named = np.zeros(size)
    state = near.generation.state
    places = {slug: place for place, slug in enumerate(near.slugs)}
    for acronym in set(_ACRONYM.findall(text)):
        slugs = state.acronyms.get(fold(acronym), []) if len(acronym) >= LEAST_ACRONYM else []
        if len(slugs) == 1 and slugs[0] in places:
            named[places[slugs[0]]] = 1.0
    padded = f" {sort_key(text)} "
    for slug, titles in state.titles["institution"].items():
        if slug in places and any(f" {key} " in padded for title in titles if (key := sort_key(title))):
            named[places[slug]] = 1.0
    return named

"""What speaks for each institution: a table of figures, one row an institution, from one look at the neighbourhood.

Figures, each of the order of one. They are what the weights of `weights.py` are for; docs/decisions/
who-holds-it.md tells which others were tried and dropped.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from parvis.core.sort_key import fold, sort_key
from parvis.recommend.matters import descriptions, nearness_by_meaning
from parvis.recommend.wording import wording_in
from parvis.search import queries as search
from parvis.search.queries import Neighbourhood

REQUESTS = "summary"
HOLDINGS = ("class_of_records", "personal_information_bank")
SERVICES = ("service",)
INSTITUTIONS = "institution"
FIGURES = (
    "requests_meaning",  # share of the votes of the nearest past requests, by meaning
    "requests_centre",  # how near the text is to the middle of all that it answered
    "requests_nearest",  # cosine to the nearest of its past requests, as a question
    "requests_nearest_whole",  # the same as a text
    "requests_wording",  # how much the text reads like what it was asked (`wording.py`)
    "description_meaning",  # cosine to the sentence that says what it does and to its names, less the mean of all
    "description_words",  # words that are said of it, as a share of the best (`matters.py`)
    "matters_apart",  # how much it sounds like the phrases about what it holds, and like no others (`matters.py`)
    "matters_together",  # what the nearest few of these phrases say together, less the mean of all
    "holdings_meaning",  # cosine to the nearest class of records or bank of its own
    "holdings_words",
    "services_meaning",  # cosine to the nearest service that it offers, as the service inventory describes it
    "services_words",
    "named",  # whether the text names it, by a title of today or before, or by an acronym
    "answers",  # how many requests it has answered, on a logarithmic scale
    "new",  # whether it has answered none
)
FEW = (  # once more where it has answered few: 1 for none, falling with each
    "description_meaning",
    "description_words",
    "matters_apart",
    "matters_together",
    "holdings_meaning",
    "services_meaning",
    "services_words",
)
NAMES = (
    *FIGURES,
    *(f"few_{name}" for name in FEW),
    # Once more where the text is a short question, which reads like nobody’s:
    *(f"short_{name}" for name in FIGURES),
    *(f"short_few_{name}" for name in FEW),
    *(f"far_{name}" for name in FIGURES),  # once more, the more the less the text is like any past request
)
VOTERS_BY_MEANING, SHARPNESS = 20, 0.05  # nearest requests that vote; how fast a vote falls with the cosine
FEW_ANSWERS = 3.0  # answers after which the figures of those who answered few have fallen to a third
SHORT_WORDS = 12  # most words of a short question
UNANSWERED = -0.2  # the cosine of what it has not answered
USUALLY_FAR = 0.5  # how far a text is from all past requests, where meaning cannot tell
LEAST_ACRONYM = 3
_ACRONYM = re.compile(r"\b[A-ZÀ-Ý]{2,10}(?:-[A-ZÀ-Ý]{2,10})?\b")

Figures = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of every candidate: `figures[i]` are those of `slugs[i]`, in the order of `NAMES`."""

    slugs: tuple[str, ...]
    figures: Figures


def table(
    near: Neighbourhood,
    text: str,
    candidates: Sequence[str],
    *,
    hidden: Numbers | None = None,
    wording: Mapping[str, float] | None = None,
) -> Table:
    """Return what speaks for each candidate.

    `hidden` are documents that must not be seen, for an evaluation; `wording` is then what `wording.py` says without
    them. Only requests that candidates answered have a vote.
    """
    places = {slug: place for place, slug in enumerate(near.slugs)}
    codes = np.array([places.get(slug, -1) for slug in candidates])
    unseen = np.zeros(0, np.int64) if hidden is None else hidden
    requests = near.of_kind(REQUESTS) & np.isin(near.institutions, codes)
    requests[unseen] = False
    answers = np.bincount(near.institutions[requests], minlength=len(near.slugs))
    described = [figure for kinds in (HOLDINGS, SERVICES) for figure in _of_kinds(near, kinds)]
    by_code = np.stack([*_of_requests(near, requests, unseen), *described], axis=1)
    by_code = np.vstack([by_code, np.zeros(by_code.shape[1])])  # a candidate that the index does not know
    answered = np.append(answers, 0)[codes]
    said = _said(near, text, tuple(candidates), codes)
    rest = {
        "requests_wording": _of_slugs(_wording(near, text) if wording is None else wording, candidates, 0.0),
        "named": np.append(_named(near, text, len(near.slugs)), 0.0)[codes],
        "answers": np.log1p(answered) / 10,
        "new": (answered == 0).astype(float),
    }
    found = {**dict(zip(_BY_CODE, by_code[codes].T, strict=True)), **said, **rest}
    gates = {
        "few": np.exp(-answered / FEW_ANSWERS),
        "short": float(len(text.split()) <= SHORT_WORDS),
        "far": _farness(near, requests),
    }
    for name in NAMES:
        gate, _, gated = name.partition("_")
        if gate in gates:
            found[name] = gates[gate] * found[gated]
    return Table(tuple(candidates), np.stack([found[name] for name in NAMES], axis=1))


_BY_CODE = (
    "requests_meaning",
    "requests_centre",
    "requests_nearest",
    "requests_nearest_whole",
    "holdings_meaning",
    "holdings_words",
    "services_meaning",
    "services_words",
)


def _farness(near: Neighbourhood, requests: Mask) -> float:
    """Return how far the text is from the nearest of the requests: 0 the same, 1 unlike all."""
    if not near.has_meaning:
        return USUALLY_FAR
    nearest = max(near.cosines[requests].max(initial=0.0), near.whole_cosines[requests].max(initial=0.0))
    return 1.0 - min(float(nearest), 1.0)


def without_inventories(known: Table) -> Table:
    """Return what would speak for each candidate where neither holdings nor services have been loaded."""
    figures = known.figures.copy()
    figures[:, [place for place, name in enumerate(NAMES) if "holdings" in name or "services" in name]] = 0.0
    return Table(known.slugs, figures)


def _of_requests(near: Neighbourhood, requests: Mask, unseen: Numbers) -> tuple[Figures, ...]:
    size = len(near.slugs)
    asked, whole = near.cosines, near.whole_cosines
    votes = [_votes_by_meaning(near, one, requests) for one in (asked, whole)]
    return (
        (votes[0] + votes[1]) / 2,
        search.closeness_to_centres(near, REQUESTS, unseen),
        np.maximum(_best(asked, requests, near, size), UNANSWERED),
        np.maximum(_best(whole, requests, near, size), UNANSWERED),
    )


def _of_kinds(near: Neighbourhood, kinds: Sequence[str]) -> tuple[Figures, ...]:
    size, both = len(near.slugs), (near.cosines + near.whole_cosines) / 2
    mine = near.of_kind(*kinds)
    return (_centred(_best(both, mine, near, size)), _share(_best(near.words, mine, near, size)))


def _said(near: Neighbourhood, text: str, candidates: tuple[str, ...], codes: Numbers) -> dict[str, Figures]:
    both = (near.cosines + near.whole_cosines) / 2
    described = _best(both, near.of_kind(INSTITUTIONS), near, len(near.slugs))
    apart, together = nearness_by_meaning(near)
    return {
        "description_meaning": _centred(np.append(described, -1.0)[codes]),
        "description_words": descriptions(candidates, near.language).nearness(text),
        "matters_apart": _of_slugs(apart, candidates, 0.0),
        "matters_together": _centred(_of_slugs(together, candidates, -1.0)),
    }


def _wording(near: Neighbourhood, text: str) -> Mapping[str, float]:
    learnt = wording_in(near.generation.folder)
    return learnt.scores(text, near.language) if learnt else {}


def _of_slugs(told: Mapping[str, float], candidates: Sequence[str], otherwise: float) -> Figures:
    return np.array([told.get(slug, otherwise) for slug in candidates])


def voters(near: Neighbourhood, slug: str, most: int) -> list[int]:
    """Return the numbers of the past requests of one institution that speak loudest for it."""
    if slug not in near.slugs:
        return []
    mine = near.of_kind(REQUESTS) & (near.institutions == near.slugs.index(slug))
    return _loudest(near, mine, most)


def described_by(near: Neighbourhood, slug: str, kinds: Sequence[str], most: int) -> list[int]:
    """Return the numbers of its holdings, or of its services, that stand nearest."""
    if slug not in near.slugs:
        return []
    mine = near.of_kind(*kinds) & (near.institutions == near.slugs.index(slug))
    return _loudest(near, mine, most)


def _loudest(near: Neighbourhood, mask: Mask, most: int) -> list[int]:
    numbers = np.flatnonzero(mask)
    loud = np.maximum(near.cosines[numbers], 0) + near.words[numbers] / 2
    return [int(number) for number in numbers[np.argsort(-loud, kind="stable")][:most]]


def _votes_by_meaning(near: Neighbourhood, cosines: Figures, mask: Mask) -> Figures:
    size = len(near.slugs)
    numbers = np.flatnonzero(mask & (cosines > -1))
    if not len(numbers):
        return np.zeros(size)
    top = numbers[np.argsort(-cosines[numbers], kind="stable")[:VOTERS_BY_MEANING]]
    weights = np.exp((cosines[top] - cosines[top].max()) / SHARPNESS)
    return _shares(near.institutions[top], weights, size)


def _shares(codes: Numbers, weights: Figures, size: int) -> Figures:
    votes = np.bincount(codes, weights, minlength=size)
    votes[0] = 0.0  # documents without an institution vote for none
    return np.asarray(votes / max(votes.sum(), 1e-9))


def _best(figures: Figures, mask: Mask, near: Neighbourhood, size: int) -> Figures:
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

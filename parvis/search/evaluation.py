"""How well search finds, on queries whose answers are known: the usual measures, and how long an answer takes.

A file has one JSON object a line: `query`, `lang` ("en" or "fr", also the language of the page), and `targets`, each
resolved to things by the sources. Measures (Manning, Raghavan and Schütze, 2008, chapter 8): recall_at_k is the share
of queries with at least one target among the first k; mrr_at_10 the mean of one over the rank of the first target,
0 beyond the tenth; ndcg_at_10 the discounted gain of all targets among the first ten, as a share of the best possible.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from parvis.core.bilingual import LANGUAGES, Language, other_language
from parvis.core.errors import ParvisError
from parvis.search import queries
from parvis.search.comparing import Difference, cross_validated, group_difference
from parvis.search.ranking import DEFAULT, Weights
from parvis.search.results import SearchQuery, SearchState
from parvis.search.sources import registered

DEPTH = 50
NEAR = 10
TRIED_WEIGHTS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85)
WARM_UP = {"en": "a first question about the harbour", "fr": "une première question sur le port"}

Key = tuple[str, str]  # kind and public id


@dataclass(frozen=True, slots=True)
class KnownQuery:
    """One query and what answers it."""

    text: str
    language: Language
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one query found: the ranks of its targets, from 1, and the milliseconds that it took."""

    language: Language
    ranks: tuple[int, ...]
    targets: int
    milliseconds: float

    @property
    def first(self) -> float:
        """The rank of the first target; infinity where none was found."""
        return self.ranks[0] if self.ranks else math.inf

    def figure(self, name: str) -> float:
        """Return one query's part of a measure: recall_at_10 or ndcg_at_10."""
        return float(self.first <= NEAR) if name == "recall_at_10" else _gain(self)


COMPARED = ("recall_at_10", "ndcg_at_10")


@dataclass(frozen=True, slots=True)
class Measures:
    """The figures over some queries, each 0 to 1."""

    recall_at_1: float
    recall_at_10: float
    recall_at_50: float
    mrr_at_10: float
    ndcg_at_10: float
    queries: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of one run. `unresolved_targets` are not loaded; each counts as one that was not found."""

    overall: Measures
    by_language: dict[Language, Measures]
    unresolved_targets: tuple[str, ...]
    latency_ms: dict[str, float] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()  # query by query, in the order of the file

    def figures(self, name: str, language: Language | None = None) -> list[float]:
        """Return one measure query by query, of one language or of both."""
        return [one.figure(name) for one in self.outcomes if language in (None, one.language)]

    @property
    def french_minus_english(self) -> dict[str, Difference]:
        """How much better French fares than English, with the interval that chance leaves."""
        if not all(self.by_language[language].queries for language in LANGUAGES) or not self.outcomes:
            return {}
        return {
            name: group_difference(self.figures(name, "fr"), self.figures(name, "en")) for name in COMPARED
        }

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, rounded to what the number of queries can tell."""
        return {
            **_rounded(self.overall),
            "unresolved_targets": list(self.unresolved_targets),
            "latency_ms": self.latency_ms,
            "by_language": {language: _rounded(one) for language, one in self.by_language.items()},
            "french_minus_english": {name: one.as_data() for name, one in self.french_minus_english.items()},
        }


def read_queries(path: Path) -> list[KnownQuery]:
    """Read a file of queries. Raises ParvisError with the line that is wrong."""
    found = []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise ParvisError(f"{path} cannot be read: {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            text, language, targets = str(told["query"]), told["lang"], tuple(map(str, told["targets"]))
        except (ValueError, KeyError, TypeError) as error:
            raise ParvisError(
                f"{path}, line {number}: a query is a JSON object with query, lang and targets"
            ) from error
        if language not in LANGUAGES or not targets:
            raise ParvisError(f"{path}, line {number}: lang is en or fr, and there is at least one target")
        found.append(KnownQuery(text, language, targets))
    return found


def evaluate(known: Sequence[KnownQuery], weights: Weights = DEFAULT) -> Evaluation:
    """Ask every query once and measure. Raises ParvisError when search is not available."""
    for language in LANGUAGES:
        if queries.search(SearchQuery(WARM_UP[language], language)).state is SearchState.UNAVAILABLE:
            raise ParvisError("Search is not available: there is no index. `parvis index` builds it.")
    unresolved: dict[str, None] = {}
    outcomes = [_ask(one, unresolved, weights) for one in known]
    spent = sorted(outcome.milliseconds for outcome in outcomes)
    return Evaluation(
        _measures(outcomes),
        {language: _measures([o for o in outcomes if o.language == language]) for language in LANGUAGES},
        tuple(unresolved),
        {"p50": _share_below(spent, 0.5), "p95": _share_below(spent, 0.95)},
        tuple(outcomes),
    )


def evaluate_across_languages(known: Sequence[KnownQuery], weights: Weights = DEFAULT) -> Evaluation:
    """Measure what is found in texts of the other language alone, each document's own-language text hidden.

    Queries that no text of the other language answers are left out.
    """
    outcomes: list[Outcome] = []
    for language in LANGUAGES:
        only = other_language(language)
        asked = [one for one in known if one.language == language and _is_answered_in(one, only)]
        outcomes += evaluate(asked, replace(weights, only=only)).outcomes
    return Evaluation(
        _measures(outcomes),
        {language: _measures([o for o in outcomes if o.language == language]) for language in LANGUAGES},
        (),
        outcomes=tuple(outcomes),
    )


def cross_validated_meaning(known: Sequence[KnownQuery], folds: int) -> dict[str, Any]:
    """Return what the weight of meaning is worth when it is chosen on other queries than it is measured on."""
    found, chosen = cross_validated(
        lambda weight: evaluate(known, Weights(meaning=weight)).figures("ndcg_at_10"), TRIED_WEIGHTS, folds
    )
    return {"ndcg_at_10": round(found, 4), "chosen": chosen, "folds": folds}


def _is_answered_in(known: KnownQuery, language: Language) -> bool:
    keys = [key for target in known.targets for key in keys_of(target)]
    return any(
        document.body.in_(language)
        for kind, public_id in keys
        for document in registered()[kind].documents([public_id])
    )


def keys_of(target: str) -> set[Key]:
    """Return what a target of the file names: kind and public id of each thing."""
    return {
        (kind, public_id)
        for kind, source in registered().items()
        for public_id in source.resolve_target(target)
    }


def _ask(known: KnownQuery, unresolved: dict[str, None], weights: Weights) -> Outcome:
    wanted: list[set[Key]] = []
    for target in known.targets:
        keys = keys_of(target)
        if not keys:
            unresolved[target] = None
        wanted.append(keys)
    page = queries.search(SearchQuery(known.text, known.language, per_page=DEPTH), weights)
    rank_of = {(hit.kind, hit.public_id): rank for rank, hit in enumerate(page.hits, 1)}
    ranks = {min(ranks) for keys in wanted if (ranks := [rank_of[key] for key in keys if key in rank_of])}
    return Outcome(known.language, tuple(sorted(ranks)), len(wanted), page.milliseconds)


def _measures(outcomes: Sequence[Outcome]) -> Measures:
    count = len(outcomes)
    if not count:
        return Measures(0, 0, 0, 0, 0, 0)
    firsts = [outcome.first for outcome in outcomes]
    return Measures(
        recall_at_1=sum(first <= 1 for first in firsts) / count,
        recall_at_10=sum(first <= NEAR for first in firsts) / count,
        recall_at_50=sum(first <= DEPTH for first in firsts) / count,
        mrr_at_10=sum(1 / first for first in firsts if first <= NEAR) / count,
        ndcg_at_10=sum(_gain(outcome) for outcome in outcomes) / count,
        queries=count,
    )


def _gain(outcome: Outcome) -> float:
    gained = sum(1 / math.log2(rank + 1) for rank in outcome.ranks if rank <= NEAR)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(outcome.targets, NEAR) + 1))
    return gained / best


def _share_below(spent: Sequence[float], share: float) -> float:
    return round(spent[max(math.ceil(share * len(spent)) - 1, 0)], 2) if spent else 0.0


def _rounded(measures: Measures) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(measures).items()}

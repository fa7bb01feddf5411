"""How well search finds, on queries whose answers are known: the usual measures, and how long an answer takes.

A file has one JSON object a line: `query`, `lang` ("en" or "fr", also the language of the page), and `targets`, each
resolved to things by the sources. Measures (Manning, Raghavan and Schütze, 2008, chapter 8): recall_at_k is the share
of queries with at least one target among the first k; mrr_at_10 the mean of one over the rank of the first target,
0 beyond the tenth; ndcg_at_10 the discounted gain of all targets among the first ten, as a share of the best possible.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from parvis.core.bilingual import LANGUAGES, Language
from parvis.core.errors import ParvisError
from parvis.search import queries
from parvis.search.results import SearchQuery, SearchState
from parvis.search.sources import registered

DEPTH = 50
NEAR = 10
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

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, rounded to what the number of queries can tell."""
        return {
            **_rounded(self.overall),
            "unresolved_targets": list(self.unresolved_targets),
            "latency_ms": self.latency_ms,
            "by_language": {language: _rounded(one) for language, one in self.by_language.items()},
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


def evaluate(known: Sequence[KnownQuery]) -> Evaluation:
    """Ask every query once and measure. Raises ParvisError when search is not available."""
    for language in LANGUAGES:
        if queries.search(SearchQuery(WARM_UP[language], language)).state is SearchState.UNAVAILABLE:
            raise ParvisError("Search is not available: there is no index. `parvis index` builds it.")
    unresolved: dict[str, None] = {}
    outcomes = [_ask(one, unresolved) for one in known]
    spent = sorted(outcome.milliseconds for outcome in outcomes)
    return Evaluation(
        _measures(outcomes),
        {language: _measures([o for o in outcomes if o.language == language]) for language in LANGUAGES},
        tuple(unresolved),
        {"p50": _share_below(spent, 0.5), "p95": _share_below(spent, 0.95)},
    )


def _ask(known: KnownQuery, unresolved: dict[str, None]) -> Outcome:
    wanted: list[set[Key]] = []
    for target in known.targets:
        keys = {
            (kind, public_id)
            for kind, source in registered().items()
            for public_id in source.resolve_target(target)
        }
        if not keys:
            unresolved[target] = None
        wanted.append(keys)
    page = queries.search(SearchQuery(known.text, known.language, per_page=DEPTH))
    rank_of = {(hit.kind, hit.public_id): rank for rank, hit in enumerate(page.hits, 1)}
    ranks = {min(ranks) for keys in wanted if (ranks := [rank_of[key] for key in keys if key in rank_of])}
    return Outcome(known.language, tuple(sorted(ranks)), len(wanted), page.milliseconds)


def _measures(outcomes: Sequence[Outcome]) -> Measures:
    count = len(outcomes)
    if not count:
        return Measures(0, 0, 0, 0, 0, 0)
    firsts = [outcome.ranks[0] if outcome.ranks else math.inf for outcome in outcomes]
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

"""The measures of search, computed by hand."""

import argparse
import json
import math
from pathlib import Path

import pytest

from parvis.core.errors import ParvisError
from parvis.search.comparing import cross_validated, group_difference, paired_difference
from parvis.search.evaluation import Evaluation, Outcome, _measures, read_queries
from parvis.search.evaluation_report import read_weights
from parvis.search.ranking import Weights
from parvis.search.typos import with_slip


def test_the_measures_are_those_of_the_textbook() -> None:
    found = _measures(
        [
            Outcome("en", (1, 3), 2, 5.0),
            Outcome("en", (12,), 1, 5.0),
            Outcome("fr", (), 3, 5.0),
            Outcome("fr", (2,), 1, 5.0),
        ]
    )
    assert (found.recall_at_1, found.recall_at_10, found.recall_at_50) == (0.25, 0.5, 0.75)
    assert found.mrr_at_10 == (1 + 0.5) / 4
    both = (1 + 1 / math.log2(4)) / (1 + 1 / math.log2(3))
    assert found.ndcg_at_10 == pytest.approx((both + 1 / math.log2(3)) / 4)
    assert found.queries == 4


def test_an_evaluation_has_exactly_the_keys_that_were_promised() -> None:
    one = _measures([Outcome("en", (1,), 1, 5.0)])
    told = Evaluation(one, {"en": one, "fr": _measures([])}, ("x|1",), {"p50": 5.0, "p95": 5.0}).as_data()
    figures = {"recall_at_1", "recall_at_10", "recall_at_50", "mrr_at_10", "ndcg_at_10", "queries"}
    assert set(told) == figures | {"unresolved_targets", "latency_ms", "by_language", "french_minus_english"}
    assert set(told["by_language"]) == {"en", "fr"}
    assert set(told["by_language"]["fr"]) == figures
    assert told["unresolved_targets"] == ["x|1"]
    json.dumps(told)


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        '{"query": "a", "lang": "de", "targets": ["x"]}',
        '{"query": "a", "lang": "en", "targets": []}',
        "[]",
    ],
)
def test_a_wrong_line_of_queries_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "queries.jsonl"
    path.write_text('{"query": "a", "lang": "en", "targets": ["x|1"]}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(ParvisError, match="line 2"):
        read_queries(path)


def test_a_difference_that_chance_explains_is_told_from_one_that_it_does_not() -> None:
    better = paired_difference([1.0] * 40 + [0.0] * 10, [0.0] * 30 + [1.0] * 10 + [0.0] * 10)
    assert better.difference == 0.6
    assert better.low < 0.6 < better.high
    assert better.is_established
    assert not paired_difference([1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 1.0, 0.0]).is_established
    assert not group_difference([1.0, 0.0, 1.0], [1.0, 0.0, 0.0]).is_established


def test_french_is_compared_with_english_query_by_query() -> None:
    outcomes = [Outcome("en", (1,), 1, 1.0)] * 30 + [Outcome("fr", (20,), 1, 1.0)] * 30
    found = Evaluation(
        _measures(outcomes),
        {"en": _measures(outcomes[:30]), "fr": _measures(outcomes[30:])},
        (),
        outcomes=tuple(outcomes),
    )
    difference = found.french_minus_english["recall_at_10"]
    assert (difference.difference, difference.high) == (-1.0, -1.0)
    assert difference.is_established


def test_a_weight_is_measured_on_queries_that_its_choice_has_not_seen() -> None:
    gains = {0.5: [1.0, 0.0] * 10, 0.9: [0.0, 0.1] * 10}
    found, chosen = cross_validated(gains.__getitem__, (0.5, 0.9), 5)
    assert found == 0.5
    assert chosen == [0.5] * 5


@pytest.mark.parametrize("seed", range(12))
def test_a_slip_changes_one_word_by_one_letter_and_the_same_seed_makes_the_same(seed: int) -> None:
    text = "who paid for the lighthouse repairs"
    spoilt = with_slip(text, seed)
    assert spoilt == with_slip(text, seed)
    differing = [
        (before, after) for before, after in zip(text.split(), spoilt.split(), strict=True) if before != after
    ]
    ((before, after),) = differing
    assert before in {"lighthouse", "repairs"}
    assert abs(len(before) - len(after)) <= 1
    assert before[0] == after[0]


def test_a_text_of_short_words_keeps_its_spelling() -> None:
    assert with_slip("a big red fox", 3) == "a big red fox"


def test_weights_are_read_by_name_and_a_wrong_name_is_said() -> None:
    assert read_weights("meaning=0.6") == Weights(meaning=0.6)
    with pytest.raises(argparse.ArgumentTypeError, match="meaning"):
        read_weights("sense=1")

"""The measures of search, computed by hand."""

import json
import math
from pathlib import Path

import pytest

from parvis.core.errors import ParvisError
from parvis.search.evaluation import Evaluation, Outcome, _measures, read_queries


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
    assert set(told) == figures | {"unresolved_targets", "latency_ms", "by_language"}
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

"""Fitting and calibration find again what the data were made by."""

import numpy as np
import pytest

from parvis.recommend.evidence import NAMES, Table
from parvis.recommend.weights import Weights, calibrate, fit, likely_from, shipped


def test_a_fit_finds_the_figure_that_tells_and_leaves_the_one_that_does_not() -> None:
    chance = np.random.default_rng(3)
    tables = [chance.random((6, 2)) for _ in range(400)]
    answers = [int(one[:, 0].argmax()) for one in tables]
    weights = fit(tables, answers, [1.0] * len(tables))
    assert weights[0] > 5 * abs(weights[1])


def test_a_calibrated_confidence_says_how_often_it_is_right() -> None:
    chance = np.random.default_rng(4)
    shares = chance.random(4000)
    right = chance.random(4000) < shares**2
    slope, offset = calibrate(list(shares), list(right))
    weights = Weights(weights=dict.fromkeys(NAMES, 0.0), slope=slope, offset=offset)
    sure = np.array([weights.confidence(share) for share in shares])
    high = sure > 0.7
    assert float(np.mean(right[high])) == pytest.approx(float(sure[high].mean()), abs=0.05)


def test_likely_begins_where_nineteen_in_twenty_are_right() -> None:
    confidences = [0.99] * 19 + [0.9] + [0.5] * 10
    assert likely_from(confidences, [True] * 19 + [False] + [False] * 10) == 0.9
    assert likely_from([0.9], [False]) == 1.0


def test_the_shares_of_all_candidates_are_one() -> None:
    evidence = Table(("a", "b", "c"), np.random.default_rng(5).random((3, len(NAMES))))
    assert float(shipped().shares(evidence).sum()) == pytest.approx(1.0)


def test_among_few_candidates_a_share_is_no_more_sure_than_among_many() -> None:
    chance = np.random.default_rng(5)
    weights = Weights(weights=dict.fromkeys(NAMES, 1.0), candidates=50)
    three = Table(("a", "b", "c"), chance.random((3, len(NAMES))))
    least = three.figures[three.figures.sum(axis=1).argmin()]
    nobody = Table(tuple(map(str, range(50))), np.vstack([three.figures, np.tile(least, (47, 1))]))
    assert weights.sure_shares(three) == pytest.approx(weights.shares(nobody)[:3])
    assert weights.sure_shares(nobody) == pytest.approx(weights.shares(nobody))


def test_the_shipped_weights_name_every_figure() -> None:
    assert set(shipped().weights) == set(NAMES)

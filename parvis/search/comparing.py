"""Whether a difference between two rankings is more than chance, and what a fitted weight is worth on queries unseen.

The bootstrap draws queries with replacement (Efron, 1979; for retrieval Sakai, 2006): the interval holds 95 of 100
differences. Paired: both rankings answered the same queries. Unpaired: two groups of queries, French and English.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DRAWS = 5_000
SEED = 20
Figures = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of two means with the interval that holds 95 of 100 of its bootstrap draws."""

    difference: float
    low: float
    high: float

    @property
    def is_established(self) -> bool:
        """Whether chance alone hardly explains it."""
        return self.low > 0 or self.high < 0

    def as_data(self) -> dict[str, float | bool]:
        """Return it as plain data."""
        told = {name: round(getattr(self, name), 4) for name in ("difference", "low", "high")}
        return {**told, "is_established": self.is_established}


def paired_difference(ours: Sequence[float], theirs: Sequence[float]) -> Difference:
    """Return how much better `ours` is than `theirs`, query by query in the same order."""
    differences = np.asarray(ours, float) - np.asarray(theirs, float)
    return _interval(float(differences.mean()), _drawn(differences, np.random.default_rng(SEED)))


def group_difference(ours: Sequence[float], theirs: Sequence[float]) -> Difference:
    """Return how much better one group of queries fares than another one."""
    chance = np.random.default_rng(SEED)
    one, other = np.asarray(ours, float), np.asarray(theirs, float)
    return _interval(float(one.mean() - other.mean()), _drawn(one, chance) - _drawn(other, chance))


def cross_validated(
    gains: Callable[[float], Sequence[float]], choices: Sequence[float], folds: int
) -> tuple[float, list[float]]:
    """Choose among weights on all folds but one and measure on that one, for each in turn.

    `gains` gives a weight's figure for each query. Returns the mean figure on queries that the choice has not seen,
    and the weight chosen for each fold.
    """
    table = np.array([gains(choice) for choice in choices], float)
    order = np.random.default_rng(SEED).permutation(table.shape[1])
    unseen, chosen = [], []
    for fold in range(folds):
        held = order[fold::folds]
        seen = np.setdiff1d(order, held)
        best = int(table[:, seen].mean(axis=1).argmax())
        chosen.append(choices[best])
        unseen += list(table[best, held])
    return float(np.mean(unseen)), chosen


def _drawn(figures: Figures, chance: np.random.Generator) -> Figures:
    picks = chance.integers(0, len(figures), (DRAWS, len(figures)))
    return np.asarray(figures[picks].mean(axis=1))


def _interval(difference: float, drawn: Figures) -> Difference:
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Difference(difference, float(low), float(high))

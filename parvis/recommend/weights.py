"""The few weights that bring the evidence together, and how sure the result is. Fitted by `parvis recommend fit`.

Each candidate's score is the sum of its figures times the weights; the shares of all candidates are the exponentials of
the scores, as parts of their sum (a conditional logit; McFadden, 1974). The confidence is the share of the first one,
calibrated on texts that the fit had not seen (Platt, 1999): of suggestions shown with 0.8 about 80 in 100 are right.
"""

import functools
import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from parvis.recommend.evidence import NAMES, Figures, Table

FILE = Path(__file__).parent / "data" / "weights.json"
ROUNDS, LONGEST_STEP, CLOSE_ENOUGH, RIDGE = 60, 4.0, 1e-3, 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What was fitted. `likely_from` is the confidence from which a suggestion is called likely."""

    weights: dict[str, float]
    slope: float = 1.0
    offset: float = 0.0
    likely_from: float = 0.9
    candidates: int = 0  # among how many institutions the fit chose
    fitted_on: dict[str, Any] = field(default_factory=dict)

    @property
    def vector(self) -> Figures:
        """The weights in the order of the evidence."""
        return np.array([self.weights[name] for name in NAMES])

    def shares(self, evidence: Table) -> Figures:
        """Return the share of each candidate; they sum to one."""
        return _softmax(evidence.figures @ self.vector)

    def sure_shares(self, evidence: Table) -> Figures:
        """Return the shares from which a confidence is told.

        Among fewer candidates than the fit knew, a share says more than it should: the others count as institutions
        for which no more speaks than for the least of those there are. So among three institutions the first one is
        not likely because two are less so.
        """
        scores = evidence.figures @ self.vector
        others = max(self.candidates - len(scores), 0)
        least = max(float(scores.min()), 0.0)
        top = max(float(scores.max()), least)
        raised = np.exp(scores - top)
        return np.asarray(raised / (raised.sum() + others * math.exp(least - top)), np.float64)

    def confidence(self, share: float) -> float:
        """Return how likely it is that the candidate with this share is the right one."""
        held = min(max(share, 1e-6), 1 - 1e-6)
        return 1 / (1 + math.exp(-(self.slope * math.log(held / (1 - held)) + self.offset)))

    def save(self, path: Path = FILE) -> None:
        """Write it, a weight a line, so that a new fit shows as a readable change."""
        told = asdict(self)
        told["weights"] = {name: round(value, 3) for name, value in self.weights.items()}
        told |= {name: round(told[name], 4) for name in ("slope", "offset", "likely_from")}
        path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@functools.cache
def shipped() -> Weights:
    """Return the weights that come with Parvis."""
    return Weights(**json.loads(FILE.read_text(encoding="utf-8")))


def fit(tables: Sequence[Figures], answers: Sequence[int], strengths: Sequence[float]) -> Figures:
    """Return the weights under which the answers are most probable.

    `tables[i]` are the figures of all candidates for text i, `answers[i]` which of them is right, `strengths[i]` how
    much the text counts. Newton's method: the likelihood has one summit, and a few steps reach it.
    """
    shape = {len(one) for one in tables}
    if len(shape) != 1:
        raise ValueError("every text has the same candidates")
    stacked = np.stack(tables).astype(np.float32)
    width = stacked.shape[2]
    flat = stacked.reshape(-1, width)
    right = stacked[np.arange(len(stacked)), answers]
    counts = np.asarray(strengths, np.float64) / float(np.sum(strengths))
    weights = np.zeros(width)
    for _ in range(ROUNDS):
        shares = _softmax(stacked @ weights.astype(np.float32)) * counts[:, None].astype(np.float32)
        expected = np.einsum("ij,ijk->ik", shares, stacked)  # times how much the text counts
        gradient = counts @ right - expected.sum(axis=0) - RIDGE * weights
        spread = flat.T @ (flat * shares.reshape(-1, 1)) - (expected / counts[:, None]).T @ expected
        step = np.linalg.solve(spread + RIDGE * np.eye(width), gradient)
        weights += step * min(1.0, LONGEST_STEP / max(float(np.abs(step).max()), 1e-9))
        if float(np.abs(step).max()) < CLOSE_ENOUGH:
            break
    return np.asarray(weights, np.float64)


def calibrate(shares: Sequence[float], is_right: Sequence[bool]) -> tuple[float, float]:
    """Return slope and offset of the logistic curve from the logit of a share to being right (Platt, 1999)."""
    held = np.clip(np.asarray(shares), 1e-6, 1 - 1e-6)
    design = np.stack([np.log(held / (1 - held)), np.ones(len(held))], axis=1)
    wanted = np.asarray(is_right, float)
    curve = np.array([1.0, 0.0])
    for _ in range(50):
        found = 1 / (1 + np.exp(-design @ curve))
        bend = design.T @ (design * (found * (1 - found))[:, None]) + 1e-6 * np.eye(2)
        curve += np.linalg.solve(bend, design.T @ (wanted - found))
    return float(curve[0]), float(curve[1])


def likely_from(confidences: Sequence[float], is_right: Sequence[bool], wanted: float = 0.95) -> float:
    """Return the lowest confidence from which at least `wanted` of the suggestions are right."""
    order = np.argsort(-np.asarray(confidences))
    right = np.cumsum(np.asarray(is_right, float)[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right >= wanted)
    return float(np.asarray(confidences)[order][enough[-1]]) if len(enough) else 1.0


def _softmax(scores: npt.NDArray[Any]) -> npt.NDArray[Any]:
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True))

"""How often the right institution stands first, among three, among five; and whether "likely" is a promise kept."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from parvis.core.bilingual import LANGUAGES
from parvis.recommend.evidence import NAMES
from parvis.recommend.trials import Asked
from parvis.recommend.weights import Weights, calibrate, fit, likely_from

PLACES = (1, 3, 5)
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.0)
COLD_STRENGTH = 0.01  # what a text whose institution is taken for new counts in a fit, against a usual one
BARE_STRENGTH, BARE_COLD_STRENGTH = 0.1, 0.03  # what it counts once more, seen without holdings and services
LIKELY = 0.96  # how often "likely" is to be right: nineteen in twenty, and a margin for texts of another day
OWN_STRENGTH = 2.0  # what a question of ours counts: there are five times as many
SHORT_STRENGTH = 10.0  # what a short question counts: there are few to learn from, and people write them most


@dataclass(frozen=True, slots=True)
class Judged:
    """One text judged: the place of the right institution, from 1, and how sure the first one was."""

    asked: Asked
    place: int
    share: float
    confidence: float
    is_likely: bool

    @property
    def is_right(self) -> bool:
        """Whether the first suggestion was the right one."""
        return self.place == 1


def judge(asked: Sequence[Asked], weights: Weights) -> list[Judged]:
    """Judge each text. A right answer that is no candidate stands at the end of all."""
    judged = []
    for one in asked:
        shares = weights.shares(one.evidence)
        places = [int((shares > shares[right]).sum()) + 1 for right in one.right]
        top = float(shares.max())
        sure = weights.confidence(top)
        place = min(places, default=len(shares) + 1)
        judged.append(Judged(one, place, top, sure, sure >= weights.likely_from))
    return judged


def accuracies(judged: Sequence[Judged]) -> dict[str, float | int]:
    """Return accuracy_at_1, _3 and _5 and over how many texts."""
    count = max(len(judged), 1)
    found = {f"accuracy_at_{k}": round(sum(one.place <= k for one in judged) / count, 4) for k in PLACES}
    return {**found, "texts": len(judged)}


def by_language(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return the accuracies over all and for each language."""
    return {
        **accuracies(judged),
        "by_language": {
            language: accuracies([one for one in judged if one.asked.trial.language == language])
            for language in LANGUAGES
        },
    }


def calibration(judged: Sequence[Judged]) -> list[dict[str, float | int]]:
    """Return, for each bin of confidence, how many texts, the mean confidence and the share that was right."""
    rows = []
    for low, high in itertools.pairwise(BINS):
        mine = [
            one for one in judged if low <= one.confidence < high or (high == 1.0 and one.confidence == 1.0)
        ]
        if mine:
            rows.append(
                {
                    "from": low,
                    "to": high,
                    "texts": len(mine),
                    "confidence": round(float(np.mean([one.confidence for one in mine])), 3),
                    "right": round(float(np.mean([one.is_right for one in mine])), 3),
                }
            )
    return rows


def likely(judged: Sequence[Judged], limit: float) -> dict[str, float | int]:
    """Return how often "likely" is said, and how often it is right then. `limit` is the one that is shipped."""
    said = [one for one in judged if one.is_likely]
    return {
        "from": limit,
        "share": round(len(said) / max(len(judged), 1), 4),
        "right": round(sum(one.is_right for one in said) / max(len(said), 1), 4),
        "texts": len(said),
    }


def by_institution(judged: Sequence[Judged], least: int = 10) -> list[dict[str, Any]]:
    """Return the accuracies of each institution that answered at least `least` of the texts, most texts first."""
    mine: dict[str, list[Judged]] = {}
    for one in judged:
        mine.setdefault(one.asked.trial.answers[0], []).append(one)
    rows = [{"institution": slug, **accuracies(found)} for slug, found in mine.items() if len(found) >= least]
    return sorted(rows, key=lambda row: (-int(row["texts"]), str(row["institution"])))


def fitted(asked: Sequence[Asked]) -> Weights:
    """Fit weights on these texts; calibration follows by `sure_of`."""
    usable = [one for one in asked if one.right]
    strengths = [_strength(one) for one in usable]
    vector = fit([one.evidence.figures for one in usable], [one.right[0] for one in usable], strengths)
    return Weights(
        weights=dict(zip(NAMES, map(float, vector), strict=True)),
        candidates=len(usable[0].evidence.slugs),
    )


def _strength(one: Asked) -> float:
    if one.is_cold:
        return BARE_COLD_STRENGTH if one.is_bare else COLD_STRENGTH
    strength = (OWN_STRENGTH if one.trial.is_ours else SHORT_STRENGTH) if one.trial.is_query else 1.0
    return strength * BARE_STRENGTH if one.is_bare else strength


def cross_validated(
    asked: Sequence[Asked], folds: int, fit_on: Callable[[Sequence[Asked]], Weights] = fitted
) -> list[Judged]:
    """Judge each text by weights fitted on the other folds. Both languages of a row fall into one fold."""
    judged: list[Judged] = []
    for fold in range(folds):
        seen = [one for one in asked if one.trial.group % folds != fold]
        held = [one for one in asked if one.trial.group % folds == fold]
        judged += judge(held, fit_on(seen))
    return judged


def sure_of(weights: Weights, judged: Sequence[Judged]) -> Weights:
    """Return the weights with calibration and limit learnt from texts that a fit had not seen."""
    slope, offset = calibrate([one.share for one in judged], [one.is_right for one in judged])
    curved = replace(weights, slope=slope, offset=offset)
    sure = [curved.confidence(one.share) for one in judged]
    return replace(curved, likely_from=likely_from(sure, [one.is_right for one in judged], LIKELY))


def unhidden(judged: Sequence[Judged]) -> list[Judged]:
    """Return those from which a confidence is learnt: nothing of the right institution was hidden but duplicates."""
    return [one for one in judged if not one.asked.is_cold and not one.asked.is_bare]


def cross_calibrated(weights: Weights, judged: Sequence[Judged], folds: int) -> list[Judged]:
    """Return each text with the confidence, and the "likely", that calibration on the other folds gives it.

    So neither the curve nor the limit was chosen on the texts that they are held to.
    """
    sure = []
    for fold in range(folds):
        seen = [one for one in unhidden(judged) if one.asked.trial.group % folds != fold]
        used = sure_of(weights, seen)
        for one in judged:
            if one.asked.trial.group % folds == fold:
                confidence = used.confidence(one.share)
                is_likely = confidence >= used.likely_from
                sure.append(replace(one, confidence=confidence, is_likely=is_likely))
    return sure

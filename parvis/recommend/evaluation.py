"""The evaluation of "Who holds it?": what it asks, what it prints, and the run that the pages quote."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parvis.core.errors import ParvisError
from parvis.institutions import queries as institutions
from parvis.recommend import measuring
from parvis.recommend.measuring import Judged
from parvis.recommend.trials import (
    FEDERAL,
    Asked,
    Court,
    Loaded,
    Trial,
    ask_all,
    bare,
    short_queries,
    whole_texts,
)
from parvis.recommend.weights import Weights, shipped

Report = Callable[[str, int, int], None]
QUESTIONS = Path(__file__).parent / "data" / "questions.jsonl"  # one each, written by reading a request


@dataclass(frozen=True, slots=True)
class AskedAll:
    """Every trial of an evaluation with its evidence."""

    whole: list[Asked]
    cold: list[Asked]
    short: list[Asked]
    own: list[Asked]  # questions of ours


def ask(file: Path, queries_file: Path | None, report: Report) -> AskedAll:
    """Ask everything: each row whole in each language, the same with its institution new, and the short queries.

    Of our own questions those are asked whose request is loaded.
    """
    loaded = Loaded()
    whole = list(whole_texts(file, loaded))
    short = list(short_queries(queries_file, loaded)) if queries_file else []
    if not whole:
        raise ParvisError(f"{file} has no row whose institution is known.")
    own = list(short_queries(QUESTIONS, loaded, is_ours=True))
    trials = [*whole, *short, *own]
    court = Court(trials, candidates_for(trials))
    return AskedAll(
        ask_all(court, whole, report=lambda done, wanted: report("whole texts", done, wanted)),
        ask_all(court, whole, is_cold=True, report=lambda done, wanted: report("cold start", done, wanted)),
        ask_all(court, short, report=lambda done, wanted: report("short queries", done, wanted)),
        ask_all(court, own, report=lambda done, wanted: report("questions of ours", done, wanted)),
    )


def candidates_for(trials: Sequence[Trial]) -> tuple[str, ...]:
    """Return the federal institutions that stand, and those that ended but are the answer to something asked."""
    listed = institutions.institution_list(jurisdiction=FEDERAL, include_ended=True)
    answers = {slug for trial in trials for slug in trial.answers}
    return tuple(
        one.reference.slug
        for one in listed.items
        if one.reference.jurisdiction == FEDERAL
        and (str(one.reference.state) == "active" or one.reference.slug in answers)
    )


def measured(asked: AskedAll, weights: Weights | None = None) -> dict[str, Any]:
    """Return the figures under the shipped weights, or under others."""
    used = weights or shipped()
    whole, cold, short, own = (
        measuring.judge(some, used) for some in (asked.whole, asked.cold, asked.short, asked.own)
    )
    return {**_told(whole, cold, short, used), **_told_of_own(own)}


def cross_validated(asked: AskedAll, folds: int) -> tuple[dict[str, Any], Weights]:
    """Return the figures of weights fitted on other folds, so that no text judges itself, and weights fitted on all.

    Calibration and the limit of "likely" come from the other folds as well: nothing is held to what was chosen on it.
    Every text counts once more as an installation sees it that has loaded neither holdings nor services, so that the
    weights serve there too.
    """
    seen = [*asked.whole, *asked.cold, *asked.short, *asked.own]
    everything = [*seen, *map(bare, seen)]
    unseen = measuring.cross_validated(everything, folds)
    used = measuring.sure_of(measuring.fitted(everything), measuring.unhidden(unseen))
    of_both = measuring.cross_calibrated(used, unseen, folds)
    judged = [one for one in of_both if not one.asked.is_bare and not one.asked.trial.is_ours]
    told = _told(
        [one for one in judged if not one.asked.is_cold and not one.asked.trial.is_query],
        [one for one in judged if one.asked.is_cold],
        [one for one in judged if one.asked.trial.is_query],
        used,
    )
    bared = [one for one in of_both if one.asked.is_bare and not one.asked.trial.is_query]
    told["without_inventories"] = {
        **measuring.by_language([one for one in bared if not one.asked.is_cold]),
        "cold_start": measuring.by_language([one for one in bared if one.asked.is_cold]),
    }
    of_own = [one for one in of_both if not one.asked.is_bare and one.asked.trial.is_ours]
    return {**told, **_told_of_own(of_own), "folds": folds}, used


def _told(whole: list[Judged], cold: list[Judged], short: list[Judged], used: Weights) -> dict[str, Any]:
    told: dict[str, Any] = measuring.by_language(whole)
    told["likely"] = measuring.likely(whole, used.likely_from)
    told["calibration"] = measuring.calibration(whole)
    told["cold_start"] = measuring.by_language(cold)
    if short:
        told["short_queries"] = {
            **measuring.by_language(short),
            "likely": measuring.likely(short, used.likely_from),
            "calibration": measuring.calibration(short),
        }
    told["by_institution"] = measuring.by_institution(whole)
    return told


def _told_of_own(own: list[Judged]) -> dict[str, Any]:
    return {"own_questions": measuring.by_language(own)} if own else {}

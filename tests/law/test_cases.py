"""Each regime's cases, worked by hand in `cases/<regime>.yaml`; docs/law.md describes their form."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from parvis.law import (
    Kind,
    Refused,
    deadline,
    pack,
    pack_for,
    packs,
    parse_event,
    place_chain,
    received,
    regimes,
)
from parvis.law.deadline import Deadline
from parvis.law.reading import parse

CASES = Path(__file__).parent / "cases"
FIELDS = {"case", "pack", "received", "place", "events", "expect", "working"}
FEWEST = 10


def all_cases() -> list[tuple[str, dict[str, Any]]]:
    return [(path.stem, case) for path in sorted(CASES.glob("*.yaml")) for case in parse(path)["cases"]]


def worked(regime: str, case: dict[str, Any]) -> Deadline:
    on = date.fromisoformat(case["received"])
    events = [received(on), *(parse_event(text) for text in case.get("events", []))]
    law = pack(case["pack"]) if "pack" in case else pack_for(regime, on)
    return deadline(law, events, place_chain(case.get("place")))


def seen(due: Deadline, name: str) -> object:
    """Read what a case expects off the deadline; a name that is no field is another date of the pack."""
    if name in {"pack", "standing", "confidence", "days_left"}:
        return {
            "pack": due.pack.id,
            "standing": str(due.standing),
            "confidence": str(due.confidence),
            "days_left": due.days_left,
        }[name]
    if name in {"raw", "statute_due", "policy_due", "deemed_refused_on"}:
        day = getattr(due, name)
        return day.isoformat() if day else "none"
    days = {other.id: other for other in due.other_dates}
    base = name.removesuffix("/policy")
    assert base in days, f"{base} is not among {sorted(days)}"
    return (days[base].policy_on if name.endswith("/policy") else days[base].statute_on).isoformat()


@pytest.mark.parametrize(
    ("regime", "case"), all_cases(), ids=[f"{regime}: {case['case']}" for regime, case in all_cases()]
)
def test_the_engine_reaches_what_was_worked_by_hand(regime: str, case: dict[str, Any]) -> None:
    assert case.keys() <= FIELDS
    assert len(case["working"]) > 20, "the arithmetic is written out"
    expected = case["expect"]
    if "refused" in expected:
        with pytest.raises(Refused) as refusal:
            worked(regime, case)
        assert expected["refused"] in refusal.value.text.en
        return
    due = worked(regime, case)
    assert {name: seen(due, name) for name in expected} == expected


@pytest.mark.parametrize("regime", regimes())
def test_every_regime_has_at_least_ten_cases(regime: str) -> None:
    path = CASES / f"{regime}.yaml"
    assert path.exists(), f"{path.name} is missing"
    assert len(parse(path)["cases"]) >= FEWEST


@pytest.mark.parametrize("regime", regimes())
def test_every_regime_tries_extension_suspension_and_transfer(regime: str) -> None:
    """Each is tried, be it to see it refused; a suspension where some pack of the regime knows one."""
    cases = parse(CASES / f"{regime}.yaml")["cases"]
    kinds = {parse_event(text).kind for case in cases for text in case.get("events", [])}
    assert {Kind.EXTENDED, Kind.TRANSFERRED} <= kinds
    stopping = {rule.starts_with for law in packs() if law.regime == regime for rule in law.suspensions}
    assert not stopping or stopping & kinds, "no case stops the clock"


@pytest.mark.parametrize("regime", regimes())
def test_every_change_of_law_is_tried_on_both_sides(regime: str) -> None:
    cases = parse(CASES / f"{regime}.yaml")["cases"]
    days = [date.fromisoformat(case["received"]) for case in cases]
    for law in packs():
        if law.regime == regime and law.first_day and law.last_day:
            assert any(law.applies_on(day) for day in days), f"no case under {law.id}"

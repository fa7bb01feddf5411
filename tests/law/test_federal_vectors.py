"""The federal arithmetic that the research gives: read where it stands, and the same days written out here."""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from parvis.law import Event, Kind, deadline, pack, received
from parvis.law.deadline import Deadline

ATIA, PRIVACY = pack("ca-atia"), pack("ca-privacy-act")
PLAIN = [
    ("2026-05-29", "2026-06-28", "2026-06-29", "2026-06-29"),
    ("2026-06-04", "2026-07-04", "2026-07-04", "2026-07-06"),
    ("2026-09-12", "2026-10-12", "2026-10-13", "2026-10-13"),
    ("2026-08-31", "2026-09-30", "2026-10-01", "2026-10-01"),
    ("2026-03-04", "2026-04-03", "2026-04-04", "2026-04-07"),
    ("2026-11-25", "2026-12-25", "2026-12-26", "2026-12-28"),
    ("2026-01-15", "2026-02-14", "2026-02-14", "2026-02-16"),
]
ORDERS = [
    ("2026-10-01", "2026-10-08", "2026-11-23", "2026-11-24", "2026-12-08"),
    ("2026-12-01", "2026-12-08", "2027-02-08", "2027-02-09", "2027-02-23"),
]


def day(text: str) -> date:
    return date.fromisoformat(text)


def written(due: Deadline) -> tuple[str, ...]:
    return tuple(str(value) for value in (due.raw, due.statute_due, due.policy_due))


def other(due: Deadline, name: str) -> str:
    return next(each.statute_on.isoformat() for each in due.other_dates if each.id == name)


@pytest.mark.parametrize(("received_on", "raw", "statute", "policy"), PLAIN)
def test_thirty_days_roll_by_statute_and_further_by_policy(
    received_on: str, raw: str, statute: str, policy: str
) -> None:
    assert written(deadline(ATIA, [received(day(received_on))])) == (raw, statute, policy)


def test_sixty_more_days_are_counted_from_receipt_and_the_commissioner_is_told() -> None:
    events = [received(day("2026-06-04")), Event(Kind.EXTENDED, day("2026-06-20"), "9(1)(b)", 60)]
    due = deadline(ATIA, events)
    assert written(due) == ("2026-09-02", "2026-09-02", "2026-09-02")
    assert "tell-oversight" in [step.code for step in due.steps]


def test_the_longest_personal_information_request_takes_sixty_days() -> None:
    events = [received(day("2026-06-04")), Event(Kind.EXTENDED, day("2026-06-20"), "15(a)(i)", 30)]
    assert written(deadline(PRIVACY, events)) == ("2026-08-03", "2026-08-03", "2026-08-03")


def test_a_transfer_keeps_the_first_receipt() -> None:
    due = deadline(ATIA, [received(day("2026-06-04")), Event(Kind.TRANSFERRED, day("2026-06-19"))])
    assert other(due, "transfer") == "2026-06-19"
    assert due.statute_due == day("2026-07-04")


@pytest.mark.parametrize(("report", "deemed", "court", "effective", "third_party"), ORDERS)
def test_an_order_takes_effect_after_business_days_that_leave_out_the_recess(
    report: str, deemed: str, court: str, effective: str, third_party: str
) -> None:
    on = day(report)
    due = deadline(ATIA, [received(on - timedelta(100)), Event(Kind.ORDER, on)])
    names = ("report-received", "court", "order-effective", "order-effective-third-party")
    assert [other(due, name) for name in names] == [deemed, court, effective, third_party]


def test_the_days_from_asking_the_commissioner_to_the_decision_do_not_run() -> None:
    events = [
        received(day("2026-09-01")),
        Event(Kind.SUSPENDED, day("2026-09-10"), "6.1(1.2)"),
        Event(Kind.RESUMED, day("2026-09-24")),
    ]
    due = deadline(ATIA, events)
    assert written(due) == ("2026-10-16", "2026-10-16", "2026-10-16")
    assert "15 calendar days" in due.steps[3].in_("en")


@pytest.mark.data
def test_every_vector_of_the_research_is_met() -> None:
    folder = Path(os.environ.get("PARVIS_DATA", "absent")) / "law" / "test-vectors-federal.yaml"
    if not folder.exists():
        pytest.skip("PARVIS_DATA is not set: the research file is left out")
    vectors: list[dict[str, Any]] = yaml.safe_load(folder.read_text())["vectors"]
    met = 0
    for vector in vectors:
        regime = PRIVACY if vector["case"].startswith("Privacy") else ATIA
        if "report_date" in vector:
            on = day(vector["report_date"])
            due = deadline(regime, [received(on - timedelta(100)), Event(Kind.ORDER, on)])
            assert other(due, "report-received") == vector["deemed_receipt"]
            assert other(due, "court") == vector["court_application_last_day"]
            assert other(due, "order-effective") == vector["order_effective_31st"]
            assert other(due, "order-effective-third-party") == vector["order_effective_41st_if_third_party"]
        elif "transfer" in vector["case"]:
            due = deadline(regime, [received(day(vector["received"]))])
            assert other(due, "transfer") == vector["statute_due"]
        else:
            due = deadline(regime, [received(day(vector["received"])), *further(vector)])
            assert str(due.raw) == vector["raw"]
            assert str(due.policy_due) == vector["policy_due"]
            assert str(due.statute_due) == vector.get("statute_due", str(due.statute_due))
        met += 1
    assert met == len(vectors) == 13


def further(vector: dict[str, Any]) -> list[Event]:
    if "asked_commissioner" in vector:
        return [
            Event(Kind.SUSPENDED, day(vector["asked_commissioner"]), "6.1(1.2)"),
            Event(Kind.RESUMED, day(vector["decision_received"])),
        ]
    if vector["days"] > 30:
        ground = "15(a)(i)" if vector["case"].startswith("Privacy") else "9(1)(b)"
        return [Event(Kind.EXTENDED, day(vector["received"]) + timedelta(5), ground, vector["days"] - 30)]
    return []

"""A date is as sure as the least sure of what was used to reach it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from parvis.law import Pack, deadline, received

Changed = Callable[..., Pack]
MONDAY = date(2026, 6, 1)


def business(atia_data: dict[str, Any], confidence: str) -> dict[str, Any]:
    return {"business": {**atia_data["calendars"]["business"], "confidence": confidence}}


@pytest.mark.parametrize("confidence", ["sure", "likely", "unsure"])
def test_a_time_in_business_days_is_no_surer_than_the_definition_of_a_business_day(
    changed: Changed, atia_data: dict[str, Any], confidence: str
) -> None:
    law = changed(response={"days": 20, "unit": "business"}, calendars=business(atia_data, confidence))
    due = deadline(law, [received(MONDAY)])
    assert due.confidence == confidence
    assert due.steps[1].in_("en").endswith("[unsure: to be checked]") == (confidence == "unsure")


def test_a_time_in_business_days_is_no_surer_than_the_list_of_holidays(
    changed: Changed, atia_data: dict[str, Any]
) -> None:
    parts = {"calendars": business(atia_data, "sure"), "holidays": {"confidence": "unsure"}}
    assert (
        deadline(changed(response={"days": 20, "unit": "business"}, **parts), [received(MONDAY)]).confidence
        == "unsure"
    )


def test_a_time_in_calendar_days_does_not_ask_what_a_business_day_is(
    changed: Changed, atia_data: dict[str, Any]
) -> None:
    law = changed(calendars=business(atia_data, "unsure"))
    assert deadline(law, [received(date(2026, 6, 2))]).confidence == "sure"


EASTER_MONDAY = {
    "name": {"en": "Easter Monday", "fr": "Lundi de Pâques"},
    "rule": {"easter": 1},
    "section": "1",
    "confidence": "unsure",
}


@pytest.mark.parametrize(
    ("received_on", "passed", "confidence"),
    [(date(2026, 3, 9), date(2026, 4, 6), "unsure"), (MONDAY, None, "sure")],
)
def test_a_holiday_that_is_unsure_makes_a_time_unsure_that_passes_over_it_and_no_other(
    changed: Changed, atia_data: dict[str, Any], received_on: date, passed: date | None, confidence: str
) -> None:
    law = changed(
        response={"days": 30, "unit": "business"},
        calendars=business(atia_data, "sure"),
        holidays={"added": [EASTER_MONDAY]},
    )
    due = deadline(law, [received(received_on)])
    assert due.raw is not None
    assert passed is None or received_on < passed < due.raw
    assert due.confidence == confidence


def test_a_last_day_that_moves_off_an_unsure_holiday_is_unsure(changed: Changed) -> None:
    law = changed(holidays={"added": [EASTER_MONDAY]})
    due = deadline(law, [received(date(2026, 3, 7))])
    assert (due.raw, due.statute_due, due.confidence) == (date(2026, 4, 6), date(2026, 4, 7), "unsure")
    off_a_surer_one = deadline(law, [received(date(2026, 9, 12))])
    assert (off_a_surer_one.raw, off_a_surer_one.confidence) == (date(2026, 10, 12), "sure")

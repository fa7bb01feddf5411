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

"""Periods besides the answer that the days alone cannot say."""

from datetime import date

import pytest

from parvis.law.clock import years_after


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        ("2027-05-03", 1, "2028-05-03"),
        ("2026-05-03", 1, "2027-05-03"),
        ("2028-02-29", 1, "2029-02-28"),
        ("2028-02-29", 4, "2032-02-29"),
        ("2096-02-29", 4, "2100-02-28"),
    ],
)
def test_a_year_ends_on_the_same_day_and_on_the_28th_where_february_has_no_29th(
    day: str, years: int, expected: str
) -> None:
    assert date.fromordinal(years_after(date.fromisoformat(day).toordinal(), years)) == date.fromisoformat(
        expected
    )

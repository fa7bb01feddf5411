from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.disclosure.reading.values import (
    EARLIEST,
    KnownDate,
    known_date,
    read_date,
    read_pages,
    read_whole,
)
from parvis.disclosure.reasons import Doubt

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("2014-05-20", 2014, 5, date(2014, 5, 20)),
        ("2014-05-20T00:00:00", 2014, 5, date(2014, 5, 20)),
        ("2015-03", 2015, 3, None),
        ("2015", 2015, None, None),
        ("2014-01-04/2014-06-30", 2014, None, None),
        ("2013-10-01/2013-10-31", 2013, 10, None),
        ("2013-10-01/2014-03-31", None, None, None),
        ("", None, None, None),
    ],
)
def test_a_date_is_known_as_far_as_it_is_written(
    text: str, year: int | None, month: int | None, day: date | None
) -> None:
    assert read_date(text, today=TODAY) == KnownDate(year, month, day)


@pytest.mark.parametrize(
    "text", ["1301-01-01", "3101-01-01", "1901-01-01", "0016-02-20", "2027-01-01", "2026-11-25"]
)
def test_a_date_before_the_law_or_after_today_is_impossible(text: str) -> None:
    assert read_date(text, today=TODAY) == KnownDate(doubt=Doubt.IMPOSSIBLE_DATE)


def test_a_date_long_before_the_year_that_the_number_names_is_impossible() -> None:
    assert read_date("2001-01-01", today=TODAY, number="AG-2015-00088").doubt is Doubt.IMPOSSIBLE_DATE
    assert read_date("2014-12-01", today=TODAY, number="AG-2015-00088").doubt is None
    assert read_date("2019-12-01", today=TODAY, number="AG-2015-00088").doubt is None
    assert read_date("2001-01-01", today=TODAY, number="RTM-77").doubt is None


def test_a_day_that_no_month_has_leaves_the_month() -> None:
    assert read_date("2014-02-30", today=TODAY) == KnownDate(2014, 2, None, Doubt.IMPOSSIBLE_DATE)
    assert known_date(2014, 13, today=TODAY) == KnownDate(2014, None, None, Doubt.IMPOSSIBLE_DATE)


@pytest.mark.parametrize("text", ["spring 2014", "20/05/2014/1", "05-20-2014"])
def test_what_is_no_date_is_unreadable(text: str) -> None:
    assert read_date(text, today=TODAY).doubt is Doubt.UNREADABLE_DATE


@settings(deadline=None)
@given(st.dates(min_value=date(1000, 1, 1), max_value=date(3999, 12, 31)))
def test_every_day_is_either_kept_whole_or_wholly_unknown(day: date) -> None:
    found = read_date(day.isoformat(), today=TODAY)
    if date(EARLIEST, 1, 1) <= day <= TODAY:
        assert found == KnownDate(day.year, day.month, day)
    else:
        assert found == KnownDate(doubt=Doubt.IMPOSSIBLE_DATE)


@settings(deadline=None)
@given(st.text(alphabet="0123456789-/ T:"), st.text(alphabet="A-0123456789"))
def test_whatever_is_written_the_answer_can_be_stored(text: str, number: str) -> None:
    found = read_date(text, today=TODAY, number=number)
    assert found.year is None or EARLIEST <= found.year <= TODAY.year
    assert found.month is None or (found.year is not None and 1 <= found.month <= 12)
    assert found.day is None or (found.day.year, found.day.month) == (found.year, found.month)


@pytest.mark.parametrize(
    ("text", "pages"),
    [("12", 12), ("196 Pages", 196), ("1 Page", 1), ("1,200", 1200), ("0", 0), ("12.0", 12)],
)
def test_a_number_of_pages_is_read_with_its_word(text: str, pages: int) -> None:
    assert read_pages(text) == (pages, None)


@pytest.mark.parametrize("text", ["", "NA", "N/A", "s.o."])
def test_no_pages_stated_is_no_doubt(text: str) -> None:
    assert read_pages(text) == (None, None)


@pytest.mark.parametrize(
    ("text", "pages"), [("561 + 1 CD-ROM", 561), ("O pages", None), ("3\n\n0", None), ("Audio", None)]
)
def test_other_wordings_of_pages_are_doubted(text: str, pages: int | None) -> None:
    assert read_pages(text) == (pages, Doubt.PAGES_UNREADABLE)


@settings(deadline=None)
@given(st.text())
def test_pages_never_fail_and_never_overflow(text: str) -> None:
    number, _doubt = read_pages(text)
    assert number is None or 0 <= number <= 5_000_000


def test_a_whole_number_is_that_or_an_error() -> None:
    assert (read_whole(""), read_whole(" 2013 "), read_whole("2013.0")) == (None, 2013, 2013)
    with pytest.raises(ValueError, match="ue"):
        read_whole("ue")

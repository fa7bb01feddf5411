from datetime import UTC, date, datetime

import pytest

from parvis.core.bilingual import Language
from parvis.theme import formats


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        (1238, "en", "1,238"),
        (1238, "fr", "1\u00a0238"),
        (12.5, "fr", "12,5"),
        (0, "en", "0"),
    ],
)
def test_numbers_are_written_as_each_language_does(value: float, language: Language, written: str) -> None:
    assert formats.number(value, language) == written


def test_a_share_has_one_decimal_and_none_where_it_is_round() -> None:
    assert formats.percent(736, 1000, "en") == "73.6%"
    assert formats.percent(736, 1000, "fr") == "73,6\u00a0%"
    assert formats.percent(1, 2, "fr") == "50\u00a0%"
    assert formats.percent(1, 0, "en") == ""


def test_days_are_written_in_words() -> None:
    assert formats.day(date(2024, 3, 1), "en") == "March 1, 2024"
    assert formats.day(date(2024, 3, 1), "fr") == "1er\u00a0mars 2024"
    assert formats.day(date(2024, 8, 12), "fr") == "12\u00a0août 2024"
    assert formats.month(2024, 2, "fr") == "février 2024"


def test_a_moment_is_shown_in_local_time() -> None:
    winter = datetime(2024, 1, 5, 19, 7, tzinfo=UTC)
    assert formats.moment(winter, "en") == "January 5, 2024, 14:07"
    assert formats.moment(winter, "fr") == "5\u00a0janvier 2024, 14\u00a0h\u00a007"


def test_a_day_late_in_the_evening_is_the_local_day() -> None:
    assert formats.day(datetime(2024, 1, 6, 2, 0, tzinfo=UTC), "en") == "January 5, 2024"

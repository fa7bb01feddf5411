from decimal import Decimal

import pytest

from parvis.services.values import Kind, Reading, fiscal_year, plain, total


def test_the_four_values_stay_four() -> None:
    four = {Reading.NOT_APPLICABLE, Reading.NO_DATA, Reading.BLANK, Reading.of(0)}
    assert len(four) == 4
    assert {str(one) for one in four} == {"NA", "ND", "", "0"}
    assert [Reading.of(0).as_json(), Reading.BLANK.as_json(), Reading.NO_DATA.as_json()] == [0, None, "ND"]


def test_a_reading_has_a_number_exactly_when_it_says_so() -> None:
    for kind, number in ((Kind.NUMBER, None), (Kind.NO_DATA, 0)):
        with pytest.raises(ValueError, match=repr(number)):
            Reading(kind, number)


def test_a_zero_was_counted_and_what_is_missing_was_not() -> None:
    assert Reading.of(0).is_zero
    assert Reading.of(0).is_number
    assert not Reading.of(0).is_positive
    assert not Reading.NO_DATA.is_zero


def test_a_sum_says_how_many_it_is_of() -> None:
    found = total([Reading.of(3), Reading.of(0), Reading.NO_DATA, Reading.NOT_APPLICABLE, Reading.BLANK])
    assert (found.number, found.counted, found.asked) == (3, 2, 5)
    assert found.kinds[Kind.NO_DATA] == 1


def test_a_sum_of_nothing_measured_is_no_zero() -> None:
    assert total([Reading.NO_DATA, Reading.NOT_APPLICABLE]).number is None


def test_numbers_are_written_in_plain_digits() -> None:
    assert plain(Decimal("0.9000")) == "0.9"
    assert plain(Decimal(1200)) == "1200"
    assert plain(Decimal("0.00")) == "0"
    assert fiscal_year(2023) == "2023-2024"

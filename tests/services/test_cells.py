from decimal import Decimal

import pytest

from parvis.services.reading.cells import Cells, read_number, read_year
from parvis.services.reading.layouts import Layout, layouts
from parvis.services.reasons import Doubt
from parvis.services.values import Reading

RECENT, OLDER = "standards_recent", "standards_2018"


def layout(name: str) -> Layout:
    return next(one for one in layouts() if one.name == name)


def cells(name: str = RECENT, **raw: str) -> Cells:
    return Cells(layout(name), raw)


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("NA", Reading.NOT_APPLICABLE),
        ("nd", Reading.NO_DATA),
        ("", Reading.BLANK),
        (" ", Reading.BLANK),
        ("0", Reading.of(0)),
        ("1 200", Reading.of(1200)),
        ("12.0", Reading.of(12)),
    ],
)
def test_a_count_is_a_number_na_nd_or_blank(word: str, reading: Reading) -> None:
    row = cells(total_volume=word)
    assert row.whole("total_volume") == reading
    assert not row.doubts


@pytest.mark.parametrize("word", ["about 12", "12.5", "1,200", "∞"])
def test_what_is_no_count_is_left_blank_and_said(word: str) -> None:
    row = cells(total_volume=word)
    assert row.whole("total_volume") == Reading.BLANK
    assert [doubted.reason for doubted in row.doubts] == [Doubt.UNREADABLE_FIGURE]
    assert word in row.doubts[0].detail


def test_a_target_is_a_part_of_one_whichever_unit_its_file_writes() -> None:
    assert cells(RECENT, target="0.9").target("target") == Reading.of(Decimal("0.9"))
    assert cells(OLDER, service_std_target="90").target("target") == Reading.of(Decimal("0.9"))
    assert cells(OLDER, service_std_target="99.5").target("target") == Reading.of(Decimal("0.995"))


@pytest.mark.parametrize(
    ("name", "column", "word", "doubt"),
    [
        (RECENT, "target", "90", Doubt.TARGET_OVER_ONE),
        (OLDER, "service_std_target", "1", Doubt.TARGET_TINY),
    ],
)
def test_a_target_in_another_unit_than_its_file_is_doubted_and_not_changed(
    name: str, column: str, word: str, doubt: Doubt
) -> None:
    row = cells(name, **{column: word})
    row.target("target")
    assert [doubted.reason for doubted in row.doubts] == [doubt]


def test_a_cell_may_hold_several_codes_in_the_writing_of_its_generation() -> None:
    assert cells(OLDER, service_std_type="acces,time").codes("type") == ["ACS", "TML"]
    assert cells(RECENT, type="TML;ACS, TML").codes("type") == ["TML", "ACS"]
    row = cells(RECENT, type="XYZ")
    assert row.codes("type") == ["XYZ"]
    assert row.doubts[0].reason is Doubt.UNKNOWN_CODE


def test_an_older_file_writes_na_where_nothing_was_asked() -> None:
    row = cells(OLDER, channel="NA", standard_comment_en="NA")
    assert (row.code("channel"), row.text("comments_en")) == ("", "")


@pytest.mark.parametrize(
    ("word", "year"),
    [
        ("2023-2024", 2023),
        ("2023-24", 2023),
        ("1999-2000", 1999),
        ("2023-2025", None),
        ("2023", None),
        ("", None),
    ],
)
def test_a_fiscal_year_is_known_by_the_year_in_which_it_begins(word: str, year: int | None) -> None:
    assert read_year(word) == year


def test_a_number_that_no_column_can_hold_is_none() -> None:
    assert read_number("1e30") is None
    assert read_number("2.5E+3") == 2500


def test_answers_are_five() -> None:
    row = cells("services_recent", service_fee="Yes", sin_usage="perhaps")
    assert (row.answer("service_fee"), row.answer("sin_usage"), row.answer("os_decision")) == ("Y", "", "")
    assert row.doubts[0].reason is Doubt.UNREADABLE_ANSWER

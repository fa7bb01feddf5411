"""Which days the Interpretation Act leaves out, written out by hand; and rules for days of any kind."""

import doctest
from datetime import date

import pytest

import parvis.law
from parvis.core.bilingual import Text
from parvis.law import Confidence, pack, place_chain
from parvis.law.calendars import USUAL, easter_sunday, holidays_of, office_calendar, rule_day
from parvis.law.model import HolidayRule
from parvis.law.reading import make_pack, parse
from parvis.law.serialising import pack_dict

ATIA = pack("ca-atia")
HOLIDAYS_2026 = "01-01 04-03 04-06 05-18 07-01 09-07 09-30 10-12 11-11 12-25"
HOLIDAYS_2027 = "01-01 03-26 03-29 05-24 07-01 09-06 09-30 10-11 11-11 12-25"
HOLIDAYS_2029 = "01-01 03-30 04-02 05-21 07-01 07-02 09-03 09-30 10-08 11-11 12-25"
EASTERS = ["2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25"]


@pytest.mark.parametrize(
    ("year", "days"), [(2026, HOLIDAYS_2026), (2027, HOLIDAYS_2027), (2029, HOLIDAYS_2029)]
)
def test_the_holidays_of_the_interpretation_act_are_these_and_no_others(year: int, days: str) -> None:
    found = [date.fromordinal(day) for day in holidays_of(ATIA.holidays, USUAL)]
    assert sorted(f"{day:%m-%d}" for day in found if day.year == year) == days.split()


def test_september_30_is_a_holiday_since_2021_only() -> None:
    found = holidays_of(ATIA.holidays, USUAL)
    assert date(2020, 9, 30).toordinal() not in found
    assert date(2021, 9, 30).toordinal() in found


@pytest.mark.parametrize("day", EASTERS)
def test_easter_falls_where_the_almanac_says(day: str) -> None:
    assert easter_sunday(int(day[:4])) == date.fromisoformat(day)


def rule(**found_by: object) -> HolidayRule:
    return HolidayRule(
        name=Text("A day", "Un jour"),
        section="1",
        confidence=Confidence.SURE,
        **{"shift": {}, **found_by},  # type: ignore[arg-type]  # the fields of a rule
    )


@pytest.mark.parametrize(
    ("made", "year", "day"),
    [
        (rule(month=7, day=1), 2026, "2026-07-01"),
        (rule(month=7, day=1, shift={6: 1}), 2029, "2029-07-02"),
        (rule(weekday=0, month=8, nth=1), 2026, "2026-08-03"),
        (rule(weekday=0, month=5, nth=-1), 2026, "2026-05-25"),
        (rule(weekday=4, month=12, nth=-1), 2026, "2026-12-25"),
        (rule(weekday=0, month=2, nth=5), 2026, None),
        (rule(weekday=0, month=5, day=25, before=True), 2026, "2026-05-18"),
        (rule(easter=1), 2026, "2026-04-06"),
        (rule(on=date(2022, 9, 19)), 2022, "2022-09-19"),
        (rule(on=date(2022, 9, 19)), 2023, None),
        (rule(month=9, day=30, since=2021), 2020, None),
        (rule(month=9, day=30, until=2020), 2021, None),
    ],
)
def test_a_rule_finds_its_day_of_a_year(made: HolidayRule, year: int, day: str | None) -> None:
    found = rule_day(made, year)
    assert (found.isoformat() if found else None) == day


def test_a_place_adds_its_days_where_the_law_lets_it() -> None:
    plain, ottawa = office_calendar(ATIA, ()), office_calendar(ATIA, place_chain("on-ottawa"))
    civic, family = date(2026, 8, 3).toordinal(), date(2026, 2, 16).toordinal()
    assert (plain.statute.excludes(civic), ottawa.statute.excludes(civic)) == (False, True)
    assert (plain.statute.excludes(family), ottawa.statute.excludes(family)) == (False, True)
    foia = pack("gb-foia")
    assert not office_calendar(foia, place_chain("on-ottawa")).statute.excludes(family)


def test_yaml_reads_words_as_words_and_days_as_text() -> None:
    folder = parvis.law.library.PACKS
    data = parse(folder / "ca-atia.yaml")
    assert data["verified"]["on"] == "2026-08"
    assert make_pack(data).verified.on == "2026-08"


def test_a_pack_is_plain_data_with_each_section_cited() -> None:
    data = pack_dict(ATIA)
    assert data["response"]["days"] == 30
    assert data["response"]["citation"]["fr"] == "Loi sur l’accès à l’information, art.\N{NO-BREAK SPACE}7"
    assert data["calendars"]["statute"]["citation"]["en"] == "Interpretation Act, s.\N{NO-BREAK SPACE}26"
    assert data["exemptions"][0]["title"]["fr"] == "Renseignements obtenus à titre confidentiel"


def test_the_example_in_the_package_is_true() -> None:
    assert doctest.testmod(parvis.law).failed == 0

"""Days, lengths and sections as each language writes them, and the reasons of a date."""

from datetime import date

import pytest

from parvis.law import Event, Kind, deadline, pack, parse_event, place_chain, received
from parvis.law.model import Confidence
from parvis.law.wording import day_of, length_in, section_in

NBSP = "\N{NO-BREAK SPACE}"
ATIA = pack("ca-atia")


def test_days_are_written_with_their_weekday_and_the_first_of_a_month_as_an_ordinal_in_french() -> None:
    assert day_of(date(2026, 6, 28)).en == f"Sunday, 28{NBSP}June 2026"
    assert day_of(date(2026, 6, 28)).fr == f"dimanche 28{NBSP}juin 2026"
    assert day_of(date(2026, 7, 1)).fr == f"mercredi 1er{NBSP}juillet 2026"


@pytest.mark.parametrize(
    ("days", "unit", "en", "fr"),
    [
        (1, "calendar", "1 calendar day", f"1{NBSP}jour civil"),
        (30, "calendar", "30 calendar days", f"30{NBSP}jours civils"),
        (0, "business", "0 business days", f"0{NBSP}jour ouvrable"),
        (20, "business", "20 business days", f"20{NBSP}jours ouvrables"),
    ],
)
def test_lengths_agree_in_number(days: int, unit: str, en: str, fr: str) -> None:
    assert length_in(days, unit, "en") == en  # type: ignore[arg-type]  # the parameters are literals
    assert length_in(days, unit, "fr") == fr  # type: ignore[arg-type]  # the parameters are literals


@pytest.mark.parametrize(
    ("section", "en", "fr"),
    [
        ("7", "s. 7", "art. 7"),
        ("9(2)", "s. 9(2)", "par. 9(2)"),
        ("9(1)(b)", "s. 9(1)(b)", "al. 9(1)b)"),
        ("20(1)(b.1)", "s. 20(1)(b.1)", "al. 20(1)b.1)"),
        ("15(a)(i)", "s. 15(a)(i)", "sous-al. 15a)(i)"),
        ("15(1)(i)", "s. 15(1)(i)", "al. 15(1)i)"),
        ("27(2), 27(5)", "ss. 27(2), 27(5)", "art. 27(2), 27(5)"),
        ("49-50", "ss. 49-50", "art. 49-50"),
        ("2019, c. 18", "2019, c. 18", "2019, ch. 18"),
        ("Schedule II", "Schedule II", "annexe II"),
        ("Sched. 7", "Sched. 7", "annexe 7"),
        ("Part XX", "Part XX", "partie XX"),
        ("not verified", "not verified", "article non vérifié"),
        (
            "2\N{NON-BREAKING HYPHEN}28(3)",
            "s. 2\N{NON-BREAKING HYPHEN}28(3)",
            "par. 2\N{NON-BREAKING HYPHEN}28(3)",
        ),
    ],
)
def test_sections_are_cited_as_the_statutes_of_each_language_do(section: str, en: str, fr: str) -> None:
    assert section_in(section, "en").replace(NBSP, " ") == en
    assert section_in(section, "fr").replace(NBSP, " ") == fr


def test_the_step_of_a_sunday_reads_as_a_person_would_say_it() -> None:
    step = deadline(ATIA, [received(date(2026, 5, 29))]).steps[-1]
    assert step.in_("en").replace(NBSP, " ") == (
        "Day 30 is Sunday, 28 June 2026; the next day that is not a holiday is Monday, 29 June: "
        "Interpretation Act, s. 26"
    )
    assert step.in_("fr") == (
        f"Le 30e jour est le dimanche 28{NBSP}juin 2026{NBSP}; le jour suivant qui n’est pas férié est le lundi "
        f"29{NBSP}juin{NBSP}: Loi d’interprétation, art.{NBSP}26"
    )


def test_a_named_holiday_is_named_in_both_languages() -> None:
    step = deadline(ATIA, [received(date(2026, 9, 12))]).steps[-1]
    assert "12\N{NO-BREAK SPACE}October 2026 (Thanksgiving" in step.in_("en")
    assert "octobre 2026 (Action de grâce)" in step.in_("fr")


def test_days_of_two_years_both_say_their_year() -> None:
    step = deadline(ATIA, [received(date(2026, 12, 2))]).steps[-2]
    assert "1\N{NO-BREAK SPACE}January 2027 (New Year’s Day)" in step.in_("en")
    last_of_year = pack("ca-privacy-act")
    said = deadline(last_of_year, [received(date(2023, 12, 1))]).steps[-1].in_("en")
    assert said.startswith("Day 30 is Sunday, 31\N{NO-BREAK SPACE}December 2023")
    assert "Tuesday, 2\N{NO-BREAK SPACE}January 2024" in said


def test_policy_is_told_apart_from_statute() -> None:
    due = deadline(ATIA, [received(date(2026, 6, 4))])
    statute, policy = due.steps[-2:]
    assert statute.cited.section == "7"
    assert policy.in_("en").startswith("By policy, not by statute, the last day moves from Saturday, 4")
    assert policy.in_("fr").startswith("Selon la politique, et non la loi, le dernier jour passe du samedi 4")
    assert policy.cited.section == "manual:7.1.1"


def test_a_day_that_only_the_place_keeps_makes_the_step_unsure() -> None:
    events = [received(date(2026, 7, 4))]
    assert deadline(ATIA, events).confidence is Confidence.SURE
    here = deadline(ATIA, events, place_chain("on-ottawa"))
    assert here.steps[-1].confidence is Confidence.UNSURE
    assert "(Colonel By Day)" in here.steps[-1].in_("en")
    assert "(Fête du colonel By)" in here.steps[-1].in_("fr")


def test_silence_is_a_refusal_from_the_day_after_the_last() -> None:
    assert deadline(ATIA, [received(date(2026, 5, 29))]).deemed_refused_on == date(2026, 6, 30)


def test_an_answer_after_the_last_day_is_called_late() -> None:
    events = [received(date(2026, 5, 29)), Event(Kind.ANSWERED, date(2026, 6, 30))]
    assert [step.code for step in deadline(ATIA, events).steps][2] == "answered-late"
    assert parse_event("answered:2026-06-29").kind is Kind.ANSWERED

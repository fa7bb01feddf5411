import pytest

from parvis.disclosure.reading.holdings import HoldingRecord, ReadHolding, holdings_of
from parvis.disclosure.sameness import NEARLY_THE_SAME, is_nearly_the_same, similarity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "A copy of the fire report for [an address].",
            "A copy of the fire report for {a specified address}.",
        ),
        ("Employment file of (an individual).", "Employment file of {name of individual}."),
        ("Costs of the merger. Timeframe: June 2013.", "COSTS OF THE MERGER, timeframe: June, 2013"),
        (
            "Briefing notes on the bridge",
            "Briefing notes on the bridge, and the reports of its inspectors."[:38],
        ),
        ("All plans for the north wing of the museum", "All plans for the north wing of the musée"),
    ],
)
def test_small_corrections_and_other_redaction_marks_make_a_version(one: str, other: str) -> None:
    assert is_nearly_the_same(one, other)
    assert is_nearly_the_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Report of the fire of July 3, 2011, on Main Street",
            "Report of the fire of July 8, 2011, on Main Street",
        ),
        ("Contract 21401-1100005 for the supply of bread", "Contract 21401-110005 for the supply of bread"),
        ("Mailing list of day cares", "Probated will in the file of {name removed}"),
        ("Speaking notes", "Speaking notes for the opening of the theatre festival"),
    ],
)
def test_another_day_number_or_subject_makes_another_record(one: str, other: str) -> None:
    assert not is_nearly_the_same(one, other)
    assert not is_nearly_the_same(other, one)


def test_a_number_that_was_added_is_no_contradiction() -> None:
    assert is_nearly_the_same(
        "Fire report for [an address], incident of July 24, 2011.",
        "Fire report for {an address}, Unit 11, incident of July 24, 2011.",
    )


def test_the_measure_is_what_its_page_says() -> None:
    assert NEARLY_THE_SAME == 85
    assert similarity("abcd", "abcd") == 100
    assert similarity("abcd", "wxyz") == 0


def a_bank(**given: str) -> ReadHolding:
    values = {"title_en": "", "title_fr": "", "description_en": "", "description_fr": ""} | given
    return ReadHolding(
        line=2, number="X PPU 1", values=values, institution_title="", institution_path="", is_standard=False
    )


def test_rows_that_describe_one_holding_fill_each_others_gaps() -> None:
    first = a_bank(title_en="Pass holders", description_en="Names of those who hold a pass.")
    second = a_bank(
        title_fr="Titulaires", description_en="Names of those who hold a pass.", description_fr="Noms."
    )
    assert holdings_of([first, second]) == [HoldingRecord([first, second])]
    merged = HoldingRecord([first, second]).values
    assert (merged["title_en"], merged["title_fr"]) == ("Pass holders", "Titulaires")


def test_rows_whose_descriptions_tell_of_two_things_stay_two_holdings() -> None:
    first = a_bank(description_en="Names of those who hold a pass.")
    second = a_bank(description_en="Recordings of calls made to the ombudsman.")
    assert len(holdings_of([first, second])) == 2

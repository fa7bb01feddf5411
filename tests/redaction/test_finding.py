"""What is found and what is not; the floors that the marked sentences have to keep."""

import csv
import os
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from parvis.redaction import NAMES, WARNINGS, Finding, Kind, find_personal_information
from parvis.redaction.checking import Sentence, faults, read_sentences, scores
from parvis.theme.french import typography_faults

PIECES = (
    "SIN ",
    "046 454 286",
    "613-555-0123",
    "(819) ",
    "+33 ",
    "a@b.ca",
    "@",
    "né le ",
    "3 mars 1972",
    "born ",
    "DOB",
    "12 rue de ",
    "12 Maple Street",
    "K2P 1L4",
    "4111 1111 1111 1111",
    "passport ",
    "AB123456",
    "UCI 1234-5678",
    "2001:db8::1",
    "8.8.8.8",
    "TREM 7253 0112",
    "compte bancaire ",
    "12345-003-1234567",
    "1",
    " ",
    "-",
    ".",
    "\u00a0",
    "\n",
    "é",
    "٣",
    "\ud800",
    "😀",
    "\x00",
)


def kinds(text: str, *, least: float = 0.5) -> list[Kind]:
    return [one.kind for one in find_personal_information(text, least=least)]


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_findings_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    found = find_personal_information(text, least=0)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert 0 < one.confidence <= 1
        assert text[one.start : one.end].strip() == text[one.start : one.end]
    for one, following in pairwise(found):
        assert one.end <= following.start


@settings(max_examples=200, deadline=None)
@given(st.integers(10_000_000, 79_999_999), st.sampled_from([" ", "-", ".", "\u00a0"]))
def test_a_number_with_the_check_digit_of_a_sin_is_found_without_any_word(first_eight: int, gap: str) -> None:
    digits = f"{first_eight}{luhn.calc_check_digit(str(first_eight))}"
    if len(set(digits)) == 1:
        return
    written = gap.join((digits[:3], digits[3:6], digits[6:]))
    assert Kind.SIN in kinds(f"It is {written}, as you know")
    wrong = f"{written[:-1]}{(int(written[-1]) + 1) % 10}"
    assert Kind.SIN not in kinds(f"It is {wrong}, as you know")


def test_a_text_of_any_length_is_read_to_its_end() -> None:
    text = "all the records about bridges and harbours, " * 3_000 + "write to camille@example.com"
    (found,) = find_personal_information(text)
    assert text[found.start : found.end] == "camille@example.com"


def test_of_two_readings_of_one_place_the_surer_one_stays() -> None:
    assert kinds("My SIN is 046 454 286, phone 613-555-0123.") == [Kind.SIN, Kind.PHONE]
    assert kinds("UCI 1122334455") == [Kind.CLIENT_ID]
    assert kinds("née le 1985-06-12") == [Kind.BIRTH]


def test_what_is_more_often_of_an_office_is_told_only_to_those_who_ask() -> None:
    text = "The building at 12 Maple Street and first.last@canada.ca"
    assert kinds(text) == []
    assert kinds("Plans for 12 Maple Street", least=0.4) == [Kind.ADDRESS]
    assert kinds("first.last@canada.ca", least=0.4) == [Kind.EMAIL]
    assert kinds("I live at 12 Maple Street") == [Kind.ADDRESS]


def test_an_address_reaches_to_its_postal_code() -> None:
    text = "J’habite au 125, rue des Érables, Gatineau (Québec) J8X 2K1, depuis 1998."
    (found,) = find_personal_information(text)
    assert text[found.start : found.end] == "125, rue des Érables, Gatineau (Québec) J8X 2K1"


@pytest.mark.parametrize("score", scores(read_sentences()), ids=lambda score: score.kind)
def test_the_marked_sentences_keep_their_floors(score: object) -> None:
    assert getattr(score, "marked") >= 5  # noqa: B009  # a parameter of pytest is an object
    assert getattr(score, "precision") >= 0.9  # noqa: B009  # as above
    assert getattr(score, "recall") >= 0.9  # noqa: B009  # as above


def test_there_are_sentences_enough_and_many_of_them_hold_nothing() -> None:
    sentences = read_sentences()
    assert len(sentences) >= 200
    assert sum(not sentence.marks for sentence in sentences) >= 80
    assert len({sentence.text for sentence in sentences}) == len(sentences)


def test_the_measure_sees_what_is_missed_and_what_is_found_wrongly() -> None:
    missed = Sentence("Nothing here", ((Kind.SIN, 0, 7),))
    wrong = Sentence("My SIN is 046 454 286", ())
    assert [(one.kind, one.is_missed) for one in faults([missed, wrong])] == [
        (Kind.SIN, True),
        (Kind.SIN, False),
    ]
    (score,) = [one for one in scores([missed, wrong]) if one.kind == Kind.SIN]
    assert (score.precision, score.recall) == (0.0, 0.0)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_name_and_its_warning_in_both_languages(kind: Kind) -> None:
    for text in (NAMES[kind], WARNINGS[kind]):
        assert text.en
        assert text.fr
        assert text.en != text.fr
        assert not typography_faults(text.fr)
    assert "Retirez" in WARNINGS[kind].fr or "retirez" in WARNINGS[kind].fr


@pytest.mark.data
def test_released_summaries_raise_few_alarms() -> None:
    texts = []
    for path in sorted((Path(os.environ["PARVIS_DATA"]) / "summaries").glob("federal*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                texts += [row["summary_en"], row["summary_fr"]]
    found: Counter[Kind] = Counter()
    alarms: list[Finding] = []
    for text in texts[::3]:
        alarms += find_personal_information(text)
    found.update(one.kind for one in alarms)
    assert len(texts) > 3_000
    assert found.total() / len(texts[::3]) < 0.005
    assert not found[Kind.SIN]
    assert not found[Kind.HEALTH_CARD]

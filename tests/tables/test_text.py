import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.tables.text import TextDoubt, clean_text, one_line


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("the ministerâ€™s office", "the minister’s office"),
        ("SÃ£o Paulo", "São Paulo"),
        ("BLÉ ET MAÃ\x8fS", "BLÉ ET MAÏS"),
        ("49Â°17'30", "49°17'30"),
        ("par deÌ\x81faut", "par défaut"),
    ],
)
def test_letters_damaged_by_a_wrong_encoding_are_put_right_and_said(damaged: str, right: str) -> None:
    assert clean_text(damaged) == (right, (TextDoubt.TEXT_REPAIRED,))


@pytest.mark.parametrize(
    "text", ["Âge moyen", "À l’île", "PROTÉGÉ – secret", "50 % « ou plus »", "Zoë’s naïve façade"]
)
def test_right_letters_are_left_alone(text: str) -> None:
    assert clean_text(text) == (text, ())


def test_letters_that_are_lost_are_reported() -> None:
    assert clean_text("March 2015 \ufffd May").doubts == (TextDoubt.TEXT_DAMAGED,)


def test_markup_goes_and_what_only_looks_like_it_stays() -> None:
    assert clean_text("<p>Budget<br/>of <b>2014</b></p>") == ("Budget\nof 2014", (TextDoubt.MARKUP_REMOVED,))
    assert clean_text("years <20/21-25/26-30/> of ML&S; a < b") == (
        "years <20/21-25/26-30/> of ML&S; a < b",
        (),
    )
    assert clean_text("Peace &amp; order&nbsp;here").text == "Peace & order here"


def test_line_breaks_stay_in_texts_and_go_from_numbers() -> None:
    assert clean_text("one\r\ntwo\r\n\r\n\r\n\r\nthree").text == "one\ntwo\n\nthree"
    assert one_line("A-2008-00043\n/A-2009-00017 ") == "A-2008-00043 /A-2009-00017"


def test_marks_that_nobody_sees_go() -> None:
    assert clean_text("All \ufeffdis\u00adclosed\x0b").text == "All disclosed"


def test_bytes_of_an_older_encoding_become_letters() -> None:
    stray = "Montréal".encode("cp1252").decode("utf-8", "surrogateescape")
    assert clean_text(stray) == ("Montréal", (TextDoubt.TEXT_REPAIRED,))


@settings(deadline=None)
@given(st.text())
def test_cleaning_never_fails_and_cleaning_twice_changes_no_plain_text(text: str) -> None:
    once = clean_text(text).text
    assert "\x00" not in once
    if text.isascii() and "&" not in text and "<" not in text:
        assert clean_text(once).text == once

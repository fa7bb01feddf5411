"""The interface in both languages: French complete and well set, texts written twice with the same shape."""

import re
from pathlib import Path

import pytest

from parvis.theme import messages
from parvis.theme.french import typography_faults

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = sorted((ROOT / "parvis").rglob("templates/*/mail/*.fr.*"))
LETTERS = sorted((ROOT / "parvis").rglob("templates/**/*.en.typ"))
PROSE = sorted((ROOT / "parvis").rglob("templates/**/*.en.html"))


@pytest.mark.parametrize("room", messages.rooms(), ids=lambda room: room.name)
def test_the_french_of_every_room_is_complete_and_well_set(room: Path) -> None:
    assert not messages.faults(room)


def test_no_two_rooms_translate_the_same_words_differently() -> None:
    assert not messages.contradictions()


def shape(text: str) -> list[str]:
    """Return the elements of a page, in order: what a reader of the other language must find too."""
    return re.findall(r"<(h\d|li|p|ul|ol|table|tr|details)\b", text)


@pytest.mark.parametrize("english", PROSE, ids=lambda path: path.name.partition(".")[0])
def test_a_page_written_twice_has_the_same_shape_in_both_languages(english: Path) -> None:
    french = english.with_name(english.name.replace(".en.html", ".fr.html"))
    assert shape(english.read_text()) == shape(french.read_text())
    assert not typography_faults(french.read_text())


@pytest.mark.parametrize("french", MESSAGES, ids=lambda path: path.name)
def test_the_french_of_a_message_is_set_as_french(french: Path) -> None:
    assert not typography_faults(french.read_text())


def letter_shape(text: str) -> list[tuple[str, ...]]:
    """Return what a letter is made of, in order: headings, numbered and plain lists, calls and the fields they show."""
    return re.findall(r"^(=+ |\+ |- |/ )|(#[a-z]+|data\.\w+)", text, re.MULTILINE)


@pytest.mark.parametrize("english", LETTERS, ids=lambda path: path.name.partition(".")[0])
def test_a_letter_written_twice_has_the_same_shape_in_both_languages(english: Path) -> None:
    french = english.with_name(english.name.replace(".en.typ", ".fr.typ"))
    assert letter_shape(english.read_text()) == letter_shape(french.read_text())
    prose = re.sub(r"^#(?:import|show).*$|\"|\.\.(?=data)", "", french.read_text(), flags=re.MULTILINE)
    assert not typography_faults(prose)

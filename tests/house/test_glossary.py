"""The glossary: every concept has its word in each language and its name in the code, and no two share one."""

import re
from collections import Counter
from pathlib import Path

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
IDENTIFIER = re.compile(r"^\(?`[a-z][a-z0-9]*([_-][a-z0-9]+)*`\)?$")


def rows() -> list[tuple[str, ...]]:
    lines = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    return [row for row in cells if row[0] != "English"]


def test_every_concept_has_a_word_in_each_language_and_a_name_in_the_code() -> None:
    assert len(rows()) > 100
    for row in rows():
        assert len(row) == 3, row
        assert all(row), row
        assert IDENTIFIER.match(row[2]), row


def test_no_word_and_no_name_stands_for_two_concepts() -> None:
    for column in range(3):
        seen = Counter(row[column].strip("()`").casefold() for row in rows())
        assert [word for word, count in seen.items() if count > 1] == []


def test_the_french_is_set_as_french() -> None:
    assert not [row for row in rows() if "'" in row[1]]

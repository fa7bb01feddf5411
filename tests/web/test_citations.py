"""References to a record."""

from dataclasses import replace
from datetime import date

from parvis.web.citations import Citation

ENGLISH = Citation(
    key="abc 123",
    author="Statistics Canada",
    title="Access request A-2019-00052: 50% of {costs} & fees",
    site="Parvis",
    url="https://open.example/en/records/abc",
    language="en",
    year=2019,
    month=9,
    read_on=date(2026, 3, 1),
)
FRENCH = replace(ENGLISH, language="fr", author="Statistique Canada", title="Demande d’accès A-2019-00052")


def test_a_sentence_reads_as_each_language_writes_it() -> None:
    assert ENGLISH.sentence_before_title == "Statistics Canada. (2019, September)."
    assert ENGLISH.sentence_after_title.startswith("Parvis. Retrieved March 1, 2026, from https://")
    assert FRENCH.sentence_before_title == "Statistique Canada. (2019, septembre)."
    assert "Consulté le\u00a01er\u00a0mars 2026, à l’adresse https://" in FRENCH.sentence_after_title


def test_an_unknown_date_is_said() -> None:
    assert replace(ENGLISH, year=None, month=None).dated == "n.d."
    assert replace(FRENCH, year=None, month=None).dated == "s.\u00a0d."
    assert replace(FRENCH, month=None).dated == "2019"


def test_bibtex_keeps_signs_that_mean_something_to_it() -> None:
    entry = ENGLISH.bibtex()
    assert entry.startswith("@misc{abc123,")
    assert r"50\% of \{costs\} \& fees" in entry
    assert "urldate = {2026-03-01}" in entry


def test_ris_ends_its_lines_as_the_format_asks() -> None:
    lines = ENGLISH.ris().split("\r\n")
    assert lines[0] == "TY  - GOVDOC"
    assert "DA  - 2019/09//" in lines
    assert lines[-2:] == ["ER  - ", ""]

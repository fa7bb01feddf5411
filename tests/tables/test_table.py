from pathlib import Path

from parvis.tables.table import open_table


def test_the_delimiter_is_the_one_that_gives_the_header_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "findings.csv"
    path.write_text(
        "name;note, in words;year\na;b, c;2023\n\nTimestamp:2026-02-10_10:41:27\n", encoding="utf-8"
    )
    table = open_table(path, delimiters=",;")
    first, last = table.rows()
    assert table.header == ("name", "note, in words", "year")
    assert (first.line, first.cells) == (2, {"name": "a", "note, in words": "b, c", "year": "2023"})
    assert (last.line, last.cells, last.first) == (4, None, "Timestamp:2026-02-10_10:41:27")


def test_a_comma_is_the_delimiter_unless_others_are_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("a;b,c\n1;2,3\n", encoding="utf-8")
    assert open_table(path).header == ("a;b", "c")

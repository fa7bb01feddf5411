import argparse
from pathlib import Path

import pytest

from parvis.core.errors import ParvisError
from parvis.institutions.commands import COMMANDS
from parvis.institutions.models import Institution

pytestmark = pytest.mark.django_db


def run(name: str, *words: str) -> int:
    command = next(one for one in COMMANDS if one.name == name)
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


def table(text: str) -> dict[str, list[int]]:
    lines = [line.rsplit(maxsplit=3) for line in text.splitlines() if line[:1].isalpha()]
    return {words[0]: [int(word) for word in words[1:]] for words in lines if words[-1].isdigit()}


def test_a_load_prints_what_is_new_and_a_second_one_that_all_is_unchanged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("load institutions") == 0
    total = Institution.objects.count()
    assert table(capsys.readouterr().out)["institutions"] == [total, 0, 0]
    assert run("load institutions") == 0
    second = capsys.readouterr().out
    assert table(second)["institutions"] == [0, 0, total]
    assert "“ccg” is the name of several: cgc-ccg, dfo-mpo" in second


def test_a_load_names_the_line_that_it_refused_and_ends_with_a_complaint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "spellings.csv"
    path.write_text("slug,text\nnobody,Nobody\n", encoding="utf-8")
    assert run("load institutions", str(path)) == 1
    assert "spellings.csv:2: no institution has the slug nobody" in capsys.readouterr().err


def test_a_file_that_is_none_of_ours_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "colours.csv"
    path.write_text("colour\nred\n", encoding="utf-8")
    assert run("load institutions", str(path)) == 2
    assert "colours.csv" in capsys.readouterr().err


def test_unknown_names_are_listed_with_their_number_and_suggestions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("load institutions")
    capsys.readouterr()
    path = tmp_path / "names.csv"
    path.write_text(
        "owner_org,owner_org_title\ntc,Transport Canada\n,Indutry Canada\n,Indutry Canada\n",
        encoding="utf-8",
    )
    assert run("institutions unresolved", str(path)) == 1
    printed = capsys.readouterr().out
    assert "2,ca,,Indutry Canada,ic (" in printed
    assert "1 of 3 rows name a known institution; 1 names are unknown." in printed
    path.write_text("jurisdiction,organization\nca-bc,Health\nca-on-toronto,\n", encoding="utf-8")
    assert run("institutions unresolved", str(path)) == 0


def test_a_file_whose_columns_are_unknown_is_read_by_those_that_are_named(tmp_path: Path) -> None:
    run("load institutions")
    path = tmp_path / "names.csv"
    path.write_text("body,place\nTransport Canada,ca\nHealth,ca-bc\n", encoding="utf-8")
    with pytest.raises(ParvisError, match="--title-column"):
        run("institutions unresolved", str(path))
    assert (
        run("institutions unresolved", str(path), "--title-column", "body", "--jurisdiction-column", "place")
        == 0
    )

from pathlib import Path

import pytest

from parvis.disclosure.commands import COMMANDS
from parvis.disclosure.models import ClassOfRecords, PersonalInformationBank, Summary
from tests.disclosure.factories import a_file, a_row, ferries, rows

pytestmark = pytest.mark.django_db


def run(name: str, *words: str) -> int:
    import argparse  # noqa: PLC0415  # only here

    (command,) = (one for one in COMMANDS if one.name == name)
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


def test_loading_ends_with_a_table_that_accounts_for_every_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ferries()
    first = a_file(tmp_path / "one.csv", [*rows(3), a_row("A-1", summary_en="", summary_fr="")])
    second = a_file(tmp_path / "two.csv", rows(2))
    assert run("load summaries", str(first), str(second)) == 0
    said = capsys.readouterr()
    assert "All files: 6 rows = 5 taken + 1 refused." in said.out
    assert "no-text" in said.out
    assert "one.csv: 4 / 4" in said.err
    assert run("load summaries", str(first), str(second)) == 0
    assert "Unchanged                                            3" in capsys.readouterr().out


def test_withdrawals_that_wait_make_the_command_complain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ferries()
    run("load summaries", str(a_file(tmp_path / "one.csv", rows(9))))
    path = a_file(tmp_path / "one.csv", rows(2))
    assert run("load summaries", str(path)) == 1
    assert "--confirm-withdrawals" in capsys.readouterr().out
    assert run("load summaries", "--confirm-withdrawals", str(path)) == 0
    assert Summary.objects.published().count() == 2


def test_a_file_that_cannot_be_read_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("load summaries", str(tmp_path / "none.csv")) == 2
    assert "none.csv cannot be read" in capsys.readouterr().err


def test_the_sample_loads_whole_marked_as_invented_and_twice_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("load sample") == 0
    said = capsys.readouterr()
    assert "0 refused" in said.out
    assert "No institution is known yet" in said.err
    assert Summary.objects.count() >= 350
    assert not Summary.objects.filter(is_invented=False).exists()
    assert not Summary.objects.filter(institution__isnull=True).exists()
    assert ClassOfRecords.objects.filter(is_invented=True).count() >= 80
    assert PersonalInformationBank.objects.filter(is_invented=True).count() >= 30
    assert PersonalInformationBank.objects.filter(classes__isnull=False).exists()
    dispositions = set(Summary.objects.values_list("disposition", flat=True).distinct())
    assert len(dispositions - {""}) == 8
    assert run("load sample") == 0
    out = capsys.readouterr().out
    assert out.count("Unchanged") == 4
    assert "New                                                  0" in out

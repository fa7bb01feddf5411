from pathlib import Path

import pytest

from parvis.config.command import main


def test_precision_and_recall_are_printed_by_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["redaction", "check"]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[0].endswith("sentences")
    assert "health-card" in said


def test_other_sentences_can_be_measured_and_their_faults_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.txt"
    own.write_text("# mine\nMy SIN is {{sin:unknown}}.\ncall 613-555-0123\n", encoding="utf-8")
    assert main(["redaction", "check", "--file", str(own), "--faults"]) == 0
    said = capsys.readouterr().out
    assert "missed sin" in said
    assert "wrong  phone" in said

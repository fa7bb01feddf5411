"""The commands about letters and seals."""

from pathlib import Path

import pytest

from parvis.config.command import run


@pytest.mark.django_db
def test_a_document_is_sealed_and_verified_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter, seal = tmp_path / "letter.pdf", tmp_path / "letter.seal.json"
    assert run("letters sample", str(letter), "--lang", "fr") == 0
    assert run("verify", str(letter)) == 1
    assert "unknown" in capsys.readouterr().out
    assert run("letters seal", str(letter)) == 0
    assert run("letters renew-key") == 0
    assert run("verify", str(letter)) == 0
    assert run("verify", str(letter), str(seal)) == 0
    assert capsys.readouterr().out.count("genuine") == 2
    letter.write_bytes(letter.read_bytes() + b"\n")
    assert run("verify", str(letter), str(seal)) == 1
    assert "changed" in capsys.readouterr().out
    assert run("verify", str(letter), str(letter)) == 1
    assert "is no seal" in capsys.readouterr().out

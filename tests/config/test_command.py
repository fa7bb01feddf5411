import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from parvis.config import command
from parvis.config.environment import Environment
from parvis.core.commands import Command, Needs
from parvis.core.errors import ParvisError

ROOT = Path(__file__).resolve().parents[2]


def test_every_room_that_offers_commands_is_listed() -> None:
    offering = {path.parent.name for path in (ROOT / "parvis").glob("*/commands.py")} - {"core"}
    assert set(command.ROOMS) == offering


def test_help_names_every_command_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--help"]) == 0
    shown = capsys.readouterr().out
    for name in ("demo", "serve", "migrate", "load institutions", "law explain", "audit verify"):
        assert f"  {name} " in shown
    assert max(map(len, shown.splitlines())) < 160


def test_names_are_unique_have_two_words_at_most_and_a_sentence() -> None:
    offered = command._commands(command.ROOMS)
    assert len({one.name for one in offered}) == len(offered)
    for one in offered:
        assert 1 <= len(one.name.split()) <= 2, one.name
        assert one.help.endswith("."), one.name


def test_an_unknown_command_suggests_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["audit", "verfy"]) == 2
    assert "Did you mean: audit verify" in capsys.readouterr().err
    assert command.main(["migrat"]) == 2
    assert "migrate" in capsys.readouterr().err


def test_the_first_word_alone_lists_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["audit"]) == 2
    assert "parvis audit seal" in capsys.readouterr().out


def test_the_law_engine_runs_without_django() -> None:
    code = (
        "import sys; from parvis.config.command import main; "
        "status = main(['law', 'list']); assert 'django' not in sys.modules; sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # our own words
    assert done.returncode == 0, done.stderr


def offer(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Offer one command that ends with this error."""

    def run(_arguments: argparse.Namespace) -> int:
        raise error

    one = Command(name="stumble", help="Stumble.", run=run, needs=Needs.NOTHING)
    monkeypatch.setattr(command, "_commands", lambda _rooms: [one])


def test_what_cannot_be_done_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    offer(monkeypatch, ParvisError("The moon is not reachable."))
    assert command.main(["stumble"]) == 2
    assert capsys.readouterr().err == "The moon is not reachable.\n"


def test_what_nobody_foresaw_gets_an_id_and_its_trace_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    offer(monkeypatch, RuntimeError("a wheel came off"))
    monkeypatch.setenv("PARVIS_HOME", str(tmp_path))
    assert command.main(["stumble"]) == 3
    said = capsys.readouterr().err
    assert "Traceback" not in said
    (kept,) = (tmp_path / "errors").iterdir()
    assert kept.stem in said
    assert "Traceback" in kept.read_text()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARVIS_WEB_PROCESSES", "many"),
        ("PARVIS_LOG_LEVEL", "loud"),
        ("PARVIS_SECRET_KEY", "short"),
        ("PARVIS_BASE_URL", "example.org"),
        ("PARVIS_EMBEDDER", "oracle"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence_that_names_it(name: str, value: str) -> None:
    done = subprocess.run(  # our own words
        [sys.executable, "-m", "parvis.config.command", "check"],
        cwd=ROOT,
        env={**os.environ, name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_the_page_of_settings_names_each_setting_and_no_other() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    rows = [line.split("|")[1].strip(" `") for line in page.splitlines() if line.startswith("| `")]
    known = {
        str(one.validation_alias or f"PARVIS_{name.upper()}")
        for name, one in Environment.model_fields.items()
    }
    assert set(rows) == known
    assert len(rows) == len(known)

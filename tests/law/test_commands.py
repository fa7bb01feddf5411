"""The commands, as a person types them."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from parvis.config.command import main

EXPLAIN = ["law", "explain", "--pack", "ca-atia", "--received", "2026-05-29"]
Capture = pytest.CaptureFixture[str]


def test_explain_prints_the_steps_and_the_two_dates_on_lines_of_their_own(capsys: Capture) -> None:
    assert main(EXPLAIN) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "statute_due: 2026-06-29" in lines
    assert "policy_due: 2026-06-29" in lines
    assert any("the next day that is not a holiday is Monday, 29" in line for line in lines)


def test_explain_takes_events_a_place_and_a_language(capsys: Capture) -> None:
    events = ["--event", "answered:2026-08-20", "--event", "extended:2026-06-20:9(1)(b):60"]
    assert main([*EXPLAIN, *events, "--place", "on-ottawa", "--lang", "fr"]) == 0
    out = capsys.readouterr().out
    assert "statute_due: 2026-08-27" in out.splitlines()
    assert "al.\N{NO-BREAK SPACE}9(1)b)" in out
    assert "standing: answered" in out


def test_explain_gives_json_with_both_languages(capsys: Capture) -> None:
    assert main([*EXPLAIN, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["pack"], data["statute_due"], data["policy_due"]) == ("ca-atia", "2026-06-29", "2026-06-29")
    assert data["steps"][-1]["citation"]["fr"].startswith("Loi d’interprétation, art.")
    assert data["steps"][0]["verified"] == {
        "by": "Parvis project (read in the consolidated text)",
        "on": "2026-08",
    }


def test_an_impossible_sequence_is_refused_in_the_language_asked_for(capsys: Capture) -> None:
    late = ["--event", "extended:2026-07-20:9(1)(b):60"]
    assert main([*EXPLAIN, *late, "--lang", "fr"]) == 2
    assert "le délai était écoulé" in capsys.readouterr().err
    assert main([*EXPLAIN, *late, "--format", "json"]) == 2
    assert "the time had run out" in json.loads(capsys.readouterr().out)["refused"]
    assert main(["law", "explain", "--pack", "nowhere", "--received", "2026-05-29"]) == 2
    assert "no law pack named nowhere" in capsys.readouterr().err
    assert main(["law", "explain", "--pack", "ca-atia", "--received", "yesterday"]) == 2


def test_check_ends_with_a_count(capsys: Capture, folder: Callable[..., Path]) -> None:
    assert main(["law", "check"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.endswith("; 0 faults")
    assert " packs of " in last
    broken = folder({"pack": "broken", "regime": "NO"})
    assert main(["law", "check", "--folder", str(broken)]) == 1
    assert capsys.readouterr().out.splitlines()[-1].endswith("; 1 fault")


def test_list_shows_each_pack_with_state_and_confidence(capsys: Capture) -> None:
    assert main(["law", "list", "--lang", "fr", "--on", "2026-11-24"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("ca-atia"))
    assert line.split()[1:5] == ["2019-06-21", "-", "en", "vigueur"]
    assert line.endswith("sûr        Loi sur l’accès à l’information")


def test_the_engine_stands_alone_without_django_and_without_settings() -> None:
    code = (
        "import sys; from datetime import date; from parvis.law import deadline, pack_for, received; "
        "day = date(2026, 5, 29); print(deadline(pack_for('ca-atia', day), [received(day)]).statute_due); "
        "assert not [name for name in sys.modules if name.split('.')[0] in {'django', 'psycopg', 'ninja'}]"
    )
    result = subprocess.run(  # noqa: S603  # our own interpreter and code
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={"PYTHONPATH": "."}
    )
    assert (result.stdout.strip(), result.stderr) == ("2026-06-29", "")

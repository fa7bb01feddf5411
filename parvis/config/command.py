"""The `parvis` command: assembles what each room's `commands.py` offers, and says plainly what went wrong."""

import argparse
import difflib
import importlib
import os
import secrets
import signal
import sys
import traceback
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from parvis import __version__
from parvis.core.commands import Command, Needs
from parvis.core.errors import ParvisError

# Rooms that offer commands, in the order of the help; each has a `commands.py`. A test holds this list complete.
ROOMS = {
    "config": "Run Parvis",
    "institutions": "Load and keep",
    "disclosure": "Load and keep",
    "services": "Load and keep",
    "search": "Find",
    "recommend": "Find",
    "law": "Count statutory time",
    "redaction": "Protect people",
    "vault": "Protect people",
    "access": "Protect people",
    "letters": "Tell people",
    "mail": "Tell people",
    "accounts": "People",
    "audit": "Prove what happened",
    "theme": "Translate",
}
ENGINES = frozenset(
    {"law", "redaction"}
)  # rooms of the list above whose commands need neither Django nor a database
DJANGO = {  # what is passed on to Django under its own name
    "migrate": (Needs.DATABASE, "Bring the database's tables up to this version."),
    "makemigrations": (Needs.DATABASE, "Write migrations for changed models (developers)."),
    "shell": (Needs.DATABASE, "Open a Python prompt with Parvis loaded."),
    "check": (Needs.SETTINGS, "Check the configuration."),
    "collectstatic": (Needs.SETTINGS, "Collect static files into PARVIS_HOME."),
    "django": (Needs.DATABASE, "Run any other command of Django's: parvis django NAME …"),
}
DONE, WRONG_USE, FAILED, INTERRUPTED = 0, 2, 3, 130


def main(words: Sequence[str] | None = None) -> int:
    """Run the command that the words name; return its exit status."""
    words = list(sys.argv[1:] if words is None else words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    try:
        return _dispatch(words)
    except ParvisError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_USE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # parvis search … | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    except Exception:  # noqa: BLE001  # the last net: a person gets a sentence, the trace is kept under its id
        return _report_unforeseen(words)


def _dispatch(words: list[str]) -> int:
    if words in (["--version"], ["-V"]):
        sys.stdout.write(f"parvis {__version__}\n")
        return DONE
    found = _find(
        words, _commands(ENGINES.intersection(words[:1]))
    )  # an engine's commands begin with its name
    if found is None:
        if words and words[0] in DJANGO:
            return _run_django(words)
        _set_up_django()
        if not words or words[0] in {"-h", "--help", "help"}:
            sys.stdout.write(_help())
            return DONE
        commands = _commands(ROOMS)
        found = _find(words, commands)
        if found is None:
            return _explain_unknown(words, commands)
    command, rest = found
    parser = argparse.ArgumentParser(prog=f"parvis {command.name}", description=command.help)
    command.add_arguments(parser)
    arguments = parser.parse_args(rest)
    with _standing(command.needs):
        return command.run(arguments)


def _commands(rooms: Iterable[str]) -> list[Command]:
    """Import the commands of some rooms."""
    return [
        command for room in rooms for command in importlib.import_module(f"parvis.{room}.commands").COMMANDS
    ]


def run(name: str, *arguments: str) -> int:
    """Run one of the rooms' commands from another, where everything already stands."""
    command = next(command for command in _commands(ROOMS) if command.name == name)
    parser = argparse.ArgumentParser(prog=f"parvis {name}")
    command.add_arguments(parser)
    return command.run(parser.parse_args(arguments))


def _find(words: Sequence[str], commands: Iterable[Command]) -> tuple[Command, list[str]] | None:
    by_name = {command.name: command for command in commands}
    for length in (2, 1):
        if command := by_name.get(" ".join(words[:length])):
            return command, list(words[length:])
    return None


def _set_up_django() -> None:
    import django  # noqa: PLC0415  # engines' commands do without

    django.setup()


def _standing(needs: Needs) -> AbstractContextManager[object]:
    """Return what makes the database stand for as long as a command runs."""
    if needs is not Needs.DATABASE:
        return nullcontext()
    from parvis.config.embedded_postgres import running  # noqa: PLC0415  # engines' commands do without
    from parvis.config.environment import read_environment  # noqa: PLC0415  # engines' commands do without

    environment = read_environment()
    return nullcontext() if environment.database_url else running(environment.home)


def _run_django(words: list[str]) -> int:
    from django.core.management import execute_from_command_line  # noqa: PLC0415  # engines' commands do without

    needs, _help_line = DJANGO[words[0]]
    passed = words[1:] if words[0] == "django" else words
    asks_only = not passed or {"-h", "--help"} & set(passed)
    with _standing(Needs.SETTINGS if asks_only else needs):
        execute_from_command_line(["parvis", *passed])
    return DONE


def _help() -> str:
    lines = [
        "Parvis answers a government's public. Usage: parvis COMMAND [OPTIONS]; parvis COMMAND --help says more.",
    ]
    titles: dict[str, list[tuple[str, str]]] = {}
    for room, title in ROOMS.items():
        titles.setdefault(title, []).extend((command.name, command.help) for command in _commands([room]))
    titles["Developers and Django"] = [(name, line) for name, (_needs, line) in DJANGO.items()]
    width = max(len(name) for rows in titles.values() for name, _line in rows)
    for title, rows in titles.items():
        lines += ["", f"{title}:", *(f"  {name:{width}}  {line}" for name, line in rows)]
    lines += ["", "Settings come from the environment (docs/settings.md); state stands in PARVIS_HOME."]
    return "\n".join(lines) + "\n"


def _explain_unknown(words: Sequence[str], commands: Sequence[Command]) -> int:
    """Say which command was probably meant, or which second words there are."""
    first = words[0]
    seconds = [command for command in commands if command.name.startswith(f"{first} ")]
    if seconds and (len(words) == 1 or words[1] in {"-h", "--help"}):
        width = max(len(command.name) for command in seconds)
        sys.stdout.write("".join(f"  parvis {command.name:{width}}  {command.help}\n" for command in seconds))
        return DONE if len(words) > 1 else WRONG_USE
    names = [*(command.name for command in commands), *DJANGO]
    typed = " ".join(word for word in words[:2] if not word.startswith("-"))
    near = difflib.get_close_matches(typed, names, 3, 0.6) or difflib.get_close_matches(first, names, 3, 0.6)
    meant = f" Did you mean: {', '.join(near)}?" if near else ""
    sys.stderr.write(f"There is no command “{typed or first}”.{meant} `parvis --help` lists all.\n")
    return WRONG_USE


def _report_unforeseen(words: Sequence[str]) -> int:
    trace = traceback.format_exc()
    if os.environ.get("PARVIS_DEBUG", "").lower() in {"1", "true", "yes", "on"}:
        sys.stderr.write(trace)
        return FAILED
    name = secrets.token_hex(4)
    path = Path(os.environ.get("PARVIS_HOME") or "var") / "errors" / f"{name}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(f"parvis {words[0] if words else ''} ({__version__})\n\n{trace}")
        where = f"what happened stands in {path}"
    except OSError:
        where = "PARVIS_DEBUG=1 shows what happened"
    sys.stderr.write(
        f"Something went wrong that Parvis did not foresee: {trace.strip().splitlines()[-1]}\n"
        f"Error {name}; {where}.\n"
    )
    return FAILED


if __name__ == "__main__":
    sys.exit(main())

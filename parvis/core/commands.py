"""How a room adds to the `parvis` command: `COMMANDS` in its `commands.py`, assembled in `parvis.config.command`."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Needs(Enum):
    """What must stand before a command runs."""

    NOTHING = "nothing"  # pure engines: neither settings nor database
    SETTINGS = "settings"  # Django is set up; no database is started
    DATABASE = "database"  # the database is reachable, the embedded one started when none is named


def no_arguments(_parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing that `parvis` can be told to do.

    `name` has one word or two ("index", "load summaries"); `help` is one sentence for a person;
    `run` returns the exit status: 0 done, 1 done with a complaint that was printed, 2 wrong use.
    """

    name: str
    help: str
    run: Callable[[argparse.Namespace], int]
    add_arguments: Callable[[argparse.ArgumentParser], None] = no_arguments
    needs: Needs = Needs.DATABASE

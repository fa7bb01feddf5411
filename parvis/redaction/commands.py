"""`parvis redaction check`. It needs neither settings nor a database."""

import argparse
from pathlib import Path

from parvis.core.commands import Command, Needs
from parvis.redaction.checking import LABELLED, faults, read_sentences, scores


def check_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the marked sentences, and whether to show what went wrong."""
    parser.add_argument("--file", type=Path, default=LABELLED, help="marked sentences, one a line")
    parser.add_argument(
        "--faults", action="store_true", help="show what was missed and what was found wrongly"
    )


def check(arguments: argparse.Namespace) -> int:
    """Print precision and recall of every kind."""
    sentences = read_sentences(arguments.file)
    print(f"{len(sentences)} sentences\n{'kind':12} {'marked':>6} {'precision':>10} {'recall':>7}")
    for score in scores(sentences):
        print(f"{score.kind:12} {score.marked:6} {score.precision:10.3f} {score.recall:7.3f}")
    if arguments.faults:
        for one in faults(sentences):
            print(f"{'missed' if one.is_missed else 'wrong':6} {one.kind:12} {one.place!r} in {one.text!r}")
    return 0


COMMANDS = (
    Command(
        name="redaction check",
        help="Measure on marked sentences how well personal information is found.",
        run=check,
        add_arguments=check_arguments,
        needs=Needs.NOTHING,
    ),
)

"""`parvis access purge`: what its schedule says is erased, with a report. `parvis load usual-files`."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from django.utils import timezone

from parvis.access.actions.loading import load_usual_files
from parvis.access.actions.purging import BATCH, Purged, purge
from parvis.access.usual_files import read_usual_files
from parvis.core.actor import Actor
from parvis.core.commands import Command

SAYS = {
    "drafts": "drafts whose day has passed",
    "submissions": "submissions that ended long enough ago",
    "requests": "requests of these",
    "requesters": "requesters of these",
    "files": "files and receipts of these",
    "held": "submissions past their day that a legal hold keeps",
}


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--trial", action="store_true", help="say what would be erased, and erase nothing")


def _purge(arguments: argparse.Namespace) -> int:
    actor, today, total = Actor.system("parvis access purge"), timezone.localdate(), Purged()
    while True:
        done = purge(actor=actor, today=today, is_trial=arguments.trial)
        for name, count in asdict(done).items():
            setattr(total, name, done.held if name == "held" else getattr(total, name) + count)
        if arguments.trial or not (done.drafts or done.submissions):
            break
    print("Would be erased:" if arguments.trial else "Erased:")
    for name, says in SAYS.items():
        print(f"{getattr(total, name):8}  {says}")
    if arguments.trial and max(total.drafts, total.submissions) == BATCH:
        print(f"There may be more: a trial looks at {BATCH} of each kind.")
    return 0


def _file_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a list of usual files in YAML; docs/asking.md says how")


def _load_usual_files(arguments: argparse.Namespace) -> int:
    report = load_usual_files(
        actor=Actor.system("parvis load usual-files"), entries=read_usual_files(arguments.file)
    )
    print(f"{report.new} new, {report.changed} changed, {report.unchanged} unchanged")
    for number, reason in report.refused:
        print(f"{arguments.file.name}, entry {number}: {reason}", file=sys.stderr)
    return 1 if report.refused else 0


COMMANDS = (
    Command(
        name="load usual-files",
        help="Load the files of one's own that institutions offer; say what became of each entry.",
        run=_load_usual_files,
        add_arguments=_file_argument,
    ),
    Command(
        name="access purge",
        help="Erase what the schedule of retention says: drafts, and what ended requests hold of anyone.",
        run=_purge,
        add_arguments=_add_arguments,
    ),
)

"""`parvis load summaries`, `parvis load holdings` and `parvis load sample`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from parvis.core.actor import Actor
from parvis.core.commands import Command
from parvis.core.errors import ParvisError
from parvis.disclosure.loading.progress import ProgressLine
from parvis.disclosure.loading.report import LoadReport, lines, totals
from parvis.disclosure.loading.summaries import FileToLoad, load_source


def _summaries_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV files of completed requests")
    parser.add_argument(
        "--source", default="", help="name of the source (default: the file's name without .csv)"
    )
    parser.add_argument("--layout", default="", help="name or path of a layout (default: told by the header)")
    parser.add_argument(
        "--confirm-withdrawals",
        action="store_true",
        help="withdraw what the file lacks even where that is most of the records",
    )


def run_load_summaries(arguments: argparse.Namespace) -> int:
    """Load the files and print what became of every row. Files under one --source are one source."""
    files = [
        FileToLoad(
            path=path,
            source=arguments.source,
            layout=arguments.layout,
            confirm_withdrawals=arguments.confirm_withdrawals,
        )
        for path in arguments.files
    ]
    return _load([files] if arguments.source else [[file] for file in files], "parvis load summaries")


def _load(sources: Sequence[Sequence[FileToLoad]], name: str) -> int:
    reports = list[LoadReport]()
    for files in sources:
        try:
            done = load_source(actor=Actor.system(name), files=files, progress=ProgressLine)
        except ParvisError as error:
            print(error, file=sys.stderr)
            return 2
        for report in done:
            print("\n".join(lines(report)))
        reports += done
    print(totals(reports))
    return 1 if any(report.held for report in reports) else 0


COMMANDS = (
    Command(
        name="load summaries",
        help="Load summaries of completed access requests from CSV files; every row is taken or refused with a reason.",
        run=run_load_summaries,
        add_arguments=_summaries_arguments,
    ),
)

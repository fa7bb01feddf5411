"""`parvis load summaries`, `parvis load holdings` and `parvis load sample`."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from parvis.core.actor import Actor
from parvis.core.commands import Command
from parvis.core.errors import ParvisError
from parvis.disclosure.loading.holdings import load_holdings
from parvis.disclosure.loading.report import LoadReport, lines, totals
from parvis.disclosure.loading.summaries import FileToLoad, load_source
from parvis.disclosure.states import INVENTED_SOURCE
from parvis.institutions import actions as institution_actions
from parvis.institutions import queries as institution_queries
from parvis.tables.progress import ProgressLine

SAMPLE = Path(__file__).parent / "sample"


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
    actor = Actor.system(name)
    return _told(
        actor, (partial(load_source, actor=actor, files=files, progress=ProgressLine) for files in sources)
    )


def _make_institutions_known(actor: Actor) -> None:
    """Load the facts that come with Parvis where nobody has yet: without them no name would resolve."""
    if not institution_queries.jurisdiction_list():
        print(
            _("No institution is known yet: those that come with Parvis are loaded first."), file=sys.stderr
        )
        institution_actions.load_shipped_institutions(actor=actor)


def _told(actor: Actor, loads: Iterable[Callable[[], list[LoadReport]]]) -> int:
    """Run each load and print what became of every row."""
    _make_institutions_known(actor)
    reports = list[LoadReport]()
    for load in loads:
        try:
            done = load()
        except ParvisError as error:
            print(error, file=sys.stderr)
            return 2
        for report in done:
            print("\n".join(lines(report)))
        reports += done
    print(totals(reports))
    return 1 if any(report.held for report in reports) else 0


def _holdings_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of CSV files of holdings")
    parser.add_argument("--source", default="", help="name of the source (default: the folder's name)")
    parser.add_argument(
        "--confirm-withdrawals",
        action="store_true",
        help="withdraw what the files lack even where that is most of the holdings",
    )


def run_load_holdings(arguments: argparse.Namespace) -> int:
    """Load a folder of holdings and print what became of every row."""
    actor = Actor.system("parvis load holdings")
    load = partial(
        load_holdings,
        actor=actor,
        folder=arguments.folder,
        source=arguments.source,
        confirm_withdrawals=arguments.confirm_withdrawals,
        progress=ProgressLine,
    )
    return _told(actor, [load])


def run_load_sample(_arguments: argparse.Namespace) -> int:
    """Load the invented sample that comes with Parvis."""
    actor = Actor.system("parvis load sample")
    files = [FileToLoad(path=path, source=INVENTED_SOURCE) for path in sorted(SAMPLE.glob("summaries*.csv"))]
    summaries = partial(load_source, actor=actor, files=files, progress=ProgressLine)
    holdings = partial(
        load_holdings,
        actor=actor,
        folder=SAMPLE,
        source=INVENTED_SOURCE,
        progress=ProgressLine,
    )
    return _told(actor, [summaries, holdings])


COMMANDS = (
    Command(
        name="load summaries",
        help="Load summaries of completed access requests from CSV files; every row is taken or refused with a reason.",
        run=run_load_summaries,
        add_arguments=_summaries_arguments,
    ),
    Command(
        name="load holdings",
        help="Load classes of records and personal information banks from a folder of CSV files.",
        run=run_load_holdings,
        add_arguments=_holdings_arguments,
    ),
    Command(
        name="load sample",
        help="Load the invented sample that comes with Parvis; pages mark it as invented.",
        run=run_load_sample,
    ),
)

"""`parvis load services`."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from parvis.core.actor import Actor
from parvis.core.commands import Command
from parvis.institutions import actions as institution_actions
from parvis.institutions import queries as institution_queries
from parvis.services.editions.commands import COMMANDS as EDITIONS
from parvis.services.evaluation.commands import COMMANDS as EVALUATION
from parvis.services.loading.files import find_files
from parvis.services.loading.inventory import load_files
from parvis.services.loading.measures import COLUMNS, load_measures
from parvis.services.loading.measures import lines as measure_lines
from parvis.services.loading.report import InventoryReport, lines, totals
from parvis.services.quality.rules import rule_named
from parvis.services.queries.quality import quality_report
from parvis.services.states import Severity
from parvis.tables.progress import ProgressLine

SAMPLE = Path(__file__).parent / "sample"


def _services_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="DIR_OR_FILE",
        help="CSV files of the inventory, or folders of them; other files of a folder are named and left",
    )
    parser.add_argument(
        "--confirm-withdrawals",
        action="store_true",
        help="set aside what a file lacks even where that is most of its records",
    )


def run_load_services(arguments: argparse.Namespace) -> int:
    """Load the files and print what became of every row."""
    return load(
        arguments.paths,
        actor=Actor.system("parvis load services"),
        confirm_withdrawals=arguments.confirm_withdrawals,
    )


def load(
    paths: Sequence[Path], *, actor: Actor, is_invented: bool = False, confirm_withdrawals: bool = False
) -> int:
    """Load files and folders of the inventory; return 1 where so much was gone that a person must confirm it."""
    if not institution_queries.jurisdiction_list():
        print(
            _("No institution is known yet: those that come with Parvis are loaded first."), file=sys.stderr
        )
        institution_actions.load_shipped_institutions(actor=actor)
    found = find_files(paths)
    if found.others:
        print(
            _("Not of the inventory, and left: %(names)s")
            % {"names": ", ".join(path.name for path in found.others)}
        )
    reports = list[InventoryReport]()
    for report in load_files(
        actor=actor,
        files=found.files,
        is_invented=is_invented,
        confirm_withdrawals=confirm_withdrawals,
        progress=ProgressLine,
    ):
        print("\n".join(lines(report)))
        reports.append(report)
    print(totals(reports))
    return 1 if any(report.held for report in reports) else 0


def run_load_sample(_arguments: argparse.Namespace) -> int:
    """Load the invented services that come with Parvis."""
    return load([SAMPLE], actor=Actor.system("parvis load sample-services"), is_invented=True)


def run_load_measures(arguments: argparse.Namespace) -> int:
    """Load a file of measures and print what became of every row; 1 where none was taken."""
    report = load_measures(actor=Actor.system("parvis load service-measures"), path=arguments.file)
    print("\n".join(measure_lines(report)))
    return 1 if report.rows and not report.taken else 0


def _measures_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=f"CSV with the columns {', '.join(COLUMNS)}")


def _quality_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--institution", default="", help="slug of an institution (default: all)")
    parser.add_argument("--year", type=int, default=None, help="the year in which the fiscal year begins")
    parser.add_argument(
        "--edition", default="", help="label of a snapshot, such as 2025-03-01 (default: what stands)"
    )
    parser.add_argument("--format", choices=["text", "json"], default="text")


def run_quality(arguments: argparse.Namespace) -> int:
    """Print what the rules of quality say of an institution's records, the gravest first."""
    report = quality_report(
        institution=arguments.institution, year=arguments.year, snapshot=arguments.edition
    )
    if arguments.format == "json":
        found = [item.as_json() for item in report.items]
        print(json.dumps({"counts": report.by_rule, "findings": found}, ensure_ascii=False, indent=1))
        return 0
    for severity in Severity:
        print(f"{severity.label}: {report.by_severity[severity.value]:,}")
    for code, count in report.by_rule.most_common():
        said = rule_named(code)
        print(f"  {count:>6,}  {code}: {said.says.in_('fr' if get_language() == 'fr' else 'en')}")
    return 0


COMMANDS = (
    Command(
        name="load services",
        help="Load the service inventory from CSV files of any of its generations; every row is accounted for.",
        run=run_load_services,
        add_arguments=_services_arguments,
    ),
    Command(
        name="load service-measures",
        help="Load satisfaction, completion and cost of services from a CSV file; every row is accounted for.",
        run=run_load_measures,
        add_arguments=_measures_arguments,
    ),
    Command(
        name="load sample-services",
        help="Load the invented services that come with Parvis; pages mark them as invented.",
        run=run_load_sample,
    ),
    Command(
        name="services quality",
        help="Say what the rules of quality find in the service inventory, by rule or finding by finding.",
        run=run_quality,
        add_arguments=_quality_arguments,
    ),
    *EVALUATION,
    *EDITIONS,
)

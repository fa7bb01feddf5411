"""`parvis evaluate services`, `parvis services refresh` and `parvis services publish`."""

import argparse
import json
from pathlib import Path
from typing import Any

from parvis.core.actor import Actor
from parvis.core.commands import Command
from parvis.services.actions.figures import refresh_figures
from parvis.services.evaluation.comparing import compare
from parvis.services.values import fiscal_year


def _evaluate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="folder of official results (dp_metrics.csv …)"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: %(default)s")


def evaluate(arguments: argparse.Namespace) -> int:
    """Hold our figures against the official results."""
    compared = compare(arguments.folder)
    if arguments.format == "json":
        print(json.dumps(compared, ensure_ascii=False, indent=1))
        return 0
    for year, counts in compared["summary"].items():
        print(f"{year}: " + ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())))
    for indicator, years in compared["indicators"].items():
        for year, told in years.items():
            if told.get("differs"):
                print(f"{indicator} {year}: {_difference(told)}")
    print("--format json names the rows that make each difference.")
    return 0


def _difference(told: dict[str, Any]) -> str:
    shown = [
        f"{one['part']} {one['ours']:g} ({one['official']:g} in {one['file']})"
        if one["ours"] is not None
        else f"{one['part']} not asked ({one['official']:g} in {one['file']})"
        for one in told["results"]
        if one["difference"] != 0
    ]
    return "; ".join(shown) + f"; {len(told.get('causes', ()))} causes"


def refresh(_arguments: argparse.Namespace) -> int:
    """Calculate what is not up to date."""
    years = refresh_figures(actor=Actor.system("parvis services refresh"))
    print("Calculated: " + ", ".join(fiscal_year(year) for year in years) if years else "All is up to date.")
    return 0


COMMANDS = (
    Command(
        name="evaluate services",
        help="Hold our figures against official results, and name the rows that make each difference.",
        run=evaluate,
        add_arguments=_evaluate_arguments,
    ),
    Command(
        name="services refresh",
        help="Calculate the figures of every year whose rows have changed (the worker does it every minute).",
        run=refresh,
    ),
)

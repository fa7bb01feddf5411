"""`parvis recommend` and what fits, measures and feeds it."""

import argparse
import json
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from django.utils import timezone

from parvis.core.actor import Actor
from parvis.core.commands import Command
from parvis.recommend import actions, elsewhere, evaluation, judging, matters, queries
from parvis.recommend.demand_files import read_demand
from parvis.recommend.explaining import FILE as MEASURED
from parvis.recommend.reporting import as_data, institution_lines, recommendation_lines
from parvis.recommend.weights import FILE
from parvis.search.actions import write_vectors
from parvis.search.queries import search_engine

EVERY = 5.0  # seconds between two lines of progress


def run_recommend(arguments: argparse.Namespace) -> int:
    """Print the released records most like a text, and who likely holds what it asks for."""
    text = " ".join(arguments.text) or sys.stdin.read()
    similar = queries.similar_records(text, arguments.lang, arguments.institution)
    holders = queries.likely_holders(text, arguments.lang)
    if arguments.format == "json":
        print(json.dumps(as_data(similar, holders), ensure_ascii=False, indent=2))
    else:
        print("\n".join(recommendation_lines(similar, holders, arguments.lang)))
    return 0 if similar.is_available else 1


class _Progress:
    """A line now and then on standard error, so that standard output is the answer alone."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, step: str, done: int, wanted: int) -> None:
        if done == wanted or time.monotonic() - self._said > EVERY:
            self._said = time.monotonic()
            print(f"{step}: {done} of {wanted}", file=sys.stderr, flush=True)


def run_evaluate(arguments: argparse.Namespace) -> int:
    """Measure how often the right institution is named."""
    asked = evaluation.ask(arguments.file, arguments.queries, _Progress())
    if arguments.folds:
        told, _weights = evaluation.cross_validated(asked, arguments.folds)
    else:
        told = evaluation.measured(asked)
    _print(told, arguments.format)
    return 0


def run_fit(arguments: argparse.Namespace) -> int:
    """Fit the weights on a file, say by cross-validation what they are worth, and write them down."""
    asked = evaluation.ask(arguments.file, arguments.queries, _Progress())
    told, weights = evaluation.cross_validated(asked, arguments.folds)
    fitted_on = {
        "on": timezone.localdate().isoformat(),
        "file": arguments.file.name,
        "texts": len(asked.whole),
        "short_queries": len(asked.short),
        "folds": arguments.folds,
    }
    replace(weights, fitted_on=fitted_on).save(arguments.to)
    _print(told, arguments.format)
    print(f"The weights stand in {arguments.to}.", file=sys.stderr)
    return 0


def run_phrases(arguments: argparse.Namespace) -> int:
    """Make the vectors of all phrases, and write them into the file that is shipped."""
    texts = [*elsewhere.phrases(), *(matter.phrase for matter in matters.matters())]
    write_vectors(arguments.to, texts, partial(_Progress(), "phrases"))
    print(f"The vectors stand in {arguments.to}.")
    return 0


def _print(told: dict[str, Any], form: str) -> None:
    if form == "json":
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(institution_lines(told)))


def run_evaluate_similar(arguments: argparse.Namespace) -> int:
    """Measure, on what people judged, how useful similar records are, and whether the level of government is right."""
    told = {
        "similar": judging.usefulness(judging.judgements()),
        "elsewhere": judging.elsewhere_accuracy(),
    }
    if arguments.institutions and arguments.search:
        files = {"institutions": arguments.institutions, "search": arguments.search}
        read = {name: json.loads(path.read_text(encoding="utf-8")) for name, path in files.items()}
        published = {
            "measured_on": timezone.localdate().isoformat(),
            "engine": search_engine(),
            **read,
            **told,
        }
        arguments.to.write_text(json.dumps(published, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        print(f"What the page says stands in {arguments.to}.", file=sys.stderr)
    print(json.dumps(told, ensure_ascii=False, indent=2))
    return 0


def run_load_demand(arguments: argparse.Namespace) -> int:
    """Load the counts of copies asked for in a folder."""
    rows, names = read_demand(arguments.folder)
    count = actions.load_demand(actor=Actor.system("parvis load demand"), rows=rows, file_names=names)
    print(f"{count} released packages are counted, from {', '.join(names)}.")
    return 0


def _recommend_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "text", nargs="*", help="the text of a request; without one, it is read from the input"
    )
    parser.add_argument("--lang", choices=["en", "fr"], default="en", help="the language of the page")
    parser.add_argument("--institution", help="slug of the institution that is to be asked, if that is known")
    parser.add_argument("--format", choices=["text", "json"], default="text")


def _file_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE.csv", help="completed requests, in the official layout"
    )
    parser.add_argument(
        "--queries", type=Path, metavar="FILE.jsonl", help="short queries: query, lang, targets"
    )
    parser.add_argument("--format", choices=["text", "json"], default="text")


def _evaluate_arguments(parser: argparse.ArgumentParser) -> None:
    _file_arguments(parser)
    parser.add_argument(
        "--folds", type=int, default=0, help="fit anew on all folds but one, and measure on that one"
    )


def _fit_arguments(parser: argparse.ArgumentParser) -> None:
    _file_arguments(parser)
    parser.add_argument(
        "--folds", type=int, default=5, help="for the figures and the calibration (default: 5)"
    )
    parser.add_argument("--to", type=Path, default=FILE, help="where the weights are written")


def _phrases_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, default=matters.VECTORS, help="where they are written")


def _similar_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--institutions",
        type=Path,
        metavar="JSON",
        help="with --search: what `parvis evaluate institutions --format json` said, to be published with this",
    )
    parser.add_argument("--search", type=Path, metavar="JSON", help="what `parvis evaluate search` said")
    parser.add_argument("--to", type=Path, default=MEASURED, help="where the published figures are written")


def _demand_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of CSV files that count copies")


COMMANDS = (
    Command(
        name="recommend",
        help="Say what was already answered like a text, and who likely holds what it asks for.",
        run=run_recommend,
        add_arguments=_recommend_arguments,
    ),
    Command(
        name="recommend fit",
        help="Fit the few weights of “Who holds it?” on a file, and write them down.",
        run=run_fit,
        add_arguments=_fit_arguments,
    ),
    Command(
        name="recommend phrases",
        help="Make the vectors of the phrases that suggestions compare with, and write them down to be shipped.",
        run=run_phrases,
        add_arguments=_phrases_arguments,
    ),
    Command(
        name="evaluate institutions",
        help="Measure how often the right institution is named, on requests whose answer is known.",
        run=run_evaluate,
        add_arguments=_evaluate_arguments,
    ),
    Command(
        name="evaluate similar",
        help="Measure how useful similar records are, as judged; and write down what the page on suggestions says.",
        run=run_evaluate_similar,
        add_arguments=_similar_arguments,
    ),
    Command(
        name="load demand",
        help="Load how often copies of released packages were asked for.",
        run=run_load_demand,
        add_arguments=_demand_arguments,
    ),
)

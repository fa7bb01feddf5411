"""`parvis index`, `parvis search` and `parvis evaluate search`."""

import argparse
import json
import subprocess
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from parvis.core.bilingual import Language, Text
from parvis.core.commands import Command
from parvis.search import actions, evaluation, indexing, queries
from parvis.search.comparing import paired_difference
from parvis.search.evaluation_report import read_weights, report_lines
from parvis.search.indexing import Progress
from parvis.search.ranking import DEFAULT
from parvis.search.results import Hit, SearchPage, SearchQuery, SearchState
from parvis.search.store import COLUMNS, State, current_folder, mapped
from parvis.search.typos import with_slip

STEPS = {
    "words": "Words",
    "learning": "Learning from the texts",
    "meaning": "Meaning",
    "phrases": "Phrases",
    "done": "Done",
}
FOLLOW_EVERY, AFTER_FAULT, SIGN_OF_LIFE = 2.0, 5.0, 3600.0  # seconds
EVERY = 2.0  # seconds between two lines where the output is no terminal


def index(arguments: argparse.Namespace) -> int:
    """Build what is missing and return when all is complete."""
    if arguments.status:
        return _status()
    if arguments.follow:
        return _follow()
    if arguments.detach:
        command = [sys.executable, "-m", "parvis.config.command", "index"]
        log = settings.HOME / "logs" / "index.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as file:
            subprocess.Popen(  # noqa: S603  # our own command
                command, stdout=file, stderr=file, stdin=subprocess.DEVNULL, start_new_session=True
            )
        print(f"Building in the background; `parvis index --status` tells how far it is, {log} what it says.")
        return 0
    line = _Line()
    while True:
        try:
            actions.refresh(embedder=queries.configured_embedder(), report=line, anew=arguments.anew)
        except indexing.BuildUnderWayError:
            line.follow(settings.INDEX_DIRECTORY / "progress.json")
            continue
        break
    state = _state()
    print(f"The index is complete: {_summary(state)}." if state else "There is nothing to index yet.")
    return 0


def _follow() -> int:
    """Keep this machine's index up to date until a signal ends it, whatever happens to the database meanwhile."""
    embedder, seen = queries.configured_embedder(threads=1), 0.0
    while True:
        try:
            is_due = time.monotonic() - seen > SIGN_OF_LIFE or not seen
            if is_due or queries.changes_waiting():
                actions.refresh(embedder=embedder, report=lambda _progress: None)
                seen = time.monotonic()
            time.sleep(FOLLOW_EVERY)
        except indexing.BuildUnderWayError:
            time.sleep(FOLLOW_EVERY)
        except DatabaseError:
            connection.close()
            time.sleep(AFTER_FAULT)


def _status() -> int:
    state = _state()
    if state is None:
        print("There is no index yet. `parvis index` builds it.")
        return 1
    print(f"Serving: {_summary(state)}.")
    waiting = queries.changes_waiting()
    print(f"Waiting to be taken in: {waiting} changes." if waiting else "Nothing waits to be taken in.")
    try:
        with indexing.one_writer(settings.INDEX_DIRECTORY):
            print("No build is under way.")
    except indexing.BuildUnderWayError:
        told = json.loads((settings.INDEX_DIRECTORY / "progress.json").read_text(encoding="utf-8"))
        print(f"A build is under way (process {told.pop('pid')}): {_told(Progress(**told))}")
    return 0 if state.vectors_done >= 1 and not waiting else 1


def _state() -> State | None:
    folder = current_folder(settings.INDEX_DIRECTORY)
    try:
        return State.load(folder) if folder else None
    except (OSError, ValueError, TypeError):
        return None


def _findable(state: State) -> int:
    """Count the documents that can be found: rows of replaced ones stay in the columns until the next rebuild."""
    folder = current_folder(settings.INDEX_DIRECTORY)
    return int(mapped(folder / "columns.bin", COLUMNS, (state.documents,))["alive"].sum()) if folder else 0


def _summary(state: State) -> str:
    meaning = (
        f"meaning covers {state.vectors_done:.0%} of {state.texts_wanted} texts"
        if state.edition
        else "words only"
    )
    return f"{_findable(state)} documents, {meaning}"


def _told(progress: Progress) -> str:
    told = f"{STEPS.get(progress.step, progress.step)}: {progress.done} of {progress.wanted}"
    if progress.per_second and progress.done < progress.wanted:
        told += f", {progress.per_second:.0f} a second, {_duration(progress.remaining)} left"
    return told


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


class _Line:
    """One line of progress that is rewritten on a terminal, and repeated now and then elsewhere."""

    def __init__(self) -> None:
        self._said, self._step = 0.0, ""

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        is_new = progress.step != self._step
        if progress.step == "done" or not (
            is_new or now - self._said > EVERY or progress.done == progress.wanted
        ):
            return
        self._said, self._step = now, progress.step
        end = "\r" if sys.stdout.isatty() and progress.done < progress.wanted else "\n"
        print(f"{_told(progress):<78}", end=end, flush=True)

    def follow(self, path: Any) -> None:
        """Tell how far another process is, until a moment later."""
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            told.pop("pid")
            self(Progress(**told))
        except (OSError, ValueError):
            pass  # it has not written anything yet
        time.sleep(1)


def search(arguments: argparse.Namespace) -> int:
    """Print what the page would show."""
    language: Language = arguments.lang
    query = SearchQuery(" ".join(arguments.text), language, per_page=arguments.limit, page=arguments.page)
    page = queries.search(query)
    if arguments.format == "json":
        print(json.dumps(as_data(page), ensure_ascii=False, indent=2))
    else:
        _print_page(page, language)
    return 0 if page.state is not SearchState.UNAVAILABLE else 1


def evaluate(arguments: argparse.Namespace) -> int:
    """Measure search on queries whose answers are known."""
    known = evaluation.read_queries(arguments.file)
    if arguments.typos is not None:
        known = [replace(one, text=with_slip(one.text, arguments.typos)) for one in known]
    ask = evaluation.evaluate_across_languages if arguments.across_languages else evaluation.evaluate
    measured = ask(known, arguments.weights)
    told: dict[str, Any] = measured.as_data()
    if arguments.against:
        other = ask(known, arguments.against)
        told["better_than_the_other"] = {
            name: paired_difference(measured.figures(name), other.figures(name)).as_data()
            for name in evaluation.COMPARED
        }
    if arguments.cross_validate:
        told["cross_validated"] = evaluation.cross_validated_meaning(known, arguments.cross_validate)
    if arguments.format == "json":
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(report_lines(told)))
    return 0


def _print_page(page: SearchPage, language: Language) -> None:
    if page.state is SearchState.UNAVAILABLE:
        print("Search is not available: there is no index. `parvis index` builds it.")
        return
    if page.state is SearchState.WORDS_ONLY:
        print("By words only: vectors are not ready.")
    print(f"{page.total} found in {page.milliseconds:.0f} ms")
    for number, hit in enumerate(page.hits, page.query.offset + 1):
        title = hit.title.shown(language).text or hit.institution_title.shown(language).text
        about = " · ".join(
            part for part in (title, ", ".join(hit.identifiers[:1]), str(hit.year or "")) if part
        )
        marked = "".join(f"[{one.text}]" if one.is_match else one.text for one in hit.passage.segments)
        print(f"\n{number}. {about}\n   {marked}")


def as_data(page: SearchPage) -> dict[str, Any]:
    """Return an answer as plain data."""
    return {
        "query": page.query.text,
        "state": str(page.state),
        "total": page.total,
        "milliseconds": page.milliseconds,
        "understood": {
            "language": page.understood.language,
            "phrases": page.understood.phrases,
            "excluded": page.understood.excluded,
            "institutions": [_both(text) for text in page.understood.institutions],
            "unknown_institutions": page.understood.unknown_institutions,
            "years": page.understood.years,
        },
        "hits": [_hit(hit) for hit in page.hits],
        "facets": {
            facet.name: [
                {"value": one.value, "title": _both(one.title), "count": one.count} for one in facet.values
            ]
            for facet in page.facets
        },
    }


def _hit(hit: Hit) -> dict[str, Any]:
    told = {
        name: getattr(hit, name)
        for name in (
            "kind",
            "public_id",
            "institution",
            "jurisdiction",
            "disposition",
            "identifiers",
            "year",
            "pages",
        )
    }
    texts = {
        name: _both(getattr(hit, name))
        for name in ("title", "body", "institution_title", "disposition_title")
    }
    return {
        **told,
        **texts,
        "dated_on": hit.dated_on.isoformat() if hit.dated_on else None,
        "is_invented": hit.is_invented,
        "provenance": dict(hit.provenance),
        "passage": {
            "language": hit.passage.language,
            "segments": [asdict(one) for one in hit.passage.segments],
        },
        "score": round(hit.score, 4),
        "by_words": round(hit.by_words, 4),
        "by_meaning": round(hit.by_meaning, 4),
    }


def _both(text: Text) -> dict[str, str | None]:
    return {"en": text.en or None, "fr": text.fr or None}


def _index_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--detach", action="store_true", help="return at once and build in the background")
    parser.add_argument(
        "--follow", action="store_true", help="keep it up to date until stopped, as `parvis serve` does"
    )
    parser.add_argument("--status", action="store_true", help="say how far the index is, and change nothing")
    parser.add_argument("--anew", action="store_true", help="build everything again (kept vectors are used)")


def _search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="*", help='words, "a phrase", -word, institution:name, year:2021')
    parser.add_argument("--lang", choices=["en", "fr"], default="en", help="the language of the page")
    parser.add_argument("--limit", type=int, default=10, help="how many hits")
    parser.add_argument("--page", type=int, default=1, help="which page of them")
    parser.add_argument("--format", choices=["text", "json"], default="text")


def _evaluate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="QUERIES.jsonl", help="one JSON object a line: query, lang, targets"
    )
    parser.add_argument(
        "--typos", type=int, metavar="SEED", help="put one random slip into each query, by this seed"
    )
    parser.add_argument(
        "--across-languages",
        action="store_true",
        help="hide each text in the query's own language: what is found in the other one alone",
    )
    parser.add_argument(
        "--weights",
        type=read_weights,
        default=DEFAULT,
        metavar="NAME=VALUE,…",
        help="rank with these: meaning=0.7,descriptions=0.85 (default: those that pages use)",
    )
    parser.add_argument(
        "--against", type=read_weights, metavar="NAME=VALUE,…", help="compare with these, by paired bootstrap"
    )
    parser.add_argument(
        "--cross-validate",
        type=int,
        metavar="FOLDS",
        help="choose the weight of meaning on all folds but one, and measure on that one",
    )
    parser.add_argument("--format", choices=["text", "json"], default="text")


COMMANDS = (
    Command(
        name="index",
        help="Build what the search index lacks, and return when it is complete.",
        run=index,
        add_arguments=_index_arguments,
    ),
    Command(
        name="search",
        help="Search, and print what the page would show.",
        run=search,
        add_arguments=_search_arguments,
    ),
    Command(
        name="evaluate search",
        help="Measure search on queries whose answers are known.",
        run=evaluate,
        add_arguments=_evaluate_arguments,
    ),
)

"""Search against other engines: latency, throughput and what is found, over the same texts. Run by `make bench`.

It asks the database and the index that the settings name (`parvis load summaries`, `parvis index` first), with the
queries of `PARVIS_DATA`. Every query is asked once for the latency; then as many clients as there are cores ask
for the throughput. Parvis's words part is measured alone, as the others are, and the whole answer beside it.
"""

import contextlib
import itertools
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import django

from benchmarks.search_rivals import DEPTH, Answer, Client, Fts5, Page, Postgres, Rival, Xapian
from parvis.config.embedded_postgres import running
from parvis.config.environment import read_environment
from parvis.core.bilingual import LANGUAGES, Language
from parvis.core.sort_key import fold

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
django.setup()

from django.conf import settings  # noqa: E402  # the rooms below need Django set up
from django.db import connection  # noqa: E402  # the same

from parvis.search import queries  # noqa: E402  # the same
from parvis.search.language import language_of  # noqa: E402  # the same
from parvis.search.query_language import parse  # noqa: E402  # the same
from parvis.search.results import SearchQuery  # noqa: E402  # the same
from parvis.search.sources import registered  # noqa: E402  # the same
from parvis.search.stop_words import EVERY  # noqa: E402  # the same
from parvis.search.store import Generation, current_folder  # noqa: E402  # the same
from parvis.search.words import WordSearch  # noqa: E402  # the same

CORES = os.cpu_count() or 1
MEASURED_SECONDS = 3.0  # of throughput, for what does not remember its answers
CHUNK = 500
WARM_UP: tuple[tuple[str, Language], ...] = (
    ("letters about the harbour", "en"),
    ("lettres sur le port", "fr"),
    ("who decided when", "en"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One query of the yardstick; `targets` are the keys that answer it, as far as they are loaded."""

    text: str
    language: Language
    targets: frozenset[str]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one engine. A figure that makes no sense for it is None."""

    name: str
    configuration: str
    build_seconds: float | None
    megabytes: float | None
    p50_ms: float
    p95_ms: float
    per_second: float
    recall_at_10: float | None
    recall_at_50: float | None


class ParvisWords:
    """The words part of Parvis alone, asked as its own search asks it."""

    name = "Parvis, words alone"
    configuration = "tantivy: both languages' terms, learnt translations, near spellings of unknown words"

    def build(self, pages: Sequence[Page]) -> None:
        """Do nothing: `parvis index` has built it."""

    @contextlib.contextmanager
    def client(self) -> Iterator[Client]:
        folder = current_folder(settings.INDEX_DIRECTORY)
        assert folder, "there is no index: run `parvis index`"
        words = WordSearch(Generation(folder))

        def ask(query: str, language: Language, /) -> Answer:
            began = time.perf_counter()
            parsed = parse(query)
            found = words.find(parsed, language_of(parsed.words, language))
            seconds = time.perf_counter() - began
            return Answer(tuple(_key_of(words, int(number)) for number in found.numbers[:DEPTH]), seconds)

        yield ask

    def size(self) -> int:
        folder = current_folder(settings.INDEX_DIRECTORY)
        return bytes_under(folder / "words") if folder else 0


class ParvisWhole:
    """The whole answer: the query's embedding, words, meaning, facets, and passages of fifty hits."""

    name = "Parvis, the whole answer"
    configuration = "words and meaning, the query's embedding, all facets, the passages of 50 hits"

    def build(self, pages: Sequence[Page]) -> None:
        """Do nothing: `parvis index` has built it."""

    @contextlib.contextmanager
    def client(self) -> Iterator[Client]:
        def ask(query: str, language: Language, /) -> Answer:
            began = time.perf_counter()
            hits = queries.search(SearchQuery(query, language, per_page=DEPTH)).hits
            return Answer(tuple(f"{hit.kind}:{hit.public_id}" for hit in hits), time.perf_counter() - began)

        yield ask

    def size(self) -> int:
        folder = current_folder(settings.INDEX_DIRECTORY)
        return bytes_under(folder) if folder else 0


class ParvisEmbedding:
    """The query's embedding alone, which is most of the whole answer's time. It finds nothing by itself."""

    name = "Parvis, the query's embedding alone"
    configuration = "the engine of PARVIS_EMBEDDER, one thread"

    def build(self, pages: Sequence[Page]) -> None:
        """Do nothing: the model is in its package."""

    @contextlib.contextmanager
    def client(self) -> Iterator[Client]:
        embedder = queries.reader().embedder()
        assert embedder, "no engine is set, so there is no embedding to measure"

        def ask(query: str, _language: Language, /) -> Answer:
            began = time.perf_counter()
            embedder.queries([query])
            return Answer((), time.perf_counter() - began)

        yield ask

    def size(self) -> int:
        return 0


def bytes_under(folder: Path) -> int:
    """Return the size of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _key_of(words: WordSearch, number: int) -> str:
    stored = words.document(number)
    told = json.loads(stored) if stored else {"kind": "", "public_id": ""}
    return f"{told['kind']}:{told['public_id']}"


def pages() -> list[Page]:
    """Return all that can be found, as the words index has it: each language's institution, title and text."""
    found = []
    for kind, source in registered().items():
        ids = list(source.public_ids())
        for start in range(0, len(ids), CHUNK):
            for document in source.documents(ids[start : start + CHUNK]):
                both = {
                    language: ". ".join(part for part in (text.in_(language) for text in texts) if part)
                    for texts in [(document.institution_title, document.title, document.body)]
                    for language in LANGUAGES
                    if document.body.in_(language) or document.title.in_(language)
                }
                found.append(Page(f"{kind}:{document.public_id}", both.get("en", ""), both.get("fr", "")))
    return found


def yardstick(path: Path) -> list[Asked]:
    """Read the queries; a target that is not loaded can only be missed."""
    asked = []
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        targets = frozenset(
            f"{kind}:{public_id}"
            for kind, source in registered().items()
            for target in told["targets"]
            for public_id in source.resolve_target(target)
        )
        asked.append(Asked(told["query"], told["lang"], targets))
    return asked


def recall(answers: Sequence[Answer], asked: Sequence[Asked], depth: int) -> float:
    """Return the share of queries with at least one of their targets among the first `depth`."""
    found = [bool(one.targets & set(answer.keys[:depth])) for answer, one in zip(answers, asked, strict=True)]
    return sum(found) / len(found)


def throughput(rival: Rival, asked: Sequence[Asked], *, once: bool) -> float:
    """Return queries a second that as many clients as cores get together.

    With `once` no query is asked a second time: what Parvis remembers of a query would flatter it.
    """
    turn = iter(asked) if once else itertools.cycle(asked)
    ready, guard = threading.Barrier(CORES + 1), threading.Lock()
    counts: list[int] = []
    until = time.perf_counter() + 3600 if once else float("inf")

    def work() -> None:
        done = 0
        with rival.client() as ask:
            ask(*WARM_UP[0])
            ready.wait()
            while once or time.perf_counter() < until:
                with guard:
                    one = next(turn, None)
                if one is None:
                    break
                ask(one.text, one.language)
                done += 1
        counts.append(done)
        connection.close()

    clients = [threading.Thread(target=work) for _ in range(CORES)]
    for client in clients:
        client.start()
    ready.wait()
    began = time.perf_counter()
    until = began + MEASURED_SECONDS
    for client in clients:
        client.join()
    return sum(counts) / (time.perf_counter() - began)


def measure(rival: Rival, given: Sequence[Page], asked: Sequence[Asked]) -> Measured:
    """Build, ask every query once, then ask from all cores."""
    began = time.perf_counter()
    rival.build(given)
    built = time.perf_counter() - began
    is_ours = rival.name.startswith("Parvis")
    finds = not isinstance(rival, ParvisEmbedding)
    with rival.client() as ask:
        for question in WARM_UP:
            ask(*question)
        answers = [ask(one.text, one.language) for one in asked]
    milliseconds = sorted(answer.seconds * 1000 for answer in answers)
    queries.reader.cache_clear()  # it remembers the vectors of queries, and would be asked the same ones again
    return Measured(
        rival.name,
        rival.configuration,
        None if is_ours else built,
        rival.size() / 1e6 if finds else None,
        statistics.median(milliseconds),
        milliseconds[round(0.95 * (len(milliseconds) - 1))],
        throughput(rival, asked, once=isinstance(rival, ParvisWhole)),
        recall(answers, asked, 10) if finds else None,
        recall(answers, asked, DEPTH) if finds else None,
    )


def database_address() -> str:
    """Return the address of the database that the settings name, as psycopg reads it."""
    told = settings.DATABASES["default"]
    parts = {
        "host": told["HOST"],
        "port": told["PORT"],
        "user": told["USER"],
        "password": told["PASSWORD"],
        "dbname": told["NAME"],
    }
    return " ".join(f"{name}='{value}'" for name, value in parts.items() if value)


def _cell(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)


def table(rows: Sequence[Measured]) -> str:
    """Return the figures as a table in Markdown."""
    lines = [
        "| engine | build s | MB | p50 ms | p95 ms | queries a second | recall@10 | recall@50 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        figures = [
            _cell(row.build_seconds, ".1f"),
            _cell(row.megabytes, ".0f"),
            _cell(row.p50_ms, ".2f"),
            _cell(row.p95_ms, ".2f"),
            _cell(row.per_second, ",.0f"),
            _cell(row.recall_at_10, ".3f"),
            _cell(row.recall_at_50, ".3f"),
        ]
        lines.append(f"| {row.name} | {' | '.join(figures)} |")
    lines += ["", *(f"- **{row.name}**: {row.configuration}." for row in rows)]
    return "\n".join(lines)


def measured_all(queries_file: Path) -> int:
    """Measure every engine and print the table; return 0."""
    asked, given = yardstick(queries_file), pages()
    if not any(one.targets for one in asked):
        print("search: left out; the summaries that the queries look for are not loaded")
        return 0
    stop_words = frozenset(fold(word) for word in EVERY)
    with tempfile.TemporaryDirectory(prefix="parvis-benchmark-") as name:
        folder = Path(name)
        postgres = Postgres(database_address(), stop_words)
        rivals: list[Rival] = [ParvisWords(), Fts5(folder, stop_words), postgres]
        if Xapian.is_there():
            rivals.append(Xapian(folder, stop_words))
        if queries.reader().embedder():
            rivals += [ParvisEmbedding(), ParvisWhole()]
        try:
            rows = [measure(rival, given, asked) for rival in rivals]
        finally:
            postgres.remove()
    print(
        f"{len(given):,} things in the index, {len(asked)} queries, each once; then {CORES} clients at a time\n"
    )
    print(table(rows))
    print(READING)
    if not Xapian.is_there():
        print("\nXapian was left out: the system's Python has no python3-xapian.")
    return 0


READING = """
How to read it: all engines index the same texts (each language's institution, title and text) and leave out the
same stop words; each has the configuration that did best on this kind of text. Xapian is the fastest by far, also
since its clients are processes and the others' are threads of one Python. What words alone find differs little
between engines; meaning finds more than half of what they miss, for the price of the query's embedding."""


def main() -> int:
    """Print the table, or why there is none."""
    queries_file = Path(os.environ.get("PARVIS_DATA") or "/nowhere") / "summaries" / "queries.jsonl"
    if not queries_file.exists() or not current_folder(settings.INDEX_DIRECTORY):
        print("search: left out; it needs PARVIS_DATA, its summaries loaded, and `parvis index`")
        return 0
    environment = read_environment()
    with contextlib.nullcontext() if environment.database_url else running(environment.home):
        return measured_all(queries_file)


if __name__ == "__main__":
    sys.exit(main())

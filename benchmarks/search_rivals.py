"""Other engines for words, each in the best configuration that was found for it on this kind of text.

All are given the same text as Parvis, institution and summary of each language, and the same stop words. They
answer one query at a time; a client is opened once and asked many times.
"""

import contextlib
import json
import re
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg

from parvis.core.bilingual import LANGUAGES, Language
from parvis.core.sort_key import fold

SYSTEM_PYTHON = "/usr/bin/python3"  # Debian builds python3-xapian for it
XAPIAN_PROCESS = Path(__file__).with_name("xapian_process.py")
DEPTH = 50
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """One summary as every engine is given it; a language that it lacks is empty."""

    key: str
    en: str
    fr: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The keys found, best first, and the seconds that the engine took."""

    keys: tuple[str, ...]
    seconds: float


class Client(Protocol):
    """Asks one engine, from one thread."""

    def __call__(self, query: str, language: Language, /) -> Answer:
        """Return what the engine finds."""


class Rival(Protocol):
    """One engine: build once, then open as many clients as wanted."""

    name: str
    configuration: str

    def build(self, pages: Sequence[Page]) -> None:
        """Index the pages."""

    def client(self) -> contextlib.AbstractContextManager[Client]:
        """Open a client, closed at the end."""

    def size(self) -> int:
        """Return the bytes that the index takes."""


def timed(ask: Callable[[], Sequence[str]]) -> Answer:
    """Return what `ask` gives, and how long that took."""
    began = time.perf_counter()
    keys = tuple(ask())
    return Answer(keys, time.perf_counter() - began)


def content_words(query: str, stop_words: frozenset[str]) -> list[str]:
    """Return the words of a query without accents and stop words, in lower case."""
    return [word for word in _WORDS.findall(fold(query)) if word not in stop_words]


class Fts5:
    """SQLite's full-text index in a file: Porter stems, accents folded, any word matches, BM25 ranks."""

    name = "SQLite FTS5"
    configuration = "porter, remove_diacritics 2, contentless, any word, both stop word lists, bm25"

    def __init__(self, folder: Path, stop_words: frozenset[str]) -> None:
        self._path = folder / "fts5.sqlite"
        self._stop_words = stop_words
        self._keys: list[str] = []

    def build(self, pages: Sequence[Page]) -> None:
        self._keys = [page.key for page in pages]
        with contextlib.closing(sqlite3.connect(self._path)) as base:
            base.execute(
                "CREATE VIRTUAL TABLE page USING fts5(en, fr, content='',"
                " tokenize='porter unicode61 remove_diacritics 2')"
            )
            base.executemany(
                "INSERT INTO page(rowid, en, fr) VALUES (?, ?, ?)",
                ((number, page.en, page.fr) for number, page in enumerate(pages)),
            )
            base.execute("INSERT INTO page(page) VALUES ('optimize')")
            base.commit()

    @contextlib.contextmanager
    def client(self) -> Iterator[Client]:
        with contextlib.closing(sqlite3.connect(self._path)) as base:

            def ask(query: str, _language: Language, /) -> Answer:
                words = content_words(query, self._stop_words)
                if not words:
                    return Answer((), 0.0)
                any_word = " OR ".join(f'"{word}"' for word in words)
                return timed(lambda: self._ask(base, any_word))

            yield ask

    def _ask(self, base: sqlite3.Connection, any_word: str) -> list[str]:
        statement = "SELECT rowid FROM page WHERE page MATCH ? ORDER BY rank LIMIT ?"
        return [self._keys[row[0]] for row in base.execute(statement, (any_word, DEPTH))]

    def size(self) -> int:
        return self._path.stat().st_size


class Postgres:
    """PostgreSQL's full-text search: one stored vector a language with an index, any word, `ts_rank` over length."""

    name = "PostgreSQL full text"
    configuration = "both dictionaries, stored tsvectors with GIN, any word, ts_rank with normalisation 1"

    def __init__(self, address: str, stop_words: frozenset[str]) -> None:
        self._address = address
        self._stop_words = stop_words

    def build(self, pages: Sequence[Page]) -> None:
        with psycopg.connect(self._address) as base:
            base.execute("DROP SCHEMA IF EXISTS benchmark CASCADE")
            base.execute("CREATE SCHEMA benchmark")
            base.execute("CREATE TABLE benchmark.page (key text, en tsvector, fr tsvector)")
            with base.cursor() as cursor:
                cursor.executemany(
                    "INSERT INTO benchmark.page VALUES (%s, to_tsvector('english', %s), to_tsvector('french', %s))",
                    [(page.key, page.en, page.fr) for page in pages],
                )
            base.execute("CREATE INDEX ON benchmark.page USING gin (en)")
            base.execute("CREATE INDEX ON benchmark.page USING gin (fr)")
        with psycopg.connect(self._address, autocommit=True) as base:
            base.execute("VACUUM ANALYZE benchmark.page")

    @contextlib.contextmanager
    def client(self) -> Iterator[Client]:
        with psycopg.connect(self._address, autocommit=True) as base:

            def ask(query: str, _language: Language, /) -> Answer:
                words = [word for word in _WORDS.findall(query.lower()) if fold(word) not in self._stop_words]
                if not words:
                    return Answer((), 0.0)
                return timed(lambda: self._ask(base, " | ".join(f"'{word}'" for word in words)))

            yield ask

    @staticmethod
    def _ask(base: psycopg.Connection, any_word: str) -> list[str]:
        statement = """
            SELECT key FROM benchmark.page,
                   to_tsquery('english', %(words)s) AS english, to_tsquery('french', %(words)s) AS french
            WHERE en @@ english OR fr @@ french
            ORDER BY ts_rank(en, english, 1) + ts_rank(fr, french, 1) DESC, key LIMIT %(depth)s
        """
        return [row[0] for row in base.execute(statement, {"words": any_word, "depth": DEPTH})]

    def size(self) -> int:
        with psycopg.connect(self._address) as base:
            row = base.execute("SELECT pg_total_relation_size('benchmark.page')").fetchone()
            return int(row[0]) if row else 0

    def remove(self) -> None:
        """Take the tables out of the database again."""
        with psycopg.connect(self._address) as base:
            base.execute("DROP SCHEMA IF EXISTS benchmark CASCADE")


class Xapian:
    """Xapian in a process of its own: English and French stems under a prefix each, any word, BM25."""

    name = "Xapian"
    configuration = "a prefix and a stemmer each language, no positions, any word, both stop word lists, BM25"

    def __init__(self, folder: Path, stop_words: frozenset[str]) -> None:
        self._folder = folder / "xapian"
        self._stop_words = sorted(stop_words)

    @staticmethod
    def is_there() -> bool:
        """Return whether this machine has it."""
        if not Path(SYSTEM_PYTHON).exists():
            return False
        tried = subprocess.run([SYSTEM_PYTHON, "-c", "import xapian"], capture_output=True, check=False)  # noqa: S603  # a fixed command
        return tried.returncode == 0

    def build(self, pages: Sequence[Page]) -> None:
        with self._process() as say:
            for page in pages:
                say({"key": page.key, **{language: getattr(page, language) for language in LANGUAGES}})
            say({"commit": True})

    @contextlib.contextmanager
    def client(self) -> Iterator[Client]:
        with self._process() as say:

            def ask(query: str, _language: Language, /) -> Answer:
                told = say({"query": query, "limit": DEPTH})
                return Answer(tuple(told["keys"]), float(told["seconds"]))

            yield ask

    @contextlib.contextmanager
    def _process(self) -> Iterator[Callable[[dict[str, object]], dict[str, Any]]]:
        command = [SYSTEM_PYTHON, str(XAPIAN_PROCESS), str(self._folder)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # a fixed command
            assert process.stdin
            assert process.stdout
            into, out = process.stdin, process.stdout

            def say(told: dict[str, object]) -> dict[str, Any]:
                into.write(json.dumps(told) + "\n")
                into.flush()
                answer: dict[str, Any] = json.loads(out.readline())
                return answer

            say({"stop_words": self._stop_words})
            yield say
            into.close()

    def size(self) -> int:
        return sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())

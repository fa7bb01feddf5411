"""A whole installation for the browser: its own database, its own home, a web process on a free loopback port."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60
CHROMIUM_WORDS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


PARVIS = (sys.executable, "-m", "parvis.config.command")
STEPS = (
    ("migrate", "-v0"),
    ("load", "institutions"),
    ("load", "sample"),
    ("load", "sample-services"),
    ("index",),
    ("collectstatic", "--noinput", "-v0"),
)
# In one process: Python and Django are started once, not six times.
ALL_STEPS = """
import json, sys
from parvis.config.command import main
for words in json.loads(sys.argv[1]):
    if status := main(words):
        sys.exit(f"parvis {' '.join(words)} ended with {status}")
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A site that answers at `url`, until the one who asked for it is done."""

    url: str
    home: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def parvis(self, *words: str) -> str:
        """Run a command of `parvis` on this installation; return what it prints."""
        return _run([*PARVIS, *words], self.environment)

    def first(self, section: str) -> str:
        """Return the identifier of the first page of a section of the sitemap."""
        with urllib.request.urlopen(f"{self.url}/sitemap-{section}-1.xml", timeout=30) as answer:  # noqa: S310  # our own http
            found = re.search(r"<loc>[^<]*/([^/<]+)</loc>", answer.read().decode())
        assert found
        return found.group(1)


@contextlib.contextmanager
def running_site(database_url: str, name: str) -> Iterator[Site]:
    """Make a database `name` beside that of `database_url`, load the sample into it and serve it; remove all after."""
    home = Path(tempfile.mkdtemp(prefix="parvis-browser-"))
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    try:
        with _database(database_url, name) as own:
            environment = _environment(own, home, url)
            _run([sys.executable, "-c", ALL_STEPS, json.dumps(STEPS)], environment)
            with _server(port, environment, home):
                yield Site(url, home, environment)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(database_url: str, home: Path, url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")}
    return kept | {
        "DATABASE_URL": database_url,
        "PARVIS_HOME": str(home),
        "PARVIS_BASE_URL": url,
        "PARVIS_LOG_LEVEL": "WARNING",
        **{
            f"PARVIS_LIMIT_{name}": "0" for name in ("SEARCH", "API", "PAGES", "ASKING")
        },  # one address asks for all pages
        "PARVIS_EMBEDDER": "none",  # words only: the pages are the same, and nothing is waited for
        "DJANGO_SETTINGS_MODULE": "parvis.config.settings",
    }


@contextlib.contextmanager
def _database(url: str, name: str) -> Iterator[str]:
    parts = urlsplit(url)
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            connection.execute(drop)


def _run(words: Sequence[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our words
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


@contextlib.contextmanager
def _server(port: int, environment: Mapping[str, str], home: Path) -> Iterator[None]:
    words = [
        "-m",
        "gunicorn",
        "--graceful-timeout",
        "1",
        "-b",
        f"127.0.0.1:{port}",
        "-w",
        "1",
        "--threads",
        "4",
        "parvis.config.wsgi",
    ]
    log = home / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(  # noqa: S603  # our words
            [sys.executable, *words], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        _wait_until_it_answers(process, f"http://127.0.0.1:{port}/robots.txt", log)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_it_answers(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=5):  # noqa: S310  # our own http
            return
        time.sleep(0.1)
    raise RuntimeError(f"the web process did not answer:\n{log.read_text()}")

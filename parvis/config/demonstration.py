"""What `parvis demo` prepares, step by step; a step that was done before and still holds is skipped."""

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from parvis.accounts.place import is_demonstration
from parvis.config import command
from parvis.config.environment import Environment
from parvis.core.errors import ParvisError

PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Step:
    """One step: what a person reads, what it does, and what it depends on (as text that changes with it)."""

    name: str
    says: str
    run: Callable[[], int]
    depends_on: Callable[[], str]
    still_stands: Callable[[], bool] = lambda: True


def unapplied_migrations() -> int:
    """Return how many migrations the database still lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


SEARCHED = (
    "institutions",
    "disclosure",
    "services",
    "search",
    "embedding",
)  # rooms that the index is made of


def steps() -> list[Step]:
    """Return the steps in their order."""
    return [
        Step(
            "migrate",
            "Bringing the database up to this version",
            _migrate,
            lambda: "",
            lambda: not unapplied_migrations(),
        ),
        Step(
            "messages",
            "Compiling translations",
            lambda: command.run("messages compile"),
            lambda: _digest(PACKAGE.rglob("*.po")),
        ),
        *_loads(),
        Step(
            "index",
            "Building the search index",
            lambda: command.run("index"),
            lambda: f"{settings.EMBEDDER} {_room_files(*SEARCHED)}",
            lambda: settings.INDEX_DIRECTORY.is_dir() and any(settings.INDEX_DIRECTORY.iterdir()),
        ),
        Step(
            "static",
            "Collecting static files",
            _collect_static,
            _static_files,
            (settings.STATIC_ROOT / "staticfiles.json").exists,
        ),
    ]


def _loads() -> list[Step]:
    """Return the steps that fill the database with facts and with what is invented."""
    return [
        Step(
            "institutions",
            "Loading jurisdictions and institutions",
            lambda: command.run("load institutions"),
            lambda: _room_files("institutions"),
        ),
        Step(
            "people",
            "Making people who can sign in, and giving them their roles",
            _people,
            lambda: _room_files("accounts", "institutions"),
        ),
        Step(
            "sample",
            "Loading the invented sample",
            lambda: command.run("load sample"),
            lambda: _room_files("institutions", "disclosure"),
        ),
        Step(
            "usual files",
            "Loading the invented usual files",
            lambda: command.run("load usual-files", str(PACKAGE / "access" / "data" / "usual_files.yaml")),
            lambda: _room_files("access"),
        ),
        Step(
            "sample services",
            "Loading the invented services",
            lambda: command.run("load sample-services"),
            lambda: _room_files("institutions", "services"),
        ),
    ]


def prepare(environment: Environment) -> None:
    """Run every step that is not done yet, and say how far it is."""
    note = environment.home.resolve() / "demo.json"
    done = json.loads(note.read_text()) if note.exists() else {}
    identity = _database_identity()
    planned = steps()
    for number, step in enumerate(planned, 1):
        mark = hashlib.sha256(f"{identity}\n{step.depends_on()}".encode()).hexdigest()
        head = f"[{number}/{len(planned)}] {step.says}"
        if done.get(step.name) == mark and step.still_stands():
            _say(f"{head}: done before")
            continue
        _say(f"{head} …")
        started = time.monotonic()
        if step.run():
            raise ParvisError(f"The step “{step.says}” did not succeed; the lines above say why.")
        _say(f"{head}: done in {time.monotonic() - started:.1f} s")
        done[step.name] = mark
        note.write_text(json.dumps(done, indent=2) + "\n")


def _migrate() -> int:
    call_command("migrate", interactive=False, verbosity=1)
    return 0


def _people() -> int:
    """Make the people of the demonstration; where it is open to others, nobody whose secret everyone knows."""
    return command.run("load people") or command.run("load roles") if is_demonstration() else 0


def _collect_static() -> int:
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    return 0


def _static_files() -> str:
    found = (storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    return _digest(map(Path, found))


def _room_files(*rooms: str) -> str:
    paths = (path for room in rooms for path in (PACKAGE / room).rglob("*"))
    return _digest(path for path in paths if path.is_file() and path.suffix not in {".pyc", ".mo"})


def _digest(paths: Iterable[Path]) -> str:
    """Return a text that changes when one of the files does."""
    rows = sorted((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in paths)
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _database_identity() -> str:
    """Return a text that another database, or the same one made anew, does not have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier, oid FROM pg_control_system(), pg_database WHERE datname = current_database()"
        )
        return repr(cursor.fetchone())


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()

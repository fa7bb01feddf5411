"""Making a backup, while everything runs: one moment of the database, then files and keys, whole or not there."""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql

from parvis import __version__
from parvis.audit.anchor import anchor_path
from parvis.config.backups import stored_files
from parvis.config.backups.manifest import (
    DUMP,
    FILES,
    KEYS,
    NAME,
    SEALED_KEYS,
    BackupError,
    Manifest,
    part_of,
)
from parvis.config.backups.programs import database_url, run
from parvis.config.backups.sealing import sealed
from parvis.config.environment import Environment

PREFIX = "parvis-"
HALF = ".half-"  # a backup that is being made; one that a kill has left is removed by the next


def make(
    environment: Environment, destination: Path, *, passphrase: str = "", with_files: bool = True
) -> Path:
    """Make one backup in a new folder below `destination` and return that folder."""
    destination.mkdir(parents=True, exist_ok=True, mode=0o700)
    made_at = datetime.now(UTC)
    name = f"{PREFIX}{made_at:%Y%m%dT%H%M%S%f}Z"
    with _alone(destination):
        for left in destination.glob(f"{HALF}*"):
            shutil.rmtree(left)
        half = destination / f"{HALF}{name}"
        half.mkdir(mode=0o700)
        try:
            _fill(half, environment, made_at, passphrase, with_files=with_files)
        except BaseException:
            shutil.rmtree(half, ignore_errors=True)
            raise
        _sync(half)
        whole = destination / name
        half.rename(whole)
        _sync_one(destination)
    return whole


def whole_backups(destination: Path) -> list[Path]:
    """Return the backups below a folder, the oldest first."""
    return sorted(path.parent for path in destination.glob(f"{PREFIX}*/{NAME}"))


def keep_only(destination: Path, count: int) -> list[Path]:
    """Remove all but the newest backups; return those that are gone. Each leaves its name before its parts."""
    gone = whole_backups(destination)[:-count] if count > 0 else []
    for path in gone:
        half = path.with_name(f"{HALF}{path.name}")
        path.rename(half)
        shutil.rmtree(half)
    return gone


def _fill(
    half: Path, environment: Environment, made_at: datetime, passphrase: str, *, with_files: bool
) -> None:
    url = database_url(environment)
    noted = _noted_head(environment.home / KEYS)
    with psycopg.connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
        rows, migrations = rows_of(connection), migrations_of(connection)
        options = ("--format=custom", "--no-owner", "--no-privileges", "--no-unlogged-table-data")
        run(
            "pg_dump",
            url,
            f"--snapshot={snapshot[0] if snapshot else ''}",
            f"--file={half / DUMP}",
            options=options,
        )
        postgres = str(connection.info.server_version)
    if with_files:  # after the dump's moment: what a row of it names was kept before the row was
        (half / FILES).mkdir()
        stored_files.copy_out(half / FILES)
    _copy_keys(environment.home / KEYS, half, passphrase, noted)
    for path in half.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    Manifest(
        made_at=made_at.isoformat(),
        version=__version__,
        postgres=postgres,
        rows=rows,
        migrations=migrations,
        has_files=with_files,
        parts=[part_of(half, path) for path in sorted(half.rglob("*")) if path.is_file()],
    ).write(half)
    (half / NAME).chmod(0o600)


def rows_of(connection: "psycopg.Connection[tuple[object, ...]]") -> dict[str, int]:
    """Return how many rows each table has; unlogged ones, which a crash empties and a dump leaves out, not."""
    tables = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND relpersistence = 'p' ORDER BY relname"
    ).fetchall()
    counted = {}
    for (table,) in tables:
        query = sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(str(table)))
        row = connection.execute(query).fetchone()
        counted[str(table)] = int(str(row[0])) if row else 0
    return counted


def migrations_of(connection: "psycopg.Connection[tuple[object, ...]]") -> list[str]:
    """Return the migrations that a database has had. Raises BackupError when it is none of ours."""
    try:
        found = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    except psycopg.errors.UndefinedTable:
        raise BackupError("There is nothing to back up: `parvis migrate` was never run here.") from None
    return [str(name) for (name,) in found]


def _noted_head(keys: Path) -> dict[str, bytes]:
    """Return the note of the trail's newest seal, as it is before the dump: a newer one would lack its seal there."""
    path = keys / anchor_path().name
    return {path.name: path.read_bytes()} if path.exists() else {}


def _copy_keys(keys: Path, half: Path, passphrase: str, noted: Mapping[str, bytes]) -> None:
    """Copy the keys, sealed when there is a passphrase. None are there when the settings give the secret key."""
    if not keys.is_dir():
        return
    if passphrase:
        (half / SEALED_KEYS).write_bytes(sealed(keys, passphrase, noted))
        return
    shutil.copytree(keys, half / KEYS)
    for name, content in noted.items():
        (half / KEYS / name).write_bytes(content)


@contextmanager
def _alone(destination: Path) -> Iterator[None]:
    with (destination / ".lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(f"Another backup is being made in {destination}.") from None
        yield


def _sync(folder: Path) -> None:
    """Have every file and folder on disk before the name says that it is whole."""
    for path in folder.rglob("*"):
        _sync_one(path)
    _sync_one(folder)


def _sync_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

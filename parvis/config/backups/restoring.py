"""Restoring: everything is checked first; what stood before stays aside until the new is whole."""

import shutil
from pathlib import Path

import psycopg
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from parvis.audit.anchor import anchor_path
from parvis.config.backups import stored_files
from parvis.config.backups.making import rows_of, whole_backups
from parvis.config.backups.manifest import (
    DUMP,
    FILES,
    KEYS,
    NAME,
    SEALED_KEYS,
    BackupError,
    Manifest,
    verify,
)
from parvis.config.backups.programs import database_url, run
from parvis.config.backups.sealing import unseal
from parvis.config.environment import Environment

ASIDE = "parvis_before_restore"  # the schema in which the old tables wait
Connection = psycopg.Connection[tuple[object, ...]]


def newest(source: Path) -> Path:
    """Return the backup that is meant: the folder itself, or the newest one below it."""
    if (source / NAME).exists():
        return source
    found = whole_backups(source)
    if not found:
        raise BackupError(f"There is no whole backup in {source}.")
    return found[-1]


def restore(environment: Environment, folder: Path, *, over: bool = False, passphrase: str = "") -> Manifest:
    """Bring database, files and keys to where they stood when the backup was made.

    Raises BackupError, with nothing changed, when a part is not as it was written, when it comes from a newer version,
    when something stands here and `over` was not said, or when anyone still uses the database.
    """
    manifest = verify(folder)
    _refuse_newer(manifest)
    url = database_url(environment)
    with psycopg.connect(url, autocommit=True) as connection:
        _undo_half(connection)
        if not over:
            _refuse_where_something_stands(connection, has_files=manifest.has_files)
        _refuse_while_in_use(connection)
        keys = _unsealed_keys(
            environment, folder, passphrase
        )  # a wrong passphrase is told before anything changes
        _restore_database(connection, url, folder, manifest)
    if manifest.has_files:
        stored_files.copy_in(folder / FILES)
    _take_keys(keys, environment.home / KEYS)
    return manifest


def _refuse_newer(manifest: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := [name for name in manifest.migrations if name not in known]:
        raise BackupError(
            f"The backup was made by Parvis {manifest.version}, which is newer than this one: it knows {unknown[0]}."
            " Install that version, then restore."
        )


def _refuse_where_something_stands(connection: Connection, *, has_files: bool) -> None:
    standing = []
    if connection.execute(
        "SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace LIMIT 1"
    ).fetchone():
        standing.append("a database with tables")
    if has_files and next(stored_files.names(), ""):
        standing.append("files")
    if standing:
        raise BackupError(
            f"Here stands something already: {' and '.join(standing)}. Restore into an empty place, "
            "or say --over to replace all of it."
        )


def _refuse_while_in_use(connection: Connection) -> None:
    row = connection.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    ).fetchone()
    if row and row[0]:
        raise BackupError(
            f"{row[0]} connections still use the database. Stop web and worker first, on every machine."
        )


def _undo_half(connection: Connection) -> None:
    """After a restore that was killed, put back what stood before it."""
    if connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [ASIDE]).fetchone():
        _put_back(connection)


def _put_back(connection: Connection) -> None:
    with connection.transaction():
        connection.execute("DROP SCHEMA IF EXISTS public CASCADE")
        connection.execute(sql.SQL("ALTER SCHEMA {} RENAME TO public").format(sql.Identifier(ASIDE)))


def _restore_database(connection: Connection, url: str, folder: Path, manifest: Manifest) -> None:
    with connection.transaction():
        connection.execute(sql.SQL("ALTER SCHEMA public RENAME TO {}").format(sql.Identifier(ASIDE)))
        connection.execute("CREATE SCHEMA public")
    try:
        options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        run("pg_restore", url, str(folder / DUMP), options=options)
        _refuse_other_rows(manifest.rows, rows_of(connection))
    except BaseException:
        _put_back(connection)
        raise
    connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(ASIDE)))


def _refuse_other_rows(wanted: dict[str, int], found: dict[str, int]) -> None:
    differing = ", ".join(
        f"{table} ({found.get(table)} of {wanted.get(table)})"
        for table in sorted(wanted.keys() | found.keys())
        if wanted.get(table) != found.get(table)
    )
    if differing:
        raise BackupError(f"The restored tables do not have the rows that were counted: {differing}.")


def _unsealed_keys(environment: Environment, folder: Path, passphrase: str) -> Path | None:
    """Return a folder with the keys of the backup, opened where they were sealed; None where it has none."""
    if not (folder / SEALED_KEYS).exists():
        return folder / KEYS if (folder / KEYS).is_dir() else None
    if not passphrase:
        raise BackupError("The keys of this backup are sealed: name the file with the passphrase.")
    opened = environment.home / "keys.restored"
    shutil.rmtree(opened, ignore_errors=True)
    opened.mkdir(mode=0o700)
    try:
        unseal((folder / SEALED_KEYS).read_bytes(), passphrase, opened)
    except BaseException:
        shutil.rmtree(opened)
        raise
    return opened


def _take_keys(source: Path | None, keys: Path) -> None:
    """Keep the keys, readable to their owner alone; each takes its place whole.

    The note of the trail's newest seal goes with the trail that stood here: the restored one may never have had one.
    """
    (keys / anchor_path().name).unlink(missing_ok=True)
    if source is None:
        return
    for path in source.rglob("*"):
        if path.is_file():
            target = keys / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            new = target.with_name(f".{target.name}.new")
            new.touch(mode=0o600)
            new.write_bytes(path.read_bytes())
            new.replace(target)
    if source.name == "keys.restored":
        shutil.rmtree(source)

"""A backup that was never restored is a hope: here it is restored elsewhere and compared, row by row."""

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from parvis.config.backups import making
from parvis.config.backups.manifest import BackupError, Manifest, verify
from parvis.config.backups.sealing import sealed, unseal
from parvis.config.embedded_postgres import running
from tests.config.conftest import Installation, until

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="these look at processes by /proc"),
]
Rows = dict[str, set[str]]


@pytest.fixture
def elsewhere() -> Iterator[Installation]:
    """Give an empty place: another home folder, another database."""
    with tempfile.TemporaryDirectory(prefix="parvis-elsewhere-") as folder:
        Path(folder).chmod(0o711)
        made = Installation(Path(folder) / "home")
        made.home.mkdir()
        try:
            yield made
        finally:
            made.end()


class Writer:
    """Writes events into the trail for as long as the backup is being made, as a running installation does."""

    def __init__(self, url: str) -> None:
        self.url, self.leaving, self.count = url, threading.Event(), 0
        self.thread = threading.Thread(target=self._write)
        self.thread.start()

    def _write(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            while not self.leaving.is_set():
                connection.execute(
                    "INSERT INTO audit_event (name, actor_kind, actor_name, subject_type, subject_id, data)"
                    " VALUES ('test:written', 'system', 'test', 'test', %s, '{}')",
                    [str(self.count)],
                )
                self.count += 1
                time.sleep(0.002)

    def leave(self) -> int:
        self.leaving.set()
        self.thread.join()
        return self.count


def rows_of(url: str) -> Rows:
    found: Rows = {}
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            query = sql.SQL("SELECT row::text FROM {} AS row").format(sql.Identifier(table))
            found[table] = {text for (text,) in connection.execute(query)}
    return found


@contextmanager
def open_database(installation: Installation) -> "Iterator[psycopg.Connection[tuple[Any, ...]]]":
    with running(installation.home) as url, psycopg.connect(url) as connection:
        yield connection


def files_of(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in (home / "files").rglob("*")
        if path.is_file()
    }


def restore_over_a_half_one(elsewhere: Installation, backups: Path, before: Rows) -> None:
    with open_database(elsewhere) as connection:  # as a restore leaves it that was killed in its middle
        connection.execute("ALTER SCHEMA public RENAME TO parvis_before_restore")
        connection.execute("CREATE SCHEMA public")
        connection.execute("CREATE TABLE half (number integer)")
    over = elsewhere.parvis("restore", str(backups), "--over")
    assert over.returncode == 0, over.stderr
    with running(elsewhere.home) as url:
        once_more = rows_of(url)
    assert once_more.keys() == before.keys()
    assert once_more["institutions_institution"] == before["institutions_institution"]


def test_what_was_backed_up_while_writes_went_on_is_restored_elsewhere_row_by_row(
    installation: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    (installation.home / "files" / "letters").mkdir(parents=True, exist_ok=True)
    (installation.home / "files" / "letters" / "réponse.pdf").write_bytes(os.urandom(300_000))
    done = installation.parvis("load", "institutions")
    assert done.returncode == 0, done.stderr
    with running(installation.home) as url:
        writer = Writer(url)
        try:
            made = installation.parvis("backup", str(tmp_path), "--keep", "3")
        finally:
            written = writer.leave()
        assert made.returncode == 0, made.stderr
        before = rows_of(url)
    assert written > 20
    (folder,) = tmp_path.glob("parvis-*")
    manifest = verify(folder)
    assert stat.S_IMODE((folder / "keys" / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    restored = elsewhere.parvis("restore", str(tmp_path))
    assert restored.returncode == 0, restored.stderr + restored.stdout
    assert "The audit trail is whole." in restored.stdout
    with running(elsewhere.home) as url:
        after = rows_of(url)
    assert after.keys() == before.keys()
    for table in after.keys() - {"audit_event", "audit_seal"}:
        assert after[table] == before[table], table
    own = {row for row in after["audit_event"] if "operation:backup:restored" in row}
    assert len(own) == 1
    assert after["audit_event"] - own <= before["audit_event"]
    assert len(after["audit_event"] - own) == manifest.rows["audit_event"]
    assert files_of(elsewhere.home) == files_of(installation.home)
    key = Path("keys") / "secret_key"
    assert (elsewhere.home / key).read_text() == (installation.home / key).read_text()

    restore_over_a_half_one(elsewhere, tmp_path, before)
    again = elsewhere.parvis("restore", str(tmp_path))
    assert again.returncode == 2
    assert "--over" in again.stderr
    part = folder / "files" / "letters" / "réponse.pdf"
    part.write_bytes(b"another " + part.read_bytes()[8:])
    refused = elsewhere.parvis("restore", str(tmp_path), "--over")
    assert refused.returncode == 2
    assert "réponse.pdf was changed" in refused.stderr
    assert files_of(elsewhere.home) == files_of(installation.home)


def test_a_backup_that_was_killed_leaves_nothing_that_looks_whole(
    installation: Installation, tmp_path: Path
) -> None:
    process = installation.start("backup", str(tmp_path))
    assert until(lambda: any(tmp_path.glob(".half-*/database.dump")))
    process.send_signal(signal.SIGKILL)
    process.wait()
    if not list(tmp_path.glob("parvis-*")):  # it may have been faster than the signal
        said = installation.parvis("backup", str(tmp_path), "--verify")
        assert said.returncode == 2
        assert "no whole backup" in said.stderr
    done = installation.parvis("backup", str(tmp_path), "--keep", "1")
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.glob(".half-*"))
    assert len(list(tmp_path.glob("parvis-*"))) == 1
    assert installation.parvis("backup", str(tmp_path), "--verify").returncode == 0


def manifest_of(folder: Path, **changes: Any) -> Path:
    told: dict[str, Any] = {"made_at": "", "version": "9", "postgres": "", "rows": {}, "migrations": []}
    Manifest(**{**told, "has_files": False, **changes}).write(folder)
    return folder


def test_what_does_not_belong_to_a_backup_or_is_of_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no whole backup"):
        verify(tmp_path)
    folder = manifest_of(tmp_path)
    assert verify(folder).version == "9"
    (folder / "added").touch()
    with pytest.raises(BackupError, match="added does not belong"):
        verify(folder)
    told = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**told, "format": 99}))
    with pytest.raises(BackupError, match="format 99"):
        verify(folder)


def test_sealed_keys_open_by_their_passphrase_alone(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "secret_key").write_text("very secret")
    data = sealed(keys, "correct horse")
    assert b"very secret" not in data
    with pytest.raises(BackupError, match="another passphrase"):
        unseal(data, "wrong horse", tmp_path)
    unseal(data, "correct horse", tmp_path / "opened")
    assert (tmp_path / "opened" / "secret_key").read_text() == "very secret"
    assert stat.S_IMODE((tmp_path / "opened" / "secret_key").stat().st_mode) & 0o022 == 0


@pytest.mark.parametrize("name", ["../outside", "deep/../../outside"])
def test_sealed_keys_are_written_nowhere_else(name: str, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    with pytest.raises(BackupError, match="outside"):
        unseal(sealed(keys, "correct horse", {name: b"planted"}), "correct horse", tmp_path / "opened")
    assert not (tmp_path / "outside").exists()


def test_the_note_of_the_newest_seal_is_backed_up_as_it_was_before_the_dump(tmp_path: Path) -> None:
    """The sealer may go on while the database is dumped; a note from then would lack its seal in the dump."""
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "audit-head.json").write_text("newer")
    (keys / "audit_key").write_text("key")
    before = {"audit-head.json": b"older"}
    unseal(sealed(keys, "correct horse", before), "correct horse", tmp_path / "opened")
    (tmp_path / "plain").mkdir()
    making._copy_keys(keys, tmp_path / "plain", "", before)
    for folder in (tmp_path / "opened", tmp_path / "plain" / "keys"):
        assert (folder / "audit-head.json").read_text() == "older"
        assert (folder / "audit_key").read_text() == "key"


def test_the_password_of_the_database_stands_in_no_list_of_processes(
    installation: Installation, tmp_path: Path
) -> None:
    password = json.loads((installation.home / "postgres" / "place.json").read_text())["password"]
    process = installation.start("backup", str(tmp_path))
    seen: list[str] = []
    while process.poll() is None:
        listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=False).stdout  # noqa: S607  # the system's own
        seen += [line for line in listed.splitlines() if "pg_dump" in line]
    assert process.wait() == 0, installation.said()
    assert not [line for line in seen if password in line]

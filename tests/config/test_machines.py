"""Two machines with three web processes and two workers on one PostgreSQL: one is killed, and nothing is lost."""

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.config.conftest import Installation, status_of, until
from tests.config.test_kills import CHANGES, SETTLED, Reader, look, no_more, writing
from tests.mail.servers import Mailbox, mail_server

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="these look at processes by /proc"),
]


@pytest.fixture
def machines(installation: Installation) -> Iterator[tuple[Installation, Installation]]:
    """Give one machine with the database, and another one whose settings name it."""
    installation.load()
    assert installation.parvis("audit", "seal").returncode == 0
    keys = installation.home / "keys"
    kept = dict(installation.extra)
    with tempfile.TemporaryDirectory(prefix="parvis-other-") as folder:
        other = Installation(Path(folder))
        other.extra |= {
            "DATABASE_URL": installation.parvis("database", "url").stdout.strip(),
            "PARVIS_SECRET_KEY": (keys / "secret_key").read_text(),
            "PARVIS_AUDIT_KEY": (keys / "audit_key").read_text().strip(),
            "PARVIS_WEB_PROCESSES": "1",
        }
        (other.home / "static").symlink_to(installation.home / "static")
        try:
            yield installation, other
        finally:
            other.end()
            _forget(other)
    installation.extra.clear()
    installation.extra.update(kept)


def _forget(machine: Installation) -> None:
    """Take a machine out of the database: changes of a week would wait for it, and with them other tests."""
    name = (machine.home / "index" / "machine").read_text(encoding="ascii")
    with psycopg.connect(machine.extra["DATABASE_URL"]) as connection:
        connection.execute("DELETE FROM search_taken WHERE machine_id = %s", [name])
        connection.execute("DELETE FROM search_machine WHERE name = %s", [name])


def test_three_webs_and_two_workers_on_two_machines_lose_nothing_when_one_of_each_is_killed(
    machines: tuple[Installation, Installation], tmp_path: Path
) -> None:
    first, second = machines
    acknowledged, mailbox = tmp_path / "acknowledged", Mailbox()
    acknowledged.touch()
    with mail_server(mailbox) as port:
        mail = {"PARVIS_MAIL": "smtp", "PARVIS_SMTP_URL": f"smtp+unencrypted://127.0.0.1:{port}"}
        first.extra |= {**mail, "PARVIS_WEB_PROCESSES": "2"}
        second.extra |= mail
        _, here = first.serve()
        _, there = second.serve()
        readers = [Reader(here), Reader(there)]
        for reader in readers:
            reader.start()
        try:
            with writing(first, acknowledged, 2):
                assert until(lambda: acknowledged.read_text().count("\n") > 10, seconds=60)
                os.kill(max(first.find("gunicorn")), signal.SIGKILL)
                os.kill(max(second.find("procrastinate")), signal.SIGKILL)
                known = acknowledged.read_text().count("\n")
                assert until(lambda: acknowledged.read_text().count("\n") > known + 20, seconds=60)
            database = second.extra["DATABASE_URL"]
            # Changes wait for a machine from its first build on: before it, their being gone would say nothing of it.
            assert until(lambda: status_of(f"{there}readyz") == 200, seconds=60)
            assert until(lambda: no_more(database, CHANGES), seconds=60)
            settled = until(lambda: no_more(database, SETTLED), seconds=5)
        finally:
            for reader in readers:
                reader.leaving.set()
                reader.join()
        look(first, database, acknowledged.read_text().split(), mailbox, settled=settled)
        assert all(reader.answers[200] > 5 for reader in readers), [reader.answers for reader in readers]
        assert status_of(f"{there}readyz") == 200  # this machine has built an index of its own

"""Whatever is killed, however often: what was acknowledged is there, nothing is there twice, the trail is whole."""

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg
import pytest

from tests.config.conftest import ROOT, Installation, status_of, until
from tests.mail.servers import Mailbox, mail_server

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="these look at processes by /proc"),
]
KINDS = {
    "web": ("gunicorn",),
    "worker": ("procrastinate",),
    "database": ("postgres -D",),
    "a connection": ("postgres: parvis",),
    "keeper": ("postgres_keeper",),
}
CALM_SHARE, SOME = 0.7, 20
SETTLED = "SELECT count(*) FROM mail_outgoingmail WHERE state NOT IN ('sent', 'failed')"
CHANGES = "SELECT count(*) FROM search_change"
TURNS = "SELECT data->>'turn', count(*) FROM audit_event WHERE subject_type = 'soak' GROUP BY 1"


class Reader(threading.Thread):
    """A visitor who asks again when nobody answers, as a browser or a proxy does."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.leaving, self.answers = url, threading.Event(), Counter[int]()

    def run(self) -> None:
        while not self.leaving.is_set():
            self.answers[status_of(f"{self.url}en/institutions")] += 1
            time.sleep(0.05)


@contextmanager
def writing(installation: Installation, acknowledged: Path, count: int) -> Iterator[None]:
    """Have so many processes write for as long as the body runs."""
    words = [sys.executable, str(Path(__file__).with_name("write_without_end.py")), str(acknowledged)]
    writers = [
        subprocess.Popen(words, env=installation.environment, cwd=ROOT, stderr=subprocess.DEVNULL)  # noqa: S603  # our own script
        for _ in range(count)
    ]
    try:
        yield
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()


def kill_one(installation: Installation, chance: random.Random, kind: str) -> bool:
    found = installation.find(*KINDS[kind])
    if not found:
        return False
    try:
        os.kill(chance.choice(found), signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def one_number(url: str, query: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
        return int(row[0]) if row else 0


def no_more(url: str, query: str) -> bool:
    try:
        return one_number(url, query) == 0
    except psycopg.Error:
        return False


def count_of(acknowledged: Path) -> int:
    return acknowledged.read_text().count("\n")


def writes_more(acknowledged: Path, than: int) -> bool:
    return count_of(acknowledged) > than + SOME


def survive(installation: Installation, tmp_path: Path, kills: int, *, patience: float, pause: float) -> str:
    """Kill so often under a load of writes, then look; return the figures as a sentence."""
    chance = random.Random(kills)  # noqa: S311  # the same moments each time
    acknowledged = tmp_path / "acknowledged"
    acknowledged.touch()
    mailbox, done, started = Mailbox(), Counter[str](), time.monotonic()
    with mail_server(mailbox) as port:
        installation.extra |= {
            "PARVIS_MAIL": "smtp",
            "PARVIS_SMTP_URL": f"smtp+unencrypted://127.0.0.1:{port}",
        }
        supervisor, url = installation.serve()
        database = installation.parvis("database", "url").stdout.strip()
        reader = Reader(url)
        reader.start()
        try:
            with writing(installation, acknowledged, 2):
                assert until(partial(writes_more, acknowledged, 0), seconds=60)
                while done.total() < kills:
                    assert supervisor.poll() is None, installation.said()[-3000:]
                    kind = list(KINDS)[done.total()] if kills == len(KINDS) else chance.choice(list(KINDS))
                    done[kind] += kill_one(installation, chance, kind)
                    time.sleep(chance.uniform(0, 2 * pause))
                    if chance.random() < CALM_SHARE:  # else the next one strikes while it recovers
                        until(partial(writes_more, acknowledged, count_of(acknowledged)), seconds=60)
                more = partial(writes_more, acknowledged, count_of(acknowledged))
                assert until(more, seconds=120), installation.said()[-3000:]
            assert until(lambda: status_of(f"{url}en/") == 200, seconds=90)
            assert until(lambda: no_more(database, CHANGES), seconds=max(60, patience)), (
                f"the index takes everything in: {installation.said()[-3000:]}"
            )
            settled = until(lambda: no_more(database, SETTLED), seconds=patience)
        finally:
            reader.leaving.set()
            reader.join()
        assert supervisor.poll() is None
        told = look(installation, database, acknowledged.read_text().split(), mailbox, settled=settled)
    assert reader.answers[200] > kills
    return (
        f"{dict(done)} in {time.monotonic() - started:.0f} s; {told}; "
        f"visitors {dict(reader.answers)} (0: nobody answered)"
    )


def look(
    installation: Installation, database: str, acknowledged: list[str], mailbox: Mailbox, *, settled: bool
) -> str:
    with psycopg.connect(database) as connection:
        turns: dict[str, int] = dict(connection.execute(TURNS).fetchall())
        mails = connection.execute("SELECT state, count(*) FROM mail_outgoingmail GROUP BY 1").fetchall()
        written = connection.execute(
            "SELECT count(*) FROM mail_outgoingmail WHERE template = 'mail/trial'"
        ).fetchone()
    assert set(acknowledged) <= set(turns), "an acknowledged write is lost"
    assert set(turns.values()) == {1}, "a write is there twice"
    assert written
    assert written[0] >= len(turns)
    arrived = Counter(str(message["To"]).split("@")[0].strip("<") for message in mailbox.taken)
    if settled:
        assert set(acknowledged) <= set(arrived), "a message was never sent"
    # The sealer comes once a minute; what is wrong with a trail does not heal by waiting.
    until(lambda: installation.parvis("audit", "verify").returncode == 0, seconds=90)
    verified = installation.parvis("audit", "verify")
    assert verified.returncode == 0, verified.stdout
    status = installation.parvis("index", "--status")
    assert re.search(r"Serving: \d+ documents", status.stdout), status.stdout + status.stderr
    assert "Nothing waits" in status.stdout
    twice = sum(count - 1 for count in arrived.values())
    return (
        f"{len(acknowledged)} turns acknowledged, {len(turns)} stand, none twice; messages {dict(mails)}, "
        f"{twice} sent twice; {verified.stdout.strip()}"
    )


@pytest.fixture
def loaded(installation: Installation) -> Iterator[Installation]:
    """Give an installation with institutions and an index of them."""
    installation.load()
    kept = dict(installation.extra)
    yield installation
    installation.extra.clear()
    installation.extra.update(kept)


def test_one_kill_of_each_kind_under_writes_loses_nothing(loaded: Installation, tmp_path: Path) -> None:
    survive(loaded, tmp_path, len(KINDS), patience=1, pause=0.4)


@pytest.mark.soak
def test_a_hundred_kills_at_random_under_writes_lose_nothing(
    loaded: Installation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = survive(loaded, tmp_path, 100, patience=900, pause=1.5)
    with capsys.disabled():
        print(told)  # noqa: T201  # the figures are what one runs it for

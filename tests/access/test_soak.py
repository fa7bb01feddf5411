"""Many people send at once, and things are killed meanwhile: every receipt that was shown is there, none twice."""

import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.config.conftest import ROOT, Installation, installation, until
from tests.config.test_kills import CALM_SHARE, kill_one

__all__ = ["installation"]
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="these look at processes by /proc"),
]
CSRF = "c" * 32
SOME = 5
SHOWN = re.compile(r"\b[A-Z0-9-]+-A-\d{4}-\d{5}\b")
WAITING = """
    SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'access.follow_up' AND status IN ('todo', 'doing')
"""


@dataclass
class Load:
    """Guests who send their drafts, each again until they see their receipt, as people do."""

    url: str
    drafts: list[tuple[str, str, str]]
    rate: float  # a second; 0: as fast as it goes
    patience: float = 0  # seconds for which a guest tries again
    look_at: int = 1  # of so many receipts one is opened
    sent: set[str] = field(default_factory=set)
    shown: dict[str, frozenset[str]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    tried: set[str] = field(default_factory=set)
    leaving: threading.Event = field(default_factory=threading.Event)

    def run(self, guests: int) -> float:
        """Send all; return how many seconds it took."""
        waiting: Queue[tuple[float, tuple[str, str, str]]] = Queue()
        start = time.monotonic()
        for number, draft in enumerate(self.drafts):
            waiting.put((start + (number / self.rate if self.rate else 0), draft))
        threads = [threading.Thread(target=self._guest, args=(waiting,)) for _number in range(guests)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.monotonic() - start

    def _guest(self, waiting: "Queue[tuple[float, tuple[str, str, str]]]") -> None:
        while not self.leaving.is_set():
            try:
                at, draft = waiting.get_nowait()
            except Empty:
                return
            if self.leaving.wait(max(0.0, at - time.monotonic())):
                return
            self.tried.add(draft[0])
            self._send(draft)

    def _send(self, draft: tuple[str, str, str]) -> None:
        """Send one draft; while nobody answers, or the answer is an error, send the same again."""
        public_id, _key, session = draft
        until_moment = time.monotonic() + self.patience
        while True:
            try:
                began = time.monotonic()
                status, place, _body = self._ask("POST", f"/en/ask/{public_id}/review", session)
                if status == 302:
                    self.seconds.append(time.monotonic() - began)
                    self.sent.add(public_id)
                    if len(self.sent) % self.look_at:
                        return
                    status, _place, body = self._ask("GET", place, session)
                    if status == 200:
                        self.shown[public_id] = frozenset(SHOWN.findall(body))
                        return
                fault = str(status)
            except (OSError, http.client.HTTPException) as error:
                fault = type(error).__name__
            self.errors[fault] += 1
            if time.monotonic() > until_moment:
                return
            time.sleep(0.2)

    def _ask(self, method: str, path: str, session: str) -> tuple[int, str, str]:
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        try:
            headers = {"Cookie": f"parvis_session={session}; parvis_csrf={CSRF}", "X-CSRFToken": CSRF}
            if method == "POST":
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request(method, path, body="" if method == "POST" else None, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        finally:
            connection.close()


def prepared(place: Installation, count: int) -> list[tuple[str, str, str]]:
    """Have so many drafts made that only wait for being sent."""
    words = [sys.executable, str(Path(__file__).with_name("prepare_drafts.py")), str(count)]
    environment = place.environment | {"DATABASE_URL": place.parvis("database", "url").stdout.strip()}
    made = subprocess.run(words, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # our own script
    assert made.returncode == 0, made.stderr
    return [(one, key, session) for one, key, session in map(str.split, made.stdout.splitlines())]


def look(database: str, load: Load) -> str:
    """Hold what people saw to what stands; return the figures as a sentence."""
    with psycopg.connect(database) as connection:
        rows = connection.execute(
            "SELECT draft.public_id, part.number FROM access_accessrequest part "
            "JOIN access_submission sent ON sent.id = part.submission_id "
            "JOIN access_draft draft ON draft.id = sent.draft_id"
        ).fetchall()
        submissions: dict[str, int] = dict(
            connection.execute(
                "SELECT draft.public_id, count(*) FROM access_submission sent "
                "JOIN access_draft draft ON draft.id = sent.draft_id GROUP BY 1"
            ).fetchall()
        )
        receipts = connection.execute("SELECT count(*) FROM access_receipt").fetchone()
        gaps = connection.execute(
            "SELECT count(*) FROM access_numberseries series WHERE series.last <> (SELECT count(*) FROM "
            "access_accessrequest part WHERE part.institution_id = series.institution_id)"
        ).fetchone()
    standing: dict[str, set[str]] = {}
    for public_id, number in rows:
        standing.setdefault(public_id, set()).add(number)
    assert load.sent <= set(standing), "what was acknowledged is lost"
    for public_id, numbers in load.shown.items():
        assert numbers, "a receipt without a number was shown"
        assert set(numbers) == standing.get(public_id), (
            "a receipt that was shown does not stand as it was shown"
        )
    assert set(submissions.values()) <= {1}, "a request is there twice"
    assert len(rows) == len({number for _draft, number in rows}), "a number was given twice"
    assert gaps == (0,), "a number is missing"
    return (
        f"{len(load.sent)} acknowledged, {len(load.shown)} receipts shown; "
        f"{len(submissions)} submissions with {len(rows)} requests stand, none twice; "
        f"{receipts[0] if receipts else 0} sealed receipts made; tries without an answer: {dict(load.errors)}"
    )


def receipts_made(database: str) -> bool:
    """Return whether no receipt waits for being made."""
    try:
        with psycopg.connect(database) as connection:
            return connection.execute(WAITING).fetchone() == (0,)
    except psycopg.Error:
        return False


def is_sent_more(load: Load, than: int) -> bool:
    """Return whether requests are taken again."""
    return len(load.sent) > than + SOME


def send_under_kills(place: Installation, count: int, kills: int, rate: float, *kinds: str) -> str:
    """Send drafts, so many a second, until so many things were killed; return the figures.

    Most kills wait until requests are taken again; the others strike while it recovers.
    """
    chance = random.Random(kills)  # noqa: S311  # the same moments each time
    place.extra |= {"PARVIS_LIMIT_ASKING": "0"}
    supervisor, url = place.serve()
    database = place.parvis("database", "url").stdout.strip()
    load = Load(url, prepared(place, count), rate=rate, patience=180)
    sending = threading.Thread(target=load.run, args=(4,))
    killed: Counter[str] = Counter()
    sending.start()
    try:
        while sending.is_alive() and killed.total() < kills:
            time.sleep(chance.uniform(0.2, 1))
            kind = kinds[killed.total()] if kills == len(kinds) else chance.choice(kinds)
            killed[kind] += kill_one(place, chance, kind)
            if chance.random() < CALM_SHARE:
                until(partial(is_sent_more, load, len(load.sent)), seconds=60)
    finally:
        load.leaving.set()
        sending.join()
    assert supervisor.poll() is None, place.said()[-3000:]
    assert killed.total() == kills, f"{killed}: all was sent before"
    assert load.tried == set(load.shown), load.errors
    if "worker" in kinds:  # what a killed worker held is given back after a minute or two
        assert until(lambda: receipts_made(database), seconds=1200), "every receipt is made in the end"
    told = f"killed {dict(killed)}; {look(database, load)}"
    verified = place.parvis("audit", "verify")
    assert verified.returncode == 0 or "\n0 faults" in verified.stdout, (
        verified.stdout
    )  # the newest events may still wait for their seal
    os.kill(supervisor.pid, signal.SIGTERM)
    supervisor.wait(30)
    return told


def test_what_was_shown_stands_though_web_and_database_are_killed(
    installation: Installation,
) -> None:  # the fixture
    send_under_kills(installation, 400, 2, 20, "web", "database")


@pytest.mark.soak
def test_a_hundred_kills_lose_no_receipt_and_double_none(
    installation: Installation,  # the fixture
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = send_under_kills(installation, 6000, 100, 4, "web", "worker", "database")
    with capsys.disabled():
        print(told)  # noqa: T201  # the figures are what one runs it for


@pytest.mark.soak
def test_fifty_posts_a_second_for_two_minutes_without_an_error(
    installation: Installation,  # the fixture
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = installation
    place.extra |= {"PARVIS_LIMIT_ASKING": "0", "PARVIS_WEB_PROCESSES": "2"}
    supervisor, url = place.serve()
    database = place.parvis("database", "url").stdout.strip()
    load = Load(url, prepared(place, 6000), rate=50, look_at=20)
    took = load.run(24)
    assert not load.errors
    assert len(load.sent) == 6000
    assert until(lambda: receipts_made(database), seconds=1200)
    told = look(database, load)
    ordered = sorted(load.seconds)
    os.kill(supervisor.pid, signal.SIGTERM)
    supervisor.wait(30)
    with capsys.disabled():
        print(  # noqa: T201  # as above
            f"6000 posts in {took:.0f} s ({6000 / took:.1f} a second); a post took {ordered[3000] * 1000:.0f} ms in "
            f"the middle, {ordered[5700] * 1000:.0f} ms at the 95th of a hundred; {told}"
        )

"""A new version takes over while visitors read: nobody is refused. One that does not start changes nothing."""

import http.client
import signal
import sys
import threading
import time
from collections import Counter
from functools import partial
from urllib.parse import urlsplit

import pytest

from tests.config.conftest import Installation, status_of, until

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="these look at processes by /proc"),
]


class Visitors:
    """Ask for a page again and again, half of them always by the same connection, and note what came."""

    def __init__(self, url: str, count: int = 4) -> None:
        self.netloc = urlsplit(url).netloc
        self.answers: Counter[str] = Counter()
        self.leaving = threading.Event()
        self.threads = [
            threading.Thread(target=self._ask, args=(number % 2 == 0,)) for number in range(count)
        ]
        for thread in self.threads:
            thread.start()

    def _ask(self, keeps: bool) -> None:  # noqa: FBT001  # one of two kinds of visitor
        connection = http.client.HTTPConnection(self.netloc, timeout=20)
        while not self.leaving.is_set():
            try:
                connection.request("GET", "/en/about")
                answer = connection.getresponse()
                answer.read()
                self.answers[str(answer.status)] += 1
                time.sleep(0.01)
                if not keeps or answer.will_close:
                    connection.close()
            except (OSError, http.client.HTTPException) as error:
                self.answers[repr(error)] += 1
                connection.close()

        connection.close()

    def leave(self) -> Counter[str]:
        """Stop asking; return how often which answer came."""
        self.leaving.set()
        for thread in self.threads:
            thread.join()
        return self.answers


def masters(installation: Installation) -> list[int]:
    return installation.find("gunicorn", "--bind")


def has_changed(installation: Installation, before: set[int]) -> bool:
    return not before & set(masters(installation)) and bool(masters(installation))


def test_a_renewal_of_the_web_refuses_nobody_and_renews_the_worker(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(installation.extra, "PARVIS_WEB_PROCESSES", "2")
    supervisor, url = installation.serve()
    visitors = Visitors(url)
    try:
        before, workers = set(masters(installation)), set(installation.find("procrastinate"))
        supervisor.send_signal(signal.SIGUSR2)
        assert until(partial(has_changed, installation, before), seconds=60), installation.said()
        assert until(lambda: not workers & set(installation.find("procrastinate")))
        time.sleep(0.5)
    finally:
        answers = visitors.leave()
    assert set(answers) == {"200"}, answers
    assert answers["200"] > 50
    assert supervisor.poll() is None
    assert until(lambda: len(installation.find("procrastinate")) == 1)


def test_a_new_web_that_does_not_start_leaves_the_old_one_serving(installation: Installation) -> None:
    supervisor, url = installation.serve()
    before = masters(installation)
    key = installation.home / "keys" / "secret_key"
    kept = key.read_text()
    key.unlink()
    key.mkdir()  # the new processes cannot read their key
    try:
        supervisor.send_signal(signal.SIGUSR2)
        assert until(lambda: "the new web does not start" in installation.said())
    finally:
        key.rmdir()
        key.write_text(kept)
    assert status_of(f"{url}en/") == 200
    assert set(before) <= set(masters(installation))

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from functools import partial
from pathlib import Path

import pytest

from tests.config.conftest import Installation, status_of, until

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="these look at processes by /proc"),
]


ASK_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


def has_others(installation: Installation, parts: tuple[str, ...], before: set[int]) -> bool:
    return bool(set(installation.find(*parts)) - before)


def test_every_signal_that_asks_to_stop_is_counted() -> None:
    words = (
        "import os; from parvis.config.children import SIGNALS, Signals; taken = Signals(); taken.install()"
    )
    words += "; [os.kill(os.getpid(), number) for number in SIGNALS]; print(taken.count, *map(int, SIGNALS))"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)  # noqa: S603  # ours
    assert done.stdout.split() == ["4", *map(str, map(int, ASK_TO_STOP))]


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGTERM,
        *(pytest.param(one, marks=pytest.mark.soak) for one in ASK_TO_STOP if one != signal.SIGTERM),
    ],
)
def test_any_signal_stops_all_that_was_started(installation: Installation, number: signal.Signals) -> None:
    supervisor, url = installation.serve()
    assert status_of(f"{url}fr/") == 200
    assert installation.find("gunicorn")
    assert installation.find("procrastinate")
    assert installation.find("bin/postgres -D")
    for name, niceness in (("gunicorn", 0), ("bin/postgres -D", 0), ("procrastinate", 10)):
        found = {os.getpriority(os.PRIO_PROCESS, one) for one in installation.find(name)}
        assert found == {niceness}, f"{name}: background work stands back behind pages"
        groups = [Path(f"/proc/{one}/autogroup") for one in installation.find(name)]
        told = {group.read_text().rsplit(" ", 1)[1].strip() for group in groups if group.exists()}
        assert told <= {str(niceness)}, f"{name}: its whole session stands back"
    supervisor.send_signal(number)
    assert supervisor.wait(timeout=30) == 0
    assert installation.processes() == {}


def test_after_a_kill_of_the_supervisor_nothing_stays_and_the_next_start_recovers(
    installation: Installation,
) -> None:
    supervisor, _url = installation.serve()
    supervisor.kill()
    supervisor.wait()
    assert until(lambda: not installation.processes(), seconds=15), installation.processes()
    _supervisor, url = installation.serve()
    assert status_of(f"{url}en/") == 200


def test_whatever_is_killed_is_started_again(installation: Installation) -> None:
    supervisor, url = installation.serve()
    for parts in (("bin/postgres -D",), ("postgres_keeper",), ("gunicorn",), ("procrastinate",)):
        before = set(installation.find(*parts))
        os.kill(min(before), signal.SIGKILL)
        assert until(partial(has_others, installation, parts, before)), parts
        assert until(lambda: status_of(f"{url}en/") == 200), parts
    assert supervisor.poll() is None


def test_a_keeper_that_is_killed_while_it_starts_is_started_once_more(installation: Installation) -> None:
    supervisor, url = installation.serve()
    seen: set[int] = set()
    for _ in range(2):
        assert until(partial(has_others, installation, ("postgres_keeper",), seen))
        for pid in set(installation.find("postgres_keeper")) - seen:
            seen.add(pid)
            os.kill(pid, signal.SIGKILL)
    assert until(lambda: status_of(f"{url}en/") == 200, seconds=60)
    assert supervisor.poll() is None


def requests_counted(url: str) -> int:
    with urllib.request.urlopen(f"{url}metrics", timeout=5) as answer:  # noqa: S310  # our own address
        found = re.search(
            r'^django_http_requests_total_by_view_transport_method_total{.*view="about".*} (\d+)',
            answer.read().decode(),
            re.MULTILINE,
        )
    return int(found.group(1)) if found else 0


def test_the_metrics_of_several_web_processes_are_told_together_by_any_of_them(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(installation.extra, "PARVIS_WEB_PROCESSES", "3")
    _supervisor, url = installation.serve()
    for _ in range(30):
        assert status_of(f"{url}en/about") == 200
    assert {requests_counted(url) for _ in range(6)} == {30}
    with urllib.request.urlopen(f"{url}healthz", timeout=5) as answer:  # noqa: S310  # our own address
        assert answer.status == 200


def test_a_port_in_use_is_said_plainly(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = installation.parvis("serve", "--port", str(port))
    assert done.returncode == 2
    assert f"port {port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_start_on_one_home_folder_is_refused(installation: Installation) -> None:
    installation.serve()
    done = installation.parvis("serve", "--port", "0")
    assert done.returncode == 2
    assert str(installation.home) in done.stderr


def test_a_web_that_cannot_start_ends_the_start_with_its_reason(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(installation.extra, "GUNICORN_CMD_ARGS", "--no-such-option")
    process = installation.start("serve", "--port", "0")
    assert process.wait(timeout=60) == 1
    assert "web cannot start" in installation.said()
    assert "--no-such-option" in installation.said()
    assert installation.processes() == {}


@pytest.mark.soak
def test_twenty_kills_at_random_moments_leave_nothing_and_lose_nothing(installation: Installation) -> None:
    for turn in range(20):
        supervisor = installation.start("serve", "--port", "0")
        until(lambda: "Parvis is ready" in installation.said(), seconds=0.3 * turn)
        supervisor.kill()
        supervisor.wait()
        assert until(lambda: not installation.processes(), seconds=15), installation.processes()
    _supervisor, url = installation.serve()
    assert status_of(f"{url}en/") == 200

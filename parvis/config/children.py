"""What the supervisor keeps running, how it is told to stop or to renew, and how a new web takes over from the old."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from types import FrameType

from parvis.config import postgres_keeper

RENEW = signal.SIGUSR2
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a crashed child starts again
CALM = 60.0  # seconds of life after which a child's earlier crashes are forgotten
TASKS_AT_ONCE = 2  # of one worker: codes by mail do not wait for an index that is built anew
LONGEST_COMING = 120.0  # seconds that a new web may take until it serves
READY_FD = "PARVIS_READY_FD"  # see gunicorn_hooks.py


def worker_words() -> list[str]:
    """Return the command that works through background tasks."""
    return [
        *(sys.executable, "-m", "parvis.config.command", "django", "procrastinate", "worker"),
        *("--concurrency", str(TASKS_AT_ONCE), "--shutdown-graceful-timeout", "8"),
        *("--delete-jobs", "successful"),
    ]


def stand_back(pid: int, niceness: int) -> None:
    """Let a process, the first of its session, stand back behind others.

    Linux often shares the processors between sessions first; then a niceness counts within a session only, and the
    session has one of its own.
    """
    os.setpriority(os.PRIO_PROCESS, pid, niceness)
    with contextlib.suppress(OSError):  # other systems, and a Linux that shares between processes only
        Path(f"/proc/{pid}/autogroup").write_text(str(niceness))


@dataclass
class Child:
    """One program that the supervisor keeps running."""

    name: str
    words: Sequence[str]
    on_death: int  # the signal that Linux gives it when the supervisor dies
    seconds_to_stop: float
    files: tuple[int, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)  # of its environment
    nice: int = 0  # how far it stands back behind the others when the machine has too much to do
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = SHORTEST_PAUSE
    next_start: float = 0.0
    deaths: int = 0
    is_renewed: bool = False  # we have asked it to end, so that it starts anew

    def start(self, environment: dict[str, str], log: Path | None, *, tells: int | None = None) -> None:
        """Start the program; its lines go to the log file, or where ours go.

        `tells` is a pipe into which each process of a new web writes one byte once it takes requests.
        """
        output = log.open("ab") if log else None
        self.process = subprocess.Popen(  # noqa: S603  # our own words
            [*self.words, *(() if tells is None else ("--env", f"{READY_FD}={tells}"))],
            env={**environment, **self.extra},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=self.files if tells is None else (*self.files, tells),
            start_new_session=True,
            preexec_fn=postgres_keeper.die_with_parent(self.on_death),  # noqa: PLW1509  # one thread only
        )
        if self.nice:
            stand_back(self.process.pid, self.nice)
        if output:
            output.close()
        self.started = time.monotonic()

    def tend(self) -> bool:
        """Look after it; return whether it died since the last look."""
        if self.process is None or self.process.poll() is None:
            return False
        if self.is_renewed:
            self.process, self.is_renewed = None, False
            return False
        if time.monotonic() - self.started > CALM:
            self.pause, self.deaths = SHORTEST_PAUSE, 0
        say(f"{self.name} ended by itself (status {self.process.returncode}); again in {self.pause:g} s")
        self.process = None
        self.deaths += 1
        self.next_start = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        return True

    def ask_to_end(self) -> None:
        """Ask it to end what it is about, and then itself."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGTERM)

    def renew(self) -> None:
        """Ask it to end, and start it again at once."""
        self.is_renewed = self.process is not None
        self.ask_to_end()

    def stop(self, hurry: "Signals") -> None:
        """Ask it to end, then insist; a second signal to us cuts the waiting short."""
        if self.process is None:
            return
        self.ask_to_end()
        deadline = time.monotonic() + self.seconds_to_stop
        while self.process.poll() is None and time.monotonic() < deadline and hurry.count < 2:  # noqa: PLR2004  # a second one
            time.sleep(0.02)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)  # and whatever it left in its session
        self.process.wait()


class Signals:
    """Counts the signals that ask us to stop, also where a shell had us ignore them, and wakes who waits."""

    def __init__(self) -> None:
        self.count = 0
        self.renewals = 0
        self.read_end, self.write_end = os.pipe()
        os.set_blocking(self.write_end, False)

    def install(self) -> None:
        """Take the signals from here on."""
        for number in SIGNALS:
            signal.signal(number, self._take)
        signal.signal(RENEW, self._take)

    def _take(self, number: int, _frame: FrameType | None) -> None:
        if number == RENEW:
            self.renewals += 1
        else:
            self.count += 1
        with contextlib.suppress(BlockingIOError):
            os.write(self.write_end, b".")

    def wait(self, seconds: float) -> None:
        """Wait, at most so long, for a signal."""
        if select.select([self.read_end], [], [], seconds)[0]:
            os.read(self.read_end, 64)


class Step(Enum):
    """How far a renewal is."""

    COMING = auto()
    READY = auto()  # every process of the new web takes requests
    LEAVING = auto()
    DONE = auto()
    FAILED = auto()


class Renewal:
    """A new web beside the old one, on the same socket: visitors are never refused.

    The old one is asked to end only when every process of the new one takes requests; it finishes what it has begun.
    """

    def __init__(self, new: Child, processes: int) -> None:
        self.new = new
        self.old: Child | None = None
        self.missing = processes
        self.read_end = -1
        self.deadline = 0.0

    def start(self, environment: dict[str, str], log: Path | None) -> None:
        """Start the new web."""
        self.read_end, write_end = os.pipe()
        self.new.start(environment, log, tells=write_end)
        os.close(write_end)
        self.deadline = time.monotonic() + LONGEST_COMING

    def replace(self, old: Child) -> Child:
        """Ask the old web to end; return the new one."""
        self.old = old
        self.deadline = time.monotonic() + old.seconds_to_stop
        old.ask_to_end()
        return self.new

    def step(self, hurry: "Signals") -> Step:
        """Look how far it is; never wait."""
        if self.old is None:
            return self._coming(hurry)
        process = self.old.process
        if process and process.poll() is None and time.monotonic() < self.deadline:
            return Step.LEAVING
        if process and process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        return Step.DONE

    def _coming(self, hurry: "Signals") -> Step:
        if select.select([self.read_end], [], [], 0)[0]:
            self.missing -= len(os.read(self.read_end, 64))
        has_ended = self.new.process is None or self.new.process.poll() is not None
        if self.missing > 0 and not has_ended and time.monotonic() < self.deadline:
            return Step.COMING
        os.close(self.read_end)
        if self.missing <= 0:
            return Step.READY
        self.new.stop(hurry)
        return Step.FAILED


def say(text: str) -> None:
    """Tell the operator one line."""
    sys.stderr.write(f"parvis: {text}\n")
    sys.stderr.flush()

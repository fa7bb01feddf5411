"""The supervisor: one foreground process that runs web and worker, and ends with all that it started.

Children start in sessions of their own, so that Ctrl-C reaches only the supervisor, who stops them in order: web,
worker, and last (by its keeper, see `embedded_postgres.py`) the database. When the supervisor is killed, Linux tells
the children; elsewhere the next start finds them by the note `serve.json`.
"""

import contextlib
import fcntl
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from parvis.config import embedded_postgres, postgres_keeper
from parvis.config.environment import Environment
from parvis.core.errors import ParvisError

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a crashed child starts again
CALM = 60.0  # seconds of life after which a child's earlier crashes are forgotten
FIRST_DEATHS = 3  # before the first answer: then the start itself is wrong
TICK = 0.5
LONG_START = 30.0  # seconds without a good answer, after which a person is told
READY_PATH = "/en/"


@dataclass
class Child:
    """One program that the supervisor keeps running."""

    name: str
    words: Sequence[str]
    on_death: int  # the signal that Linux gives it when the supervisor dies
    seconds_to_stop: float
    files: tuple[int, ...] = ()
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = SHORTEST_PAUSE
    next_start: float = 0.0
    deaths: int = 0

    def start(self, environment: dict[str, str], log: Path | None) -> None:
        """Start the program; its lines go to the log file, or where ours go."""
        output = log.open("ab") if log else None
        self.process = subprocess.Popen(  # noqa: S603  # our own words
            self.words,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=self.files,
            start_new_session=True,
            preexec_fn=postgres_keeper.die_with_parent(self.on_death),  # noqa: PLW1509  # one thread only
        )
        if output:
            output.close()
        self.started = time.monotonic()

    def tend(self) -> bool:
        """Look after it; return whether it died since the last look."""
        if self.process is None or self.process.poll() is None:
            return False
        if time.monotonic() - self.started > CALM:
            self.pause, self.deaths = SHORTEST_PAUSE, 0
        _say(f"{self.name} ended by itself (status {self.process.returncode}); again in {self.pause:g} s")
        self.process = None
        self.deaths += 1
        self.next_start = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        return True

    def stop(self, hurry: "Signals") -> None:
        """Ask it to end, then insist; a second signal to us cuts the waiting short."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
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
        self.read_end, self.write_end = os.pipe()
        os.set_blocking(self.write_end, False)

    def install(self) -> None:
        """Take the signals from here on."""
        for number in SIGNALS:
            signal.signal(number, self._take)

    def _take(self, _number: int, _frame: FrameType | None) -> None:
        self.count += 1
        with contextlib.suppress(BlockingIOError):
            os.write(self.write_end, b".")

    def wait(self, seconds: float) -> None:
        """Wait, at most so long, for a signal."""
        if select.select([self.read_end], [], [], seconds)[0]:
            os.read(self.read_end, 64)


def open_port(host: str, port: int) -> socket.socket:
    """Listen; every web process inherits this socket, so that callers wait, not fail, while web starts again."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        raise ParvisError(
            f"Parvis cannot listen on {host}, port {port}: {error.strerror}. "
            f"Another program may use it; choose another one, as in --port {port + 1 if port < 65535 else 8123}."  # noqa: PLR2004  # the last port
        ) from error


class Probe:
    """Asks for the first page as a visitor would, without ever keeping the supervisor from its other work."""

    def __init__(self, url: str) -> None:
        self.host, port = url.removeprefix("http://").rstrip("/").rsplit(":", 1)
        self.port = int(port)
        self.socket: socket.socket | None = None

    def answered(self) -> bool:
        """Say whether a good answer has come; ask, when none is awaited."""
        try:
            if self.socket is None:
                self.socket = socket.create_connection((self.host.strip("[]"), self.port), timeout=1)
                self.socket.sendall(
                    f"GET {READY_PATH} HTTP/1.0\r\nHost: localhost:{self.port}\r\n\r\n".encode()
                )
            if not select.select([self.socket], [], [], 0)[0]:
                return False
            head = self.socket.recv(65_536).decode("latin-1").lower()
        except OSError:
            head = ""
        if self.socket is not None:
            self.socket.close()
            self.socket = None
        is_secure_only = "\r\nlocation: https://" in head
        return bool(re.match(r"http/1\.[01] 200 ", head)) or is_secure_only


class Supervisor:
    """Runs the children until a signal comes."""

    def __init__(
        self,
        environment: Environment,
        listener: socket.socket,
        signals: Signals,
        *,
        logs: Path | None = None,
    ) -> None:
        self.settings = environment
        self.home = environment.home.resolve()
        self.listener = listener
        self.signals = signals
        self.logs = logs
        self.address: tuple[str, int] = listener.getsockname()[:2]
        self.children = [self._web(), self._worker()]

    @property
    def url(self) -> str:
        """Where pages answer, as a person types it."""
        host, port = self.address
        shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104  # compared, not bound
        return f"http://{shown}:{port}/"

    def _web(self) -> Child:
        words = [
            *(sys.executable, "-m", "gunicorn", "parvis.config.wsgi:application"),
            *("--bind", f"fd://{self.listener.fileno()}", "--worker-class", "gthread"),
            *("--workers", str(self.settings.web_processes), "--threads", str(self.settings.web_threads)),
            *("--timeout", "60", "--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket"),
        ]
        return Child("web", words, signal.SIGQUIT, 15, files=(self.listener.fileno(),))

    def _worker(self) -> Child:
        words = [
            *(sys.executable, "-m", "parvis.config.command", "django", "procrastinate", "worker"),
            *("--shutdown-graceful-timeout", "8", "--delete-jobs", "successful"),
        ]
        # Killed at once with us: a task is safe to run twice, and the stalled-job task starts it again.
        return Child("worker", words, signal.SIGKILL, 10)

    def run(self) -> int:
        """Start everything, say when it answers, tend it, and stop everything at the first signal."""
        self._end_left_over()
        environment = {**os.environ, "PARVIS_HOME": str(self.home)}
        environment.setdefault("PARVIS_BASE_URL", self.url.rstrip("/"))
        probe = Probe(self.url)
        ready, status, started, told = False, 0, time.monotonic(), False
        try:
            while not self.signals.count:
                self._tend_database()
                if not self._tend_children(environment, ready=ready):
                    status = 1
                    break
                if not ready and probe.answered():
                    ready = True
                    sys.stdout.write(f"Parvis is ready: {self.url}\n")
                    sys.stdout.flush()
                if not (ready or told) and time.monotonic() - started > LONG_START:
                    told = True
                    _say(f"{self.url} does not answer as it should yet; {self._where(self.children[0])}")
                self.signals.wait(TICK if ready else 0.1)
        finally:
            for child in self.children:
                child.stop(self.signals)
            (self.home / "serve.json").unlink(missing_ok=True)
        return status

    def _tend_database(self) -> None:
        if not self.settings.database_url and not embedded_postgres.is_kept(self.home):
            _say("the database lost its keeper; starting it again")
            embedded_postgres.revive(self.home)

    def _tend_children(self, environment: dict[str, str], *, ready: bool) -> bool:
        """Start what is due; return False when the first start fails again and again."""
        changed = False
        for child in self.children:
            if child.tend() and not ready and child.deaths >= FIRST_DEATHS:
                _say(f"{child.name} cannot start; {self._where(child)}")
                return False
            if child.process is None and time.monotonic() >= child.next_start:
                child.start(environment, self._log(child))
                changed = True
        if changed:
            running = {child.process.pid: child.name for child in self.children if child.process}
            (self.home / "serve.json").write_text(json.dumps(running))
        return True

    def _log(self, child: Child) -> Path | None:
        return self.logs / f"{child.name}.log" if self.logs else None

    def _where(self, child: Child) -> str:
        log = self._log(child)
        return f"its last lines, in {log}:\n{_tail(log)}" if log else "the lines above say why"

    def _end_left_over(self) -> None:
        """End children of a supervisor that was killed where the system does not tell them (not on Linux)."""
        try:
            noted = json.loads((self.home / "serve.json").read_text())
        except (OSError, ValueError):
            return
        for pid in map(int, noted):
            words = postgres_keeper.command_of(pid)
            if "parvis.config" in words and str(Path(sys.executable).parent) in words:
                _say(f"ending process {pid}, left by a start that was killed")
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(pid, signal.SIGKILL)


@contextlib.contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Let one supervisor at a time serve one home folder."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "serve.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ParvisError(
                f"Parvis already runs from {home}. Stop it first, or set PARVIS_HOME to another folder."
            ) from None
        yield


def _tail(log: Path, lines: int = 12) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def _say(text: str) -> None:
    sys.stderr.write(f"parvis: {text}\n")
    sys.stderr.flush()

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
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from parvis.config import embedded_postgres, postgres_keeper
from parvis.config.children import (
    LONGEST_PAUSE,
    SHORTEST_PAUSE,
    Child,
    Renewal,
    Signals,
    Step,
    say,
    worker_words,
)
from parvis.config.environment import Environment
from parvis.config.postgres_place import DatabaseError
from parvis.core.errors import ParvisError

FIRST_DEATHS = 3  # before the first answer: then the start itself is wrong
TICK = 0.5
LONG_START = 30.0  # seconds without a good answer, after which a person is told
READY_PATH = "/en/"
BEHIND_PAGES = 10  # niceness of background work: where processors are short, who waits for a page comes first


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
        if (
            environment.database_url
        ):  # there may be other machines, whose workers tell this one's index nothing
            self.children.append(self._index())
        self.renewal: Renewal | None = None
        self.next_revival, self.revival_pause = 0.0, SHORTEST_PAUSE

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
            *("--config", "python:parvis.config.gunicorn_hooks"),
        ]
        web = Child("web", words, signal.SIGQUIT, 15, files=(self.listener.fileno(),))
        web.extra["PROMETHEUS_MULTIPROC_DIR"] = str(self.home / "metrics")
        return web

    def _worker(self) -> Child:
        # Killed at once with us: a task is safe to run twice, and the stalled-job task starts it again.
        return Child("worker", worker_words(), signal.SIGKILL, 10, nice=BEHIND_PAGES)

    def _index(self) -> Child:
        words = [sys.executable, "-m", "parvis.config.command", "index", "--follow"]
        # Killed at once with us: it goes on where it was.
        return Child("index", words, signal.SIGKILL, 5, nice=BEHIND_PAGES)

    def run(self) -> int:
        """Start everything, say when it answers, tend it, and stop everything at the first signal."""
        self._end_left_over()
        # Each web process counts in a file of its own there; together they start from nothing, as counters may.
        shutil.rmtree(self.home / "metrics", ignore_errors=True)
        (self.home / "metrics").mkdir()
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
                self._tend_renewal(environment)
                if not ready and probe.answered():
                    ready = True
                    sys.stdout.write(f"Parvis is ready: {self.url}\n")
                    sys.stdout.flush()
                if not (ready or told) and time.monotonic() - started > LONG_START:
                    told = True
                    say(f"{self.url} does not answer as it should yet; {self._where(self.children[0])}")
                self.signals.wait(TICK if ready else 0.1)
        finally:
            coming = [one for one in (self.renewal.new, self.renewal.old) if one] if self.renewal else []
            for child in [*coming, *self.children]:
                child.stop(self.signals)
            (self.home / "serve.json").unlink(missing_ok=True)
        return status

    def _tend_database(self) -> None:
        """Start the embedded database again when its keeper is gone; it, too, may be killed while it starts."""
        if (
            self.settings.database_url
            or time.monotonic() < self.next_revival
            or embedded_postgres.is_kept(self.home)
        ):
            return
        say("the database lost its keeper; starting it again")
        try:
            embedded_postgres.revive(self.home)
        except DatabaseError as error:
            say(f"{error}\nOnce more in {self.revival_pause:g} s.")
            self.next_revival = time.monotonic() + self.revival_pause
            self.revival_pause = min(self.revival_pause * 2, LONGEST_PAUSE)
        else:
            self.revival_pause = SHORTEST_PAUSE

    def _tend_children(self, environment: dict[str, str], *, ready: bool) -> bool:
        """Start what is due; return False when the first start fails again and again."""
        changed = False
        for child in self.children:
            if child.tend() and not ready and child.deaths >= FIRST_DEATHS:
                say(f"{child.name} cannot start; {self._where(child)}")
                return False
            if child.process is None and time.monotonic() >= child.next_start:
                child.start(environment, self._log(child))
                changed = True
        if changed:
            self._note()
        return True

    def _note(self) -> None:
        """Write down which processes are ours, for a start after a kill."""
        running = {child.process.pid: child.name for child in self.children if child.process}
        (self.home / "serve.json").write_text(json.dumps(running))

    def _tend_renewal(self, environment: dict[str, str]) -> None:
        """Bring a new web up beside the old one, then let the old one end, and the worker after it."""
        if self.renewal is None:
            if self.signals.renewals:
                self.signals.renewals = 0
                self.renewal = Renewal(self._web(), self.settings.web_processes)
                self.renewal.start(environment, self._log(self.children[0]))
                say("starting the web anew, beside the one that serves")
            return
        match self.renewal.step(self.signals):
            case Step.READY:
                self.children[0] = self.renewal.replace(self.children[0])
                for child in self.children[1:]:
                    child.renew()
                self._note()
            case Step.DONE:
                say("the new web serves, the old one has ended")
                self.renewal = None
            case Step.FAILED:
                say("the new web does not start; the old one goes on serving")
                self.renewal = None

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
                say(f"ending process {pid}, left by a start that was killed")
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

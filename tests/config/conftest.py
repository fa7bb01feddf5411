"""A whole installation of its own: home folder, embedded database, supervisor. Nothing is pretended."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READY = re.compile(r"Parvis is ready: (http://\S+)")


def until(holds: Callable[[], object], *, seconds: float = 30) -> bool:
    """Wait until something holds; say whether it did."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return bool(holds())


@dataclass
class Installation:
    """One home folder, and what runs from it."""

    home: Path
    extra: dict[str, str] = field(default_factory=dict)
    started: "list[subprocess.Popen[str]]" = field(default_factory=list)
    is_loaded: bool = False

    @property
    def environment(self) -> dict[str, str]:
        """What its processes see: nothing of this test run's database."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        ours = {"PARVIS_HOME": str(self.home), "PARVIS_WEB_PROCESSES": "1", "PARVIS_EMBEDDER": "none"}
        ours |= {f"PARVIS_LIMIT_{name}": "0" for name in ("SEARCH", "API", "PAGES")}
        return {**kept, **ours, "PYTHONPATH": str(ROOT), **self.extra}

    def parvis(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run one command to its end."""
        return subprocess.run(  # noqa: S603  # our own command
            [sys.executable, "-m", "parvis.config.command", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def load(self) -> None:
        """Load the institutions and index them, once for all tests."""
        for words in () if self.is_loaded else (("load", "institutions"), ("index",)):
            done = self.parvis(*words)
            assert done.returncode == 0, done.stderr
        self.is_loaded = True

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Start one command and leave it running; its lines go to a file."""
        output = (self.home / f"output-{len(self.started)}").open("w")
        process = subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, "-m", "parvis.config.command", *words],
            env=self.environment,
            stdout=output,
            stderr=output,
            text=True,
            start_new_session=True,
        )
        output.close()
        self.started.append(process)
        return process

    def said(self) -> str:
        """Return what the command started last wrote."""
        return (self.home / f"output-{len(self.started) - 1}").read_text()

    def serve(self) -> "tuple[subprocess.Popen[str], str]":
        """Start serving; return the supervisor and its address, once it says that it is ready."""
        process = self.start("serve", "--port", "0")
        assert until(lambda: READY.search(self.said()) or process.poll() is not None, seconds=60)
        found = READY.search(self.said())
        assert found, self.said()
        return process, found.group(1)

    def processes(self) -> dict[int, str]:
        """Return every process of this installation: by its words, its environment or its folder."""
        found, mark = {}, str(self.home).encode()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes()
                if not words:
                    continue  # it has ended and only waits to be noted
                where = os.fsencode((folder / "cwd").readlink())
                if mark in words or mark in where or mark in (folder / "environ").read_bytes():
                    found[int(folder.name)] = words.replace(b"\0", b" ").decode()
            except OSError:
                continue
        return found

    def find(self, *parts: str) -> list[int]:
        """Return the processes whose words hold all of these, the oldest first."""
        return sorted(pid for pid, words in self.processes().items() if all(part in words for part in parts))

    def end(self) -> None:
        """End whatever a failed test left."""
        for pid in self.processes():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        for process in self.started:
            process.wait()


def status_of(url: str) -> int:
    """Ask for a page as a visitor does; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  # our own address
            return int(answer.status)
    except OSError:
        return 0


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    """Give a migrated installation; the tests of the group `installation` share its home folder, one by one."""
    with tempfile.TemporaryDirectory(prefix="parvis-installation-") as folder:
        Path(folder).chmod(0o711)  # ours: the database's own user may pass when we are root
        made = Installation(Path(folder) / "home")
        made.home.mkdir()
        for words in (("migrate",), ("collectstatic", "--no-input")):
            done = made.parvis(*words)
            assert done.returncode == 0, done.stderr
        try:
            yield made
        finally:
            made.end()


@pytest.fixture(autouse=True)
def nothing_runs_on(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "installation" in request.fixturenames:
        request.getfixturevalue("installation").end()

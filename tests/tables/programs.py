"""Our own program as another process, on the database of the tests."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.db import connection

PROGRAM = "from parvis.config.command import main; raise SystemExit(main())"


def database_url() -> str:
    """Return the address of the tests' database."""
    given = connection.settings_dict
    password = f":{quote(given['PASSWORD'], safe='')}" if given["PASSWORD"] else ""
    host = quote(given["HOST"] or "127.0.0.1", safe="")
    return f"postgres://{given['USER']}{password}@{host}:{given['PORT'] or 5432}/{given['NAME']}"


def start(*words: str, home: Path) -> "subprocess.Popen[bytes]":
    """Start `parvis` with these words; the caller ends it."""
    environment = os.environ | {"DATABASE_URL": database_url(), "PARVIS_HOME": str(home)}
    return subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-c", PROGRAM, *words],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def until(holds: Callable[[], bool], *, process: "subprocess.Popen[bytes]", seconds: float = 60) -> None:
    """Wait until something holds; fail when it takes too long, or when the program ends before."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert process.poll() is None, "the program ended"
        assert time.monotonic() < deadline, "it did not come to this"
        time.sleep(0.02)

"""Ends this process with the `make` that started it, on Linux.

A signal sent to make alone does not always reach what it runs: GNU make passes TERM on, but for INT, HUP and QUIT it
only stops catching the signal and waits for its child; and a killed make tells nobody. Both can be seen from here.
"""

import ctypes
import os
import signal
import sys
import threading
import time
from pathlib import Path

from parvis.config.postgres_keeper import PR_SET_PDEATHSIG

WATCHED = (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT)
EVERY = 0.5  # seconds


def end_with_make() -> None:
    """Have this process told to end when the make above it was killed, or was told to end itself."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    parent = os.getppid()
    if (caught := _caught_signals(parent)) and _name(parent) in {"make", "gmake"}:
        threading.Thread(target=_watch, args=(parent, caught), daemon=True).start()


def _watch(parent: int, caught: int) -> None:
    bits = sum(1 << (number - 1) for number in WATCHED) & caught
    while os.getppid() == parent:
        if bits & ~_caught_signals(parent):
            os.kill(os.getpid(), signal.SIGTERM)
            return
        time.sleep(EVERY)


def _caught_signals(pid: int) -> int:
    """Return the signals that a process has a handler for, as the system's mask; 0 when it cannot be read."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1], 16) for line in lines if line.startswith("SigCgt:")), 0)


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""

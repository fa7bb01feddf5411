"""Telling a person how far a long step is."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

Progress = Callable[[int, int], None]  # how many are done, of how many
ProgressOf = Callable[[str], Progress]  # one for each file, by its name


def silent(_name: str) -> Progress:
    """Say nothing."""
    return lambda _done, _total: None


class ProgressLine:
    """One line that moves on a terminal; elsewhere a line every few seconds."""

    def __init__(self, name: str, stream: TextIO | None = None) -> None:
        self._name, self._stream = name, stream or sys.stderr
        self._start = time.monotonic()
        self._last = 0.0
        self._moves = self._stream.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` rows are done."""
        now = time.monotonic()
        if done < total and now - self._last < (0.2 if self._moves else 5):
            return
        self._last = now
        speed = done / max(now - self._start, 0.001)
        line = f"{self._name}: {done:,} / {total:,} ({speed:,.0f}/s)"
        if self._moves:
            self._stream.write(f"\r\x1b[K{line}" + ("\n" if done >= total else ""))
        else:
            self._stream.write(line + "\n")
        self._stream.flush()

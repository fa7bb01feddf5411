"""What one process keeps open to answer: the generation that serves, and the engine."""

import functools
import threading
import time
from pathlib import Path

import structlog
from django.conf import settings

from parvis.embedding.engine import Embedder, EmbedderError, open_embedder
from parvis.search.store import Generation, current_folder

logger = structlog.get_logger(__name__)
ATTEMPTS = 3  # to open the index while it is being swapped


class Reader:
    """What one process keeps open: the generation that serves, and the engine. Threads share it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._generation: Generation | None = None
        self._embedder: Embedder | None = None
        self._embedder_tried = False

    def generation(self) -> Generation | None:
        """Return the generation that serves now, opened anew when it has changed; None when there is none."""
        held = self._generation
        folder = current_folder(self._root)
        if folder is None or (held and not held.is_stale(folder)):
            return held if folder else None
        with self._lock:
            if self._generation is None or self._generation.is_stale(folder):
                self._generation = self._opened(folder)
            return self._generation

    def _opened(self, folder: Path) -> Generation | None:
        """Open what serves now. It may be swapped and its folder removed in this very moment: then the next one."""
        for _ in range(ATTEMPTS):
            try:
                return Generation(folder)
            except (OSError, ValueError) as error:
                logger.info("generation_gone", folder=folder.name, reason=str(error))
                time.sleep(0.05)
                folder = current_folder(self._root) or folder
        return self._generation or Generation(folder)

    def embedder(self) -> Embedder | None:
        """Return the engine that the settings name, None when there is none or it cannot be had."""
        if not self._embedder_tried:
            with self._lock:
                if not self._embedder_tried:
                    self._embedder = configured_embedder(threads=1)
                    self._embedder_tried = True
        return self._embedder


@functools.cache
def reader() -> Reader:
    """Return this process's reader."""
    return Reader(settings.INDEX_DIRECTORY)


def configured_embedder(*, threads: int = 0) -> Embedder | None:
    """Open the engine that the settings name; None, with a line in the log, when it cannot be had."""
    try:
        return open_embedder(
            settings.EMBEDDER,
            url=settings.EMBEDDER_URL,
            model=settings.EMBEDDER_MODEL,
            key=settings.EMBEDDER_KEY,
            threads=threads,
        )
    except EmbedderError as error:
        logger.warning("embedder_missing", reason=str(error))
        return None

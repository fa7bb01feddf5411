"""What gunicorn calls: `--config python:parvis.config.gunicorn_hooks`."""

import contextlib
import os
from typing import Any

from gunicorn.glogging import Logger

from parvis.config.children import READY_FD
from parvis.config.logs import json_formatter


class PlainLogger(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn's lines as JSON, without the addresses of clients and of pages that its own lines would hold."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(json_formatter())

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        if str(msg).startswith("Invalid request from ip="):
            super().warning("Invalid request")
        else:
            super().warning(msg, *args, **kwargs)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        if str(msg).startswith("Error handling request"):
            super().exception("Error handling request", **kwargs)
        else:
            super().exception(msg, *args, **kwargs)


logger_class = PlainLogger


def post_worker_init(_worker: Any) -> None:
    """Tell the supervisor that this process has loaded all and takes requests from now on."""
    if told := os.environ.pop(READY_FD, ""):
        with contextlib.suppress(OSError):  # a process that starts later: nobody waits for it any more
            os.write(int(told), b".")
        with contextlib.suppress(OSError):
            os.close(int(told))

"""Structured logs: one JSON object a line, with the request's id and without anyone's address, query or name."""

import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


# What may stand in the text of an error that a library raised: PostgreSQL's DETAIL repeats the values of the row.
DETAIL = re.compile(r"^\s*(?:DETAIL|CONTEXT):.*$", re.MULTILINE)
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
IPV4 = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
IPV6 = re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4})+(?![\w:])", re.IGNORECASE)
QUERY = re.compile(r"(?<=[\w/])\?[\w%.~-]+=[^\s'\"]*")


def without_personal(
    _logger: Any, _name: str, line: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Take out of every text what points to a person, wherever a library has put it: the last net, not the rule."""
    return {name: _scrubbed(value) if isinstance(value, str) else value for name, value in line.items()}


def _scrubbed(text: str) -> str:
    text = DETAIL.sub("  DETAIL: left out", text)
    text = QUERY.sub("?…", E_MAIL.sub("[e-mail]", text))
    return IPV6.sub("[address]", IPV4.sub("[address]", text))


def json_formatter() -> structlog.stdlib.ProcessorFormatter:
    """Return what turns a line of any library into one JSON object."""
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            without_personal,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        foreign_pre_chain=SHARED,
    )


def logging_settings(level: str) -> dict[str, Any]:
    """Return Django's LOGGING: everything, ours and the libraries', through structlog to standard error."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        cache_logger_on_first_use=True,
    )
    quiet = {"handlers": [], "level": "CRITICAL", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": json_formatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        # Django's own would log paths and queries, in which stand what people look for and links that sign in.
        "loggers": {
            "django.server": quiet,
            "django.request": quiet,
            "django.security": quiet,
            "notifications_python_client": quiet,  # it would repeat what the service says of an address
            "procrastinate": {"level": "WARNING"},  # every command would tell which tasks it knows
            "pikepdf": {"level": "WARNING"},  # it greets every process that could open a PDF
        },
    }


class RequestLogMiddleware:
    """Gives each request an id (also in the answer's X-Request-ID) and logs how it ended, by the route's name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.logger = structlog.get_logger("parvis.request")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = secrets.token_hex(8)
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            match = request.resolver_match
            self.logger.info(
                "request",
                method=request.method,
                route=match.view_name if match else "",
                status=response.status_code,
                milliseconds=round((time.perf_counter() - started) * 1000, 1),
            )
        response["X-Request-ID"] = request_id
        return response

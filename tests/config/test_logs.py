import json
import logging
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from parvis.config.logs import RequestLogMiddleware, logging_settings


def test_a_request_is_logged_by_its_route_without_what_was_sought() -> None:
    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    with structlog.testing.capture_logs() as lines:
        response = RequestLogMiddleware(answer)(RequestFactory().get("/en/search?q=my+own+illness"))
    assert len(lines) == 1
    assert "illness" not in json.dumps(lines[0], default=str)
    assert "127.0.0.1" not in json.dumps(lines[0], default=str)
    assert len(response["X-Request-ID"]) == 16


def test_what_libraries_log_is_json_too() -> None:
    settings: dict[str, Any] = logging_settings("INFO")
    factory = settings["formatters"]["json"]
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=factory["processors"], foreign_pre_chain=factory["foreign_pre_chain"]
    )
    record = logging.LogRecord("a.library", logging.WARNING, "x.py", 1, "é %s", ("b",), None)
    line = json.loads(formatter.format(record))
    assert (line["event"], line["level"], line["logger"]) == ("é b", "warning", "a.library")

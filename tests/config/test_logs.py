import json
import logging
import re

import pytest
import structlog
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from gunicorn.config import Config

from parvis.config.gunicorn_hooks import PlainLogger
from parvis.config.logs import RequestLogMiddleware, json_formatter


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
    formatter = json_formatter()
    record = logging.LogRecord("a.library", logging.WARNING, "x.py", 1, "é %s", ("b",), None)
    line = json.loads(formatter.format(record))
    assert (line["event"], line["level"], line["logger"]) == ("é b", "warning", "a.library")


def test_what_points_to_a_person_is_taken_out_of_what_libraries_say() -> None:
    said = (
        "duplicate key value\nDETAIL:  Key (email)=(jane@example.org) already exists.\n"
        "Invalid request from ip=198.51.100.7"
        " or 2001:db8:1:2::9"
        " for /en/search?q=my+own+illness to john.doe+x@mail.example.ca"
        " at 20:50:51 by 1.2.3"
    )
    record = logging.LogRecord("a.library", logging.WARNING, "x.py", 1, said, None, None)
    line = json_formatter().format(record)
    assert not re.search("jane|john|198[.]51|2001:db8|illness", line)
    assert "duplicate key value" in line
    assert "20:50:51 by 1.2.3" in line


def test_what_the_web_server_says_of_a_request_holds_neither_its_address_nor_its_client(
    capfd: pytest.CaptureFixture[str],
) -> None:
    logger = PlainLogger(Config())
    logger.warning("Invalid request from ip=198.51.100.7: Invalid HTTP request line: 'GET /?q=illness'")
    try:
        int("it broke")
    except ValueError:
        logger.exception("Error handling request %s", "/en/search?q=illness")
    first, second = (json.loads(line) for line in capfd.readouterr().err.splitlines())
    assert first["event"] == "Invalid request"
    assert second["event"] == "Error handling request"
    assert "it broke" in second["exception"]
    assert "illness" not in json.dumps([first, second])

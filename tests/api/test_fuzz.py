"""The whole API under a fuzzer that reads its own description: nothing that anyone sends may be a fault of ours."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

from parvis.config.wsgi import application

UNAVAILABLE = 503  # search says honestly that it is not available: this test has no index
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.en.json", application)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Keep the test's connection: a web server closes it after each answer."""
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


@pytest.mark.django_db
@schema.parametrize()
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_that_is_sent_is_a_fault_of_ours(case: "schemathesis.Case[Any]") -> None:
    response = case.call()
    if response.status_code != UNAVAILABLE:
        case.validate_response(response, checks=[not_a_server_error])

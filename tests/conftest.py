"""What every test stands on."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from parvis.theme.messages import compile_catalogues


def pytest_configure() -> None:
    """Compile the French of the interface, where it is newer than what was compiled."""
    compile_catalogues()


@pytest.fixture(autouse=True, scope="session")
def static_files_as_they_are() -> Iterator[None]:
    """Let pages name static files by their plain names: no test but the browser's needs them collected."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:  # noqa: ARG001  # extends pytest-django's own
    """Let tests that commit be cleaned up: pytest-django empties tables by TRUNCATE, which the trail refuses."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_truncate")
        cursor.execute("ALTER TABLE audit_seal DISABLE TRIGGER audit_seal_no_truncate")

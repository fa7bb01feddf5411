"""Writing one generation: documents into words and columns, vectors beside them."""

import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import tantivy

from parvis.core.bilingual import LANGUAGES
from parvis.core.sort_key import fold
from parvis.search.analysis import identifier_term, plain
from parvis.search.lexicon import Translations
from parvis.search.meaning import framed
from parvis.search.sources import SearchDocument
from parvis.search.store import COLUMNS, ROWS, Frame, State, open_words
from parvis.search.texts import own_title

HEAP = 128_000_000  # bytes that tantivy may hold before it writes
LONGEST_ACRONYM = 10


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One text of a document that was written: whose, in which language, in its two forms."""

    number: int
    side: int  # 0 English, 1 French
    core: str
    whole: str


class GenerationWriter:
    """Adds to one generation. The one writer at a time is the caller's to see to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.state = State.load(folder) if (folder / "state.json").exists() else State()
        self._index = open_words(folder)
        self._writer = self._index.writer(heap_size=HEAP, num_threads=1)
        self._rows: list[tuple[int, ...]] = []

    def add(self, kind: str, document: SearchDocument) -> int:
        """Add one document and return its number."""
        number = self.state.documents + len(self._rows)
        words = tantivy.Document()
        words.add_text("key", f"{kind}:{document.public_id}")
        words.add_unsigned("number", number)
        for language in LANGUAGES:
            title = own_title(document.title.in_(language), document.body.in_(language))
            parts = (
                title,
                document.body.in_(language),
                document.institution_title.in_(language),
                document.institution.replace("-", " "),
            )
            if document.title.in_(language) or document.body.in_(language):
                words.add_text(language, plain(". ".join(part for part in parts if part)))
            words.add_text("exact", plain(". ".join(part for part in parts[:2] if part)))
        for identifier in document.identifiers:
            if term := identifier_term(identifier):
                words.add_text("identifier", term)
        words.add_bytes("shown", json.dumps(_shown(kind, document), ensure_ascii=False).encode())
        self._writer.add_document(words)
        self._rows.append(self._columns(kind, document))
        return number

    def remove(self, key: str) -> None:
        """Take out whatever stands under a key."""
        searcher = self._index.searcher()
        query = tantivy.Query.term_query(self._index.schema, "key", key)
        hits = searcher.search(query, 10, count=False).hits
        self._writer.delete_documents_by_term("key", key)
        gone = [
            int(n)
            for n in searcher.fast_field_values("number", [address for _, address in hits])
            if n is not None
        ]
        if gone:
            columns = np.memmap(
                self.folder / "columns.bin", COLUMNS, mode="r+", shape=(self.state.documents,)
            )
            columns["alive"][gone] = 0
            columns.flush()

    def commit(self, *, texts_wanted: int) -> None:
        """Make all that was added and removed visible at once."""
        _append(self.folder / "columns.bin", np.array(self._rows, COLUMNS), self.state.documents)
        self._writer.commit()
        self._index.reload()
        self.state.documents += len(self._rows)
        self.state.texts_wanted = texts_wanted
        self.state.is_dirty = False
        self.state.save(self.folder)
        self._rows = []

    def mark_dirty(self) -> None:
        """Say that a change is under way, so that a kill in its middle is noticed."""
        self.state.is_dirty = True
        self.state.save(self.folder)

    def learn(
        self, edition: int, frame: Frame, lexicon: dict[str, Translations], engine: str, learnt_on: int
    ) -> None:
        """Begin an edition of what was learnt; its vectors follow by `add_vectors`, and `publish` makes it count."""
        frame.save(self.folder / f"frame-{edition}.npz")
        (self.folder / f"lexicon-{edition}.json").write_text(
            json.dumps(lexicon, ensure_ascii=False), encoding="utf-8"
        )
        for name in (f"rows-{edition}.bin", f"vectors-{edition}.bin"):
            (self.folder / name).unlink(missing_ok=True)
        self.state.edition, self.state.engine = edition, engine
        self.state.texts, self.state.learnt_on = 0, learnt_on
        self._frame = frame

    def add_vectors(
        self, texts: Sequence[WrittenText], core: npt.NDArray[Any], whole: npt.NDArray[Any]
    ) -> None:
        """Append the vectors of some texts. Not visible before `publish`."""
        if not texts:
            return
        frame = self.__dict__.get("_frame") or Frame.load(self.folder / f"frame-{self.state.edition}.npz")
        sides = np.array([text.side for text in texts])
        rows = np.zeros(len(texts), ROWS)
        rows["number"], rows["language"] = [text.number for text in texts], sides
        _append(self.folder / f"rows-{self.state.edition}.bin", rows, self.state.texts)
        vectors = framed(frame, core, whole, sides)
        _append(self.folder / f"vectors-{self.state.edition}.bin", vectors, self.state.texts)
        self.state.texts += len(texts)

    def publish(self) -> None:
        """Make the vectors added so far count."""
        self.state.save(self.folder)

    def _columns(self, kind: str, document: SearchDocument) -> tuple[int, ...]:
        state = self.state
        titles = {
            "institution": document.institution_title,
            "jurisdiction": document.jurisdiction_title,
            "disposition": document.disposition_title,
        }
        codes = {"kind": state.code("kind", kind)}
        for name, title in titles.items():
            value = str(getattr(document, name))
            codes[name] = state.code(name, value)
            if value and title:
                state.titles[name][value] = [title.shown("en").text, title.shown("fr").text]
        if document.institution and document.institution == document.public_id:
            _note_acronyms(state, document)
        languages = document.body.languages or document.title.languages
        return (
            1,
            sum(1 << LANGUAGES.index(language) for language in languages),
            codes["kind"],
            codes["jurisdiction"],
            codes["institution"],
            codes["disposition"],
            document.year or (document.dated_on.year if document.dated_on else 0),
            document.dated_on.toordinal() if document.dated_on else 0,
        )


def _note_acronyms(state: State, document: SearchDocument) -> None:
    for identifier in document.identifiers:
        if identifier.isupper() and identifier.isalpha() and 1 < len(identifier) <= LONGEST_ACRONYM:
            slugs = state.acronyms.setdefault(fold(identifier), [])
            if document.institution not in slugs:
                slugs.append(document.institution)


def _shown(kind: str, document: SearchDocument) -> dict[str, Any]:
    """Return what a page shows of a document, as it is stored."""
    texts = ("title", "body", "institution_title", "jurisdiction_title", "disposition_title")
    shown: dict[str, Any] = {name: [getattr(document, name).en, getattr(document, name).fr] for name in texts}
    shown |= {
        "kind": kind,
        "public_id": document.public_id,
        "provenance": {language: str(value) for language, value in document.provenance.items()},
        "institution": document.institution,
        "jurisdiction": document.jurisdiction,
        "disposition": document.disposition,
        "dated_on": document.dated_on.isoformat() if document.dated_on else None,
        "year": document.year,
        "pages": document.pages,
        "identifiers": list(document.identifiers),
        "is_invented": document.is_invented,
    }
    return shown


def _append(path: Path, rows: npt.NDArray[Any], at: int) -> None:
    """Write rows at row number `at`: what a killed writer left beyond it is overwritten."""
    size = rows.dtype.itemsize * (int(np.prod(rows.shape[1:])) if rows.ndim > 1 else 1)
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.truncate(at * size)
        file.seek(at * size)
        file.write(np.ascontiguousarray(rows).tobytes())


def copy_learnt(source: Path, target: Path, edition: int) -> None:
    """Take frame and lexicon of one generation into another."""
    for name in (f"frame-{edition}.npz", f"lexicon-{edition}.json"):
        shutil.copyfile(source / name, target / name)


def drop_old_editions(folder: Path, edition: int, keep: Iterable[int] = ()) -> None:
    """Remove the files of editions that no reader opens any more."""
    kept = {edition, *keep}
    for path in folder.glob("*-*.*"):
        number = path.stem.rpartition("-")[2]
        if number.isdecimal() and int(number) not in kept:
            path.unlink(missing_ok=True)

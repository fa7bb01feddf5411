"""The index on disk: one folder a generation, words in tantivy, numbers and vectors in memory-mapped files.

    index/current                 a link to the generation that serves; swapped atomically
    index/g-…/state.json          how far the generation is: written last, by rename, so readers see all or nothing
    index/g-…/words/              the tantivy index
    index/g-…/columns.bin         one fixed row a document: what facets and sorting need
    index/g-…/vectors-N.bin       float32, a vector a text: the mean of its core's and its whole's, centred
    index/g-…/rows-N.bin          whose text each vector is
    index/g-…/frame-N.npz         the means that were taken off, for queries
    index/g-…/lexicon-N.json      word translations learnt from the bilingual texts

N is the edition of what was learnt; the state names the one that counts, so that all of them change at once.

A document's number is its row in the columns and never changes; a changed document gets a new number.
"""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import tantivy

from parvis.search.analysis import exact_analyser, stemming_analyser
from parvis.search.lexicon import Translations

FORMAT = 2  # raise it when any of these files changes its meaning: older generations are then built anew
COLUMNS = np.dtype(
    [
        ("alive", "u1"),
        ("languages", "u1"),  # bit 0 English, bit 1 French
        ("kind", "<u2"),
        ("jurisdiction", "<u2"),
        ("institution", "<u2"),
        ("disposition", "<u2"),
        ("year", "<i2"),  # 0: not known
        ("day", "<i4"),  # proleptic Gregorian ordinal, 0: not known
    ]
)
ROWS = np.dtype([("number", "<u4"), ("language", "u1"), ("unused", "u1", 3)])
CODED = ("kind", "jurisdiction", "institution", "disposition")


@dataclass
class State:
    """How far a generation is."""

    format: int = FORMAT
    documents: int = 0  # rows of the columns that count
    texts: int = 0  # rows of the vectors that count
    texts_wanted: int = 0  # how many there will be when meaning covers all
    engine: str = ""  # whose vectors these are
    is_dirty: bool = False  # a writer was at work: after a kill the generation is built anew
    edition: int = 0  # of what was learnt from the corpus: frame, vectors, lexicon; 0: nothing yet
    learnt_on: int = 0  # how many texts there were then
    codes: dict[str, list[str]] = field(default_factory=lambda: {name: [""] for name in CODED})
    titles: dict[str, dict[str, list[str]]] = field(default_factory=lambda: {name: {} for name in CODED})
    acronyms: dict[str, list[str]] = field(default_factory=dict)  # folded acronym: institution slugs

    @property
    def vectors_done(self) -> float:
        """The share of texts that have their vectors."""
        return min(self.texts / self.texts_wanted, 1.0) if self.texts_wanted else 1.0

    def code(self, name: str, value: str) -> int:
        """Return the number of a coded value, a new one if need be."""
        values, known = self.codes[name], self._numbers(name)
        if value not in known:
            known[value] = len(values)
            values.append(value)
        return known[value]

    def _numbers(self, name: str) -> dict[str, int]:
        tables: dict[str, dict[str, int]] = self.__dict__.setdefault("_tables", {})
        if name not in tables:
            tables[name] = {value: number for number, value in enumerate(self.codes[name])}
        return tables[name]

    def save(self, folder: Path) -> None:
        """Write it by rename: a reader sees the old one or the new one."""
        new = folder / "state.json.new"
        with new.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        new.replace(folder / "state.json")

    @classmethod
    def load(cls, folder: Path) -> "State":
        """Read it. Raises OSError or ValueError when there is none of this format."""
        told: dict[str, Any] = json.loads((folder / "state.json").read_text(encoding="utf-8"))
        if told.get("format") != FORMAT:
            raise ValueError("another format")
        return cls(**told)


def schema() -> tantivy.Schema:
    """Return the fields of the words index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("number", stored=True, indexed=True, fast=True)
    builder.add_text_field("en", tokenizer_name="parvis_en", index_option="freq")
    builder.add_text_field("fr", tokenizer_name="parvis_fr", index_option="freq")
    builder.add_text_field("exact", tokenizer_name="parvis_exact", index_option="position")
    builder.add_text_field("identifier", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("shown", stored=True)
    return builder.build()


def open_words(folder: Path) -> tantivy.Index:
    """Open the words index of a generation, or make it."""
    words = folder / "words"
    words.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema(), path=str(words), reuse=True)
    index.register_tokenizer("parvis_en", stemming_analyser("en"))
    index.register_tokenizer("parvis_fr", stemming_analyser("fr"))
    index.register_tokenizer("parvis_exact", exact_analyser())
    return index


def mapped(path: Path, dtype: np.dtype[Any], shape: tuple[int, ...]) -> npt.NDArray[Any]:
    """Return a memory-mapped view of the first rows of a file. Raises OSError or ValueError when it lacks them."""
    if not shape[0]:
        return np.zeros((0, *shape[1:]), dtype)
    return np.memmap(path, dtype, mode="r", shape=shape)


@dataclass
class Frame:
    """What is taken off every vector: a common mean hides what differs. Learnt from the corpus, per language.

    `core` and `whole` are the two vectors of a text; `asked` the mean of queries; `axes` the three directions in
    which whole texts vary without meaning anything. Indexed by language: 0 English, 1 French.
    """

    core: npt.NDArray[np.float32]
    whole: npt.NDArray[np.float32]
    asked: npt.NDArray[np.float32]
    axes: npt.NDArray[np.float32]

    def save(self, path: Path) -> None:
        """Write it."""
        np.savez(path, core=self.core, whole=self.whole, asked=self.asked, axes=self.axes)

    @classmethod
    def load(cls, path: Path) -> "Frame":
        """Read it."""
        with np.load(path) as told:
            return cls(told["core"], told["whole"], told["asked"], told["axes"])


class Generation:
    """One generation, open for reading. A reader keeps it until `is_stale`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stamp = (folder / "state.json").stat().st_mtime_ns
        self.state = State.load(folder)
        self.words = open_words(folder)
        self.words.reload()
        self.searcher = self.words.searcher()
        self.columns = mapped(folder / "columns.bin", COLUMNS, (self.state.documents,))
        edition = self.state.edition
        self.frame = Frame.load(folder / f"frame-{edition}.npz") if edition else None
        width = self.frame.core.shape[1] if self.frame else 0
        texts = self.state.texts if self.frame else 0
        self.rows = mapped(folder / f"rows-{edition}.bin", ROWS, (texts,))
        self.vectors = mapped(folder / f"vectors-{edition}.bin", np.dtype("<f4"), (texts, width))
        self.lexicon = load_lexicon(folder, edition)
        self.alive = np.array(self.columns["alive"], dtype=bool)

    @property
    def has_vectors(self) -> bool:
        """Whether meaning can answer at all."""
        return self.frame is not None and self.state.texts > 0

    def is_stale(self, current: Path) -> bool:
        """Whether a newer state is there."""
        try:
            return current != self.folder or (self.folder / "state.json").stat().st_mtime_ns != self.stamp
        except OSError:
            return True

    def titles(self, name: str, code: int) -> list[str]:
        """Return the English and French title of a coded value."""
        value = self.state.codes[name][code]
        return self.state.titles[name].get(value, [value, value])


def load_lexicon(folder: Path, edition: int) -> dict[str, Translations]:
    """Read the lexicon of an edition; an empty one where none was learnt."""
    path = folder / f"lexicon-{edition}.json"
    if not path.exists():
        return {"en": {}, "fr": {}}
    told: dict[str, Translations] = json.loads(path.read_text(encoding="utf-8"))
    return told


def current_folder(root: Path) -> Path | None:
    """Return the folder of the generation that serves, or None."""
    link = root / "current"
    try:
        return root / link.readlink()
    except OSError:
        return None


def serve(root: Path, folder: Path) -> None:
    """Make `folder` the generation that serves, atomically."""
    new = root / "current.new"
    new.unlink(missing_ok=True)
    new.symlink_to(folder.name)
    new.replace(root / "current")

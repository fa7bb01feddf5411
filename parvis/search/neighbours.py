"""What stands near a text that is longer than a query: the draft of a request, the text of a record.

Search answers with a sorted page; the rooms above weigh what is near by themselves (who answered it, how alike it is).
So this gives them, for every document of the index, how near it is by meaning and by words.
"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import tantivy

from parvis.core.bilingual import Language
from parvis.embedding.engine import Vectors
from parvis.search.core_text import core_text, first_words
from parvis.search.meaning import query_vector, text_vector
from parvis.search.store import Generation
from parvis.search.words import WordSearch

MOST_TERMS = 40  # of a long text, its rarest ones: the others say little and cost time
FOUND_BY_WORDS = 400
LEAST_TO_BE_A_TEXT = (
    12  # words; a shorter one is compared as a question only: as a text it would find nothing
)

Numbers = npt.NDArray[np.int64]
Figures = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """The vectors of one text: of what it asks, as a question; of the whole, as a text, where it is long enough."""

    question: Vectors
    whole: Vectors | None = None


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """How near each document is to one text, by number.

    `cosines` are the centred cosines of meaning (-1 where a document has no vector, all -1 while meaning cannot
    answer), `whole_cosines` those of the text as a whole, the same for a short one; `words` the share of the best word
    score, 0 where no word is shared.
    """

    generation: Generation
    cosines: Figures
    whole_cosines: Figures
    words: Figures
    language: Language  # in which the text is taken to be
    asked: Asked | None

    @property
    def has_meaning(self) -> bool:
        """Whether meaning answered, or words alone."""
        return self.asked is not None

    def of_kind(self, *kinds: str, jurisdiction: str = "") -> npt.NDArray[np.bool_]:
        """Return a mask of the documents that can be found, of these kinds, of one jurisdiction or of all."""
        state, columns = self.generation.state, self.generation.columns
        codes = [code for code, kind in enumerate(state.codes["kind"]) if kind in kinds]
        mask = np.isin(columns["kind"], codes) & self.generation.alive
        if jurisdiction:
            wanted = [code for code, name in enumerate(state.codes["jurisdiction"]) if name == jurisdiction]
            mask &= np.isin(columns["jurisdiction"], wanted)
        return np.asarray(mask)

    @property
    def institutions(self) -> npt.NDArray[np.int64]:
        """The code of each document's institution; `slugs` tells whose it is."""
        return np.asarray(self.generation.columns["institution"], np.int64)

    @property
    def slugs(self) -> list[str]:
        """The slug of each code; the empty one is that of documents without an institution."""
        return self.generation.state.codes["institution"]

    @property
    def jurisdictions(self) -> list[str]:
        """The jurisdiction of each document."""
        names = np.array(self.generation.state.codes["jurisdiction"])
        return [str(name) for name in names[self.generation.columns["jurisdiction"]]]


def neighbourhood(
    generation: Generation, text: str, language: Language, asked: Asked | None
) -> Neighbourhood:
    """Return how near everything is to `text`; `asked` are its vectors, None while meaning cannot answer."""
    nothing = np.full(len(generation.columns), -1.0)
    cosines = whole = nothing
    if asked is not None and generation.frame is not None and len(generation.rows):
        cosines = _nearness(generation, query_vector(generation.frame, asked.question, language))
        whole = cosines
        if asked.whole is not None:
            whole = _nearness(generation, text_vector(generation.frame, asked.whole, language))
    return Neighbourhood(
        generation,
        cosines,
        whole,
        WordSearch(generation).alike(core_text(text), language, MOST_TERMS, FOUND_BY_WORDS),
        language,
        asked,
    )


def whole_to_embed(text: str) -> str:
    """Return what of a text is made a vector as a text, empty where it is too short to be one."""
    return first_words(text) if len(text.split()) >= LEAST_TO_BE_A_TEXT else ""


def _nearness(generation: Generation, vector: Vectors) -> Figures:
    """Return the cosine of each document's nearest text."""
    cosines = np.full(len(generation.columns), -1.0, np.float32)
    np.maximum.at(
        cosines, generation.rows["number"].astype(np.int64), np.asarray(generation.vectors @ vector)
    )
    return cosines.astype(np.float64)


@functools.lru_cache(maxsize=2)
def _document_vectors(generation: Generation) -> Vectors:
    """Return the mean vector of each document's texts, of unit length; kept for the generation that serves."""
    sums = np.zeros((len(generation.columns), generation.vectors.shape[1]), np.float32)
    np.add.at(sums, generation.rows["number"].astype(np.int64), np.asarray(generation.vectors))
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), np.float32)


@functools.lru_cache(maxsize=2)
def _centres(generation: Generation, kind: str) -> tuple[Vectors, Figures]:
    """Return for each institution the sum of its documents' vectors of a kind, and how many there are."""
    vectors, columns = _document_vectors(generation), generation.columns
    codes = [code for code, name in enumerate(generation.state.codes["kind"]) if name == kind]
    mine = np.flatnonzero(np.isin(columns["kind"], codes) & generation.alive)
    size = len(generation.state.codes["institution"])
    sums = np.zeros((size, vectors.shape[1]), np.float32)
    np.add.at(sums, columns["institution"][mine].astype(np.int64), vectors[mine])
    return sums, np.bincount(columns["institution"][mine], minlength=size).astype(np.float64)


SHRINKS = 3.0  # documents that count as saying nothing: the centre of a few is not to be trusted


def closeness_to_centres(near: Neighbourhood, kind: str, hidden: Numbers) -> Figures:
    """Return, for each institution, how near the text is to the centre of its documents of a kind.

    What is `hidden` is taken off the centres first. All zero while meaning cannot answer.
    """
    generation, asked = near.generation, near.asked
    size = len(generation.state.codes["institution"])
    if asked is None or generation.frame is None or not len(generation.rows):
        return np.zeros(size)
    sums, counts = _centres(generation, kind)
    if len(hidden):
        sums, counts = sums.copy(), counts.copy()
        owners = generation.columns["institution"][hidden].astype(np.int64)
        np.subtract.at(sums, owners, _document_vectors(generation)[hidden])
        np.subtract.at(counts, owners, 1)
    vector = (
        query_vector(generation.frame, asked.question, near.language)
        if asked.whole is None
        else text_vector(generation.frame, asked.whole, near.language)
    )
    return np.asarray((sums @ vector) / (counts + SHRINKS), np.float64)


def numbers_by_id(generation: Generation, kind: str, public_ids: Iterable[str]) -> dict[str, int]:
    """Return the number of each document of a kind that is in the index, by public id."""
    found = {}
    schema = generation.words.schema
    for public_id in public_ids:
        query = tantivy.Query.term_query(schema, "key", f"{kind}:{public_id}")
        for _, place in generation.searcher.search(query, 10, count=False).hits:
            number = int(generation.searcher.fast_field_values("number", [place])[0] or 0)
            if number < len(generation.alive) and generation.alive[number]:
                found[public_id] = number
    return found

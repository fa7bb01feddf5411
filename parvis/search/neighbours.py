"""What stands near a text that is longer than a query: the draft of a request, the text of a record.

Search answers with a sorted page; the rooms above weigh what is near by themselves (who answered it, how alike it is).
So this gives them, for every document of the index, how near it is by meaning and by words.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import tantivy

from parvis.core.bilingual import Language
from parvis.embedding.engine import Vectors
from parvis.search.core_text import core_text
from parvis.search.meaning import query_vector
from parvis.search.store import Generation
from parvis.search.words import WordSearch

MOST_TERMS = 40  # of a long text, its rarest ones: the others say little and cost time
FOUND_BY_WORDS = 400

Numbers = npt.NDArray[np.int64]
Figures = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """How near each document is to one text, by number.

    `cosines` are the centred cosines of meaning (-1 where a document has no vector, all -1 while meaning cannot
    answer); `words` the share of the best word score, 0 where no word is shared.
    """

    generation: Generation
    cosines: Figures
    words: Figures
    language: Language  # in which the text is taken to be
    asked: Vectors | None

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
    generation: Generation, text: str, language: Language, asked: Vectors | None
) -> Neighbourhood:
    """Return how near everything is to `text`; `asked` is its vector, None while meaning cannot answer."""
    size = len(generation.columns)
    cosines = np.full(size, -1.0, np.float32)
    frame = generation.frame
    if asked is not None and frame is not None and len(generation.rows):
        near = np.asarray(generation.vectors @ query_vector(frame, asked, language))
        np.maximum.at(cosines, generation.rows["number"].astype(np.int64), near)
    return Neighbourhood(
        generation,
        cosines.astype(np.float64),
        WordSearch(generation).alike(core_text(text), language, MOST_TERMS, FOUND_BY_WORDS),
        language,
        asked,
    )


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

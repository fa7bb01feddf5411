"""One search over everything that rooms register."""

import functools
import json
import time
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

import numpy as np
import structlog
from prometheus_client import Counter

from parvis.core.bilingual import Language, Text, other_language
from parvis.core.sort_key import fold
from parvis.embedding.engine import Embedder, EmbedderError, Vectors
from parvis.search import meaning, ranking
from parvis.search.analysis import exact_terms, stems
from parvis.search.core_text import core_text
from parvis.search.highlighting import passage
from parvis.search.language import language_of
from parvis.search.narrowing import Narrowing, institutions_named
from parvis.search.neighbours import (
    Asked,
    Figures,
    Neighbourhood,
    closeness_to_centres,
    neighbourhood,
    numbers_by_id,
    whole_to_embed,
)
from parvis.search.phrases import cosines_to, likeness_to_groups
from parvis.search.query_language import ParsedQuery, parse
from parvis.search.reading import configured_embedder, reader
from parvis.search.results import (
    Facet,
    FacetValue,
    Hit,
    Passage,
    SearchPage,
    SearchQuery,
    SearchState,
    Segment,
    Sort,
    Understood,
)
from parvis.search.sources import registered
from parvis.search.standing import IndexStanding, changes_waiting, index_standing
from parvis.search.store import Generation
from parvis.search.words import WordSearch

__all__ = [  # what other rooms may import
    "Asked",
    "Facet",
    "FacetValue",
    "Figures",
    "Hit",
    "IndexStanding",
    "Neighbourhood",
    "Passage",
    "SearchPage",
    "SearchQuery",
    "SearchState",
    "Segment",
    "Sort",
    "Understood",
    "changes_waiting",
    "closeness_to_centres",
    "configured_embedder",
    "cosines_to",
    "hits",
    "index_standing",
    "likeness_to_groups",
    "neighbours",
    "reader",
    "search",
    "search_engine",
    "whole_to_embed",
]
logger = structlog.get_logger(__name__)
ANSWERED = Counter("parvis_searches", "Searches, by what answered them.", ["answered_by"])
REMEMBERED_QUERIES = 512  # vectors of the last queries, so that paging and filters do not embed again


def search(query: SearchQuery, weights: ranking.Weights = ranking.DEFAULT) -> SearchPage:
    """Answer a question. Never fails: when the index cannot be read, the page says that search is not available.

    `weights` are for an evaluation that compares rankings.
    """
    started = time.perf_counter()
    try:
        generation = reader().generation()
        page = _answer(generation, query, weights) if generation else None
    except Exception:
        logger.exception("search_unavailable")
        page = None
    ANSWERED.labels(answered_by=page.state if page else SearchState.UNAVAILABLE).inc()
    if page is None:
        return SearchPage(query, SearchState.UNAVAILABLE, understood=Understood(query.language))
    return replace(page, milliseconds=round((time.perf_counter() - started) * 1000, 2))


def neighbours(text: str, language: Language) -> Neighbourhood | None:
    """Return how near everything is to a text of a sentence or of several paragraphs, None when there is no index.

    `language` is that of the page, for texts that do not tell their own.
    """
    generation = reader().generation()
    if generation is None:
        return None
    told = language_of(text, language)
    return neighbourhood(generation, text, told, _vectors_of(generation, text, told))


def _vectors_of(generation: Generation, text: str, language: Language) -> Asked | None:
    question, embedder = _asked(generation, text_to_embed(text), language), reader().embedder()
    if question is None or embedder is None:
        return None
    whole = whole_to_embed(text)
    try:
        return Asked(question, np.asarray(embedder.passages([whole])[0], np.float32) if whole else None)
    except EmbedderError as error:
        logger.warning("embedder_silent", reason=str(error))
        return Asked(question)


def search_engine() -> str:
    """Return the name of engine, model and version whose vectors serve now, empty where words answer alone."""
    generation = reader().generation()
    return generation.state.engine if generation else ""


def text_to_embed(text: str) -> str:
    """Return what of a text is made a vector as a question when neighbours are asked for."""
    return core_text(text)


def neighbours_of_vectors(text: str, language: Language, asked: Asked) -> Neighbourhood | None:
    """Return the same for a text in that very language whose vectors are at hand: an evaluation asks thousands."""
    generation = reader().generation()
    return neighbourhood(generation, text, language, asked) if generation else None


def hits(near: Neighbourhood, numbers: Sequence[int], text: str, language: Language) -> tuple[Hit, ...]:
    """Return these documents of a neighbourhood as search shows what it found, in the same order."""
    parsed = ParsedQuery(words=core_text(text))
    told = language_of(text, language)
    words = WordSearch(near.generation)
    marks = _Marks(parsed, told, tuple(stems(parsed.words, told)), near.generation)
    ranked = ranking.Ranked(
        np.asarray(numbers, np.int64),
        near.cosines[list(numbers)],
        near.words[list(numbers)],
        near.cosines[list(numbers)],
    )
    found = (_hit(words, ranked, place, marks, language) for place in range(len(numbers)))
    return tuple(hit for hit in found if hit)


def bodies(near: Neighbourhood, numbers: Sequence[int]) -> dict[int, tuple[str, Text]]:
    """Return public id and text of these documents by number, in their order; one that is gone is left out."""
    words = WordSearch(near.generation)
    found = {}
    for number in numbers:
        if stored := words.document(int(number)):
            told = json.loads(stored)
            found[int(number)] = (str(told["public_id"]), Text(*told["body"]))
    return found


def numbers_of(near: Neighbourhood, kind: str, public_ids: Iterable[str]) -> dict[str, int]:
    """Return the number of each document of a kind that is in the index, by public id."""
    return numbers_by_id(near.generation, kind, public_ids)


def _answer(generation: Generation, query: SearchQuery, weights: ranking.Weights) -> SearchPage:
    parsed = parse(query.text)
    language = language_of(parsed.words, query.language)
    is_found = True
    words = WordSearch(generation, weights.only)
    allowed = words.allowed(parsed)
    asked: Vectors | None = None
    corrected: tuple[tuple[str, str], ...] = ()
    wanted: tuple[str, ...] = ()
    if parsed.words:
        found = words.find(parsed, language)
        asked = _asked(generation, _mended(parsed.words, found.corrected), language)
        near = meaning.nearest(generation, asked, language, weights.only) if asked is not None else None
        ranked = ranking.rank(generation, found, near, allowed, weights)
        is_found = ranking.is_found(found, near)
        corrected, wanted = found.corrected, found.terms
    else:
        ranked = ranking.everything(generation, allowed)
    filters, understood = _filters(generation, query, parsed, language)
    understood = replace(understood, corrected=corrected)
    narrowing = Narrowing(generation, ranked.numbers, filters)
    kept = np.flatnonzero(narrowing.kept())
    if query.sort is not Sort.RELEVANCE or not parsed.words:
        kept = kept[ranking.by_date(generation, ranked.numbers[kept], newest=query.sort is not Sort.OLDEST)]
    shown = kept[query.offset : query.offset + query.per_page]
    marks = _Marks(parsed, language, wanted, generation)
    hits = [_hit(words, ranked, int(position), marks, query.language) for position in shown]
    return SearchPage(
        query,
        SearchState.READY
        if generation.has_vectors and (asked is not None or not parsed.words)
        else SearchState.WORDS_ONLY,
        hits=tuple(hit for hit in hits if hit),
        total=len(kept),
        facets=narrowing.facets(),
        understood=understood,
        is_found=bool(len(kept)) and is_found,
        vectors_done=generation.state.vectors_done if generation.state.edition else 0.0,
        indexed=int(generation.alive.sum()),
    )


def _mended(words: str, corrected: Sequence[tuple[str, str]]) -> str:
    """Return the words with slips mended: a vector of a misspelt word is that of its syllables."""
    for typed, meant in corrected:
        words = words.replace(typed, meant)
    return words


def _asked(generation: Generation, words: str, language: Language) -> Vectors | None:
    """Return the vector of the words, or None where meaning cannot answer."""
    if not generation.has_vectors:
        return None
    embedder = reader().embedder()
    if embedder is None or embedder.name != generation.state.engine:
        return None
    try:
        return _vector(cast("Hashable", embedder), _spelled_out(generation, words, language))
    except EmbedderError as error:
        logger.warning("embedder_silent", reason=str(error))
        return None


@functools.lru_cache(maxsize=REMEMBERED_QUERIES)
def _vector(embedder: Hashable, text: str) -> Vectors:
    engine = cast("Embedder", embedder)  # an engine is remembered by identity
    return np.asarray(engine.queries([text])[0], np.float32)


def _spelled_out(generation: Generation, words: str, language: Language) -> str:
    """Return the words with acronyms of institutions spelled out: vectors know names better than letters."""
    titles = generation.state.titles["institution"]
    told = []
    for word in words.split():
        slugs = generation.state.acronyms.get(fold(word.strip(".,;:?!()'’")), []) if len(word) > 1 else []
        title = titles.get(slugs[0]) if len(slugs) == 1 else None
        told.append(f"{word} ({title[1 if language == 'fr' else 0]})" if title else word)
    return " ".join(told)


def _filters(
    generation: Generation, query: SearchQuery, parsed: ParsedQuery, language: Language
) -> tuple[dict[str, Sequence[str]], Understood]:
    """Return the filters of the address and of the text together, and how the text was understood."""
    filters: dict[str, Sequence[str]] = dict(query.filters)
    named = {name: institutions_named(generation, name) for name in parsed.institutions}
    if named:
        slugs = [slug for found in named.values() for slug in found]
        filters["institution"] = tuple(dict.fromkeys([*filters.get("institution", ()), *slugs])) or ("",)
    if parsed.years:
        span = [str(year) for year in range(parsed.years[0], parsed.years[1] + 1)]
        filters["year"] = tuple(dict.fromkeys([*filters.get("year", ()), *span]))
    titles = generation.state.titles["institution"]
    understood = Understood(
        language,
        phrases=parsed.phrases,
        excluded=parsed.excluded,
        institutions=tuple(
            Text(*titles[slug]) for found in named.values() for slug in found if slug in titles
        ),
        unknown_institutions=tuple(name for name, found in named.items() if not found),
        years=parsed.years,
    )
    return filters, understood


@dataclass(frozen=True, slots=True)
class _Marks:
    """What is marked in passages: the query's stems, in the other language its translations."""

    parsed: ParsedQuery
    language: Language
    wanted: tuple[str, ...]
    generation: Generation

    def stems(self, language: Language) -> frozenset[str]:
        if language == self.language:
            return frozenset(self.wanted)
        translations = self.generation.lexicon[self.language]
        other = {word for stem in self.wanted for word in translations.get(stem, {})}
        return frozenset(other | set(stems(self.parsed.words, language)))

    def phrases(self) -> frozenset[str]:
        return frozenset(word for phrase in self.parsed.phrases for word in exact_terms(phrase))


def _hit(
    words: WordSearch, ranked: ranking.Ranked, position: int, marks: _Marks, language: Language
) -> Hit | None:
    stored = words.document(int(ranked.numbers[position]))
    if stored is None:
        return None
    told: dict[str, Any] = json.loads(stored)
    source = registered().get(told["kind"])
    body, title = Text(*told["body"]), Text(*told["title"])
    return Hit(
        kind=told["kind"],
        public_id=told["public_id"],
        url_name=source.url_name if source else "",
        title=title,
        body=body,
        provenance=told["provenance"],
        passage=_passage(body or title, marks, language),
        institution=told["institution"],
        institution_title=Text(*told["institution_title"]),
        jurisdiction=told["jurisdiction"],
        jurisdiction_title=Text(*told["jurisdiction_title"]),
        disposition=told["disposition"],
        disposition_title=Text(*told["disposition_title"]),
        identifiers=tuple(told["identifiers"]),
        dated_on=date.fromisoformat(told["dated_on"]) if told["dated_on"] else None,
        year=told["year"],
        pages=told["pages"],
        is_invented=told["is_invented"],
        score=float(ranked.scores[position]),
        by_words=float(ranked.by_words[position]),
        by_meaning=float(ranked.by_meaning[position]),
    )


def _passage(text: Text, marks: _Marks, language: Language) -> Passage:
    """Return the passage in the page's language where the text has it, else in the other one."""
    shown = language if text.in_(language) else other_language(language)
    return passage(text.in_(shown), shown, marks.stems(shown), marks.phrases())

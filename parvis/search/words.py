"""The words half of ranking: which documents hold what was typed, how well."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import tantivy
from rapidfuzz.distance import OSA

from parvis.core.bilingual import LANGUAGES, Language, other_language
from parvis.search.analysis import exact_terms, identifier_term, stems
from parvis.search.query_language import ParsedQuery
from parvis.search.store import Generation

OTHER_LANGUAGE_WEIGHT = 0.3  # of a term in the field of the language that was not typed
TRANSLATION_WEIGHT = 0.3  # of a learnt translation, times its probability
NEAR_WEIGHT = 0.7  # of the word that was perhaps meant
RARE = 2  # documents; a word that so few hold may be a slip, in them or in the query
TIMES = 5  # how much more frequent the word must be that was perhaps meant
SHORTEST_FUZZY = 5  # letters; shorter words have too many neighbours
DEPTH = 1000  # scored documents taken into account
MOST_MATCHES = 1_000_000
NEAR_SEEN = 20  # documents that are read to learn which word was near
IDENTIFIER_SCORE = 1000.0  # an exact request number or acronym comes first

_NUMBER = re.compile(r"\d.*\W.*\d|[^\W\d].*\d{3}")  # A-2021-00123, 2019-044, AQ1234: no year, no plain number
_WORD = re.compile(r"[^\W\d_]+")

Numbers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WordMatches:
    """Documents by number with a score of 0 to 1, best first; which hold every word; which bear it as identifier."""

    numbers: Numbers
    scores: Scores
    complete: Numbers
    identified: Numbers
    corrected: tuple[tuple[str, str], ...] = ()
    terms: tuple[str, ...] = ()
    is_known: bool = True  # at least one of the words, or a near one, stands in what is indexed


class WordSearch:
    """Asks one generation's words index."""

    def __init__(self, generation: Generation, only: Language | None = None) -> None:
        """Take a generation. `only` leaves the texts of one language."""
        self._only = only
        self._searcher = generation.searcher
        self._size = len(generation.columns)
        self._schema = generation.words.schema
        self._lexicon = generation.lexicon

    def find(self, parsed: ParsedQuery, language: Language) -> WordMatches:
        """Return what the words of a query match. The terms of the text are alternatives; more of them is better."""
        terms = list(dict.fromkeys(stems(parsed.words, language)))
        near = self._near_words(parsed.words)
        near_terms = list(dict.fromkeys(stem for word in near.values() for stem in stems(word, language)))
        typed = {term: stems(near[word], language) for word in near for term in stems(word, language)}
        per_term = [self._term(term, language, near=typed.get(term, ())) for term in terms]
        must = [(tantivy.Occur.Must, query) for text in parsed.phrases if (query := self._phrase(text))]
        refused = [
            (tantivy.Occur.MustNot, query) for text in parsed.excluded if (query := self._phrase(text))
        ]
        identified = self._identified(parsed.words)
        if not per_term and not must:
            return WordMatches(*_empty(), np.zeros(0, np.int64), identified, is_known=False)
        should = [(tantivy.Occur.Should, query) for query in per_term]
        either = (
            [(tantivy.Occur.Must, tantivy.Query.boolean_query(should))] if should and not must else should
        )
        numbers, scores = self._scored(tantivy.Query.boolean_query([*either, *must, *refused]), DEPTH)
        every = [(tantivy.Occur.Must, query) for query in per_term]
        complete, _ = self._scored(tantivy.Query.boolean_query([*every, *must, *refused]), MOST_MATCHES)
        top = scores.max(initial=0.0) or 1.0
        return WordMatches(
            numbers,
            scores / top,
            complete,
            identified,
            corrected=tuple(near.items()),
            terms=(*terms, *near_terms),
            is_known=any(self._held(term) for term in (*terms, *near_terms)),
        )

    def alike(self, text: str, language: Language, most_terms: int, depth: int) -> Scores:
        """Return for each document how many of a long text's rarest terms it shares, as a share of the best."""
        seen = {term: self._held(term) for term in dict.fromkeys(stems(text, language))}
        terms = sorted((term for term in seen if seen[term]), key=lambda term: (seen[term], term))[
            :most_terms
        ]
        scores = np.zeros(self._size)
        if terms:
            should = [(tantivy.Occur.Should, self._term(term, language, near=())) for term in terms]
            numbers, found = self._scored(tantivy.Query.boolean_query(should), depth)
            scores[numbers] = found / (found.max(initial=0.0) or 1.0)
        return scores

    def _held(self, term: str) -> int:
        """Return how many documents hold a term, in whichever language."""
        return sum(self._searcher.doc_freq(side, term) for side in LANGUAGES)

    def allowed(self, parsed: ParsedQuery) -> Numbers | None:
        """Return the documents that the phrases and exclusions leave; None when there are none of these."""
        if not (parsed.phrases or parsed.excluded):
            return None
        clauses = [(tantivy.Occur.Must, tantivy.Query.all_query())]
        clauses += [(tantivy.Occur.Must, query) for text in parsed.phrases if (query := self._phrase(text))]
        clauses += [
            (tantivy.Occur.MustNot, query) for text in parsed.excluded if (query := self._phrase(text))
        ]
        return self._scored(tantivy.Query.boolean_query(clauses), MOST_MATCHES)[0]

    def document(self, number: int) -> bytes | None:
        """Return what was stored to be shown of one document, or None when it is gone."""
        query = tantivy.Query.term_query(self._schema, "number", number)
        hits = self._searcher.search(query, 1, count=False).hits
        return self._searcher.doc(hits[0][1]).get_first("shown") if hits else None

    def _term(self, term: str, language: Language, *, near: Sequence[str]) -> tantivy.Query:
        """Return the query of one term, of its translations, and of the word that was perhaps meant."""
        parts = [*self._both(term, language, 1.0)]
        if translations := self._lexicon[language].get(term):
            other = other_language(language)
            parts.append(
                tantivy.Query.disjunction_max_query(
                    [self._weighted(other, word, TRANSLATION_WEIGHT * p) for word, p in translations.items()]
                )
            )
        for meant in near:
            parts += self._both(meant, language, NEAR_WEIGHT)
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])

    def _both(self, term: str, language: Language, weight: float) -> tuple[tantivy.Query, tantivy.Query]:
        other = other_language(language)
        return self._weighted(language, term, weight), self._weighted(
            other, term, weight * OTHER_LANGUAGE_WEIGHT
        )

    def _near_words(self, text: str) -> dict[str, str]:
        """Return, for each typed word that almost nothing holds, a much more frequent one a letter away."""
        near = {}
        for word in dict.fromkeys(_WORD.findall(text)):
            folded = "".join(exact_terms(word))
            if len(folded) < SHORTEST_FUZZY or word.isupper():
                continue
            seen = self._searcher.doc_freq("exact", folded)
            if seen <= RARE and (found := self._most_frequent_neighbour(folded, max(RARE, seen) * TIMES)):
                near[word] = found
        return near

    def _most_frequent_neighbour(self, word: str, least: int) -> str:
        """Return the most frequent word a letter away that begins alike (the first letter is seldom wrong)."""
        query = tantivy.Query.fuzzy_term_query(
            self._schema, "exact", word, 1, transposition_cost_one=True, prefix=False
        )
        found: set[str] = set()
        for _, address in self._searcher.search(query, NEAR_SEEN, count=False).hits:
            told = json.loads(self._searcher.doc(address).get_first("shown") or b"{}")
            for text in (*told.get("title", ()), *told.get("body", ())):
                found.update(
                    term
                    for term in exact_terms(text)
                    if term[0] == word[0] and OSA.distance(term, word, score_cutoff=1) <= 1
                )
        seen = {term: self._searcher.doc_freq("exact", term) for term in found - {word}}
        return max(
            (term for term in seen if seen[term] >= least), key=lambda term: (seen[term], term), default=""
        )

    def _weighted(self, field: str, term: str, weight: float) -> tantivy.Query:
        if self._only and field != self._only:
            return tantivy.Query.empty_query()
        return tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, term), weight)

    def _phrase(self, text: str) -> tantivy.Query | None:
        terms = exact_terms(text)
        if len(terms) == 1:
            return tantivy.Query.term_query(self._schema, "exact", terms[0])
        return tantivy.Query.phrase_query(self._schema, "exact", [*terms]) if terms else None

    def _identified(self, words: str) -> Numbers:
        """Return documents whose identifier is the whole text, or a request number in it."""
        candidates = [words, *(word for word in words.split() if _NUMBER.search(word))]
        terms = [term for term in dict.fromkeys(identifier_term(word) for word in candidates) if term]
        if not terms:
            return np.zeros(0, np.int64)
        whole = self._scored(tantivy.Query.term_query(self._schema, "identifier", terms[0]), DEPTH)[0]
        rest = [tantivy.Query.term_query(self._schema, "identifier", term) for term in terms[1:]]
        parts = np.zeros(0, np.int64)
        if rest:
            any_of = tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in rest])
            parts = self._scored(any_of, DEPTH)[0]
        return np.array(list(dict.fromkeys([*whole, *parts])), np.int64)

    def _scored(self, query: tantivy.Query, limit: int) -> tuple[Numbers, Scores]:
        hits = self._searcher.search(query, limit, count=False).hits
        if not hits:
            return _empty()
        numbers = np.array(
            self._searcher.fast_field_values("number", [address for _, address in hits]), np.int64
        )
        scores = np.array([score for score, _ in hits], np.float64)
        known = numbers < self._size  # a writer may have committed more since the columns were opened
        return numbers[known], scores[known]


def _empty() -> tuple[Numbers, Scores]:
    return np.zeros(0, np.int64), np.zeros(0, np.float64)


def as_set(numbers: Iterable[int], size: int) -> npt.NDArray[np.bool_]:
    """Return a mask of `size` documents in which `numbers` are set."""
    mask = np.zeros(size, bool)
    inside = np.asarray(list(numbers) if not isinstance(numbers, np.ndarray) else numbers, np.int64)
    mask[inside[inside < size]] = True
    return mask

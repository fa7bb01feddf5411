"""How text becomes terms: the analysers of the words index, the same for documents and queries."""

import functools

import tantivy

from parvis.core.bilingual import Language
from parvis.search.stop_words import EVERY

LONGEST_TERM = 40
STEMMER = {"en": "english", "fr": "french"}
APOSTROPHES = str.maketrans({"’": " ", "'": " ", "ʼ": " ", "œ": "oe", "Œ": "Oe", "æ": "ae"})


def plain(text: str) -> str:
    """Return `text` as the analysers expect it: elisions apart (l’école), ligatures opened."""
    return text.translate(APOSTROPHES)


@functools.cache
def stemming_analyser(language: Language) -> tantivy.TextAnalyzer:
    """Return the analyser of one language's field: stop words of both languages out, stems, accents folded."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.remove_long(LONGEST_TERM),
        tantivy.Filter.lowercase(),
        tantivy.Filter.custom_stopword(EVERY),
        tantivy.Filter.stemmer(STEMMER[language]),
        tantivy.Filter.ascii_fold(),
    ):
        builder = builder.filter(step)
    return builder.build()


@functools.cache
def exact_analyser() -> tantivy.TextAnalyzer:
    """Return the analyser for quoted phrases and excluded words: every word, only case and accents folded."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.remove_long(LONGEST_TERM),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
    ):
        builder = builder.filter(step)
    return builder.build()


def stems(text: str, language: Language) -> list[str]:
    """Return the terms of `text` in this language's field, in order, repeats kept."""
    terms: list[str] = stemming_analyser(language).analyze(plain(text))
    return terms


def exact_terms(text: str) -> list[str]:
    """Return the words of `text` with case and accents folded."""
    terms: list[str] = exact_analyser().analyze(plain(text))
    return terms


def identifier_term(text: str) -> str:
    """Return the one term of an identifier: A-2023-02215 and a 2023 02215 are the same."""
    return "-".join(exact_terms(text))

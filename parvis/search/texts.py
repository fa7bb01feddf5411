"""Which texts of a document are embedded, and under which digest their vectors are kept."""

import hashlib
from dataclasses import dataclass

from parvis.core.bilingual import LANGUAGES, Language
from parvis.search.core_text import core_text, first_words
from parvis.search.sources import SearchDocument


@dataclass(frozen=True, slots=True)
class FindableText:
    """One document's text in one language, in its two forms."""

    language: Language
    core: str  # the institution, then what the text is about
    whole: str


def findable_texts(document: SearchDocument) -> list[FindableText]:
    """Return the texts of a document that meaning can find: one for each language it has."""
    texts = []
    for language in LANGUAGES:
        body = document.body.in_(language)
        title = own_title(document.title.in_(language), body)
        text = ". ".join(part for part in (title, body) if part)
        if not text:
            continue
        institution = (
            document.institution_title.in_(language) or document.institution_title.shown(language).text
        )
        about = ". ".join(part for part in (title, core_text(body) if body else "") if part)
        texts.append(
            FindableText(
                language, first_words(f"{institution}: {about}" if institution else about), first_words(text)
            )
        )
    return texts


def own_title(title: str, body: str) -> str:
    """Return the title, unless it only repeats how the body begins: a text counts once."""
    beginning = " ".join(title.removesuffix("…").split())
    return "" if " ".join(body.split()).startswith(beginning) else title


def digest(engine: str, role: str, text: str) -> str:
    """Return the key of a vector. `role` is "passage" or "query": the same text has another vector as each."""
    return hashlib.sha256(f"{engine}\x00{role}\x00{text}".encode()).hexdigest()

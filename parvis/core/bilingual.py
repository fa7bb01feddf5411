"""Text in both official languages, equal by construction."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["en", "fr"]
LANGUAGES: tuple[Language, Language] = ("en", "fr")


def other_language(language: Language) -> Language:
    """Return the other official language."""
    return "fr" if language == "en" else "en"


class Provenance(StrEnum):
    """Where a text in one language comes from. | Origine d’un texte dans une langue."""

    # A page labels all but SOURCE.

    SOURCE = "source"  # as its author published it
    HUMAN = "human"  # translated by a person
    MACHINE = "machine"  # translated by a machine, not read by a person
    MISSING = "missing"  # nobody gave it


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as a page shows it: what, in which language, and whether that is not the language asked for."""

    text: str
    language: Language
    is_fallback: bool

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in English and in French. Either may be empty in a draft; never both when shown."""

    en: str = ""
    fr: str = ""

    def in_(self, language: Language) -> str:
        """Return this language's text, empty when it has none."""
        return self.fr if language == "fr" else self.en

    def shown(self, language: Language) -> Shown:
        """Return the text in `language`, or in the other one, marked as such, when there is none."""
        if own := self.in_(language):
            return Shown(own, language, is_fallback=False)
        other = other_language(language)
        if text := self.in_(other):
            return Shown(text, other, is_fallback=True)
        return Shown("", language, is_fallback=False)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that have text."""
        return tuple(language for language in LANGUAGES if self.in_(language))

    def __bool__(self) -> bool:
        return bool(self.en or self.fr)

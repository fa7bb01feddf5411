"""One source, one OpenAPI document per language.

Summaries and descriptions are written "English | Français" at the operation, the parameter and the schema's
field; each document keeps its half. A text without the bar is refused by a test, so no language is forgotten.
"""

from typing import Any

from parvis.core.bilingual import Language

TEXT_KEYS = frozenset({"summary", "description"})
BAR = " | "
NEUTRAL = frozenset({"", "OK"})  # the framework says "OK" of every answer 200


def in_language(document: Any, language: Language) -> Any:
    """Return a copy of an OpenAPI document whose texts are in `language`."""
    if isinstance(document, dict):
        return {
            key: _half(value, language)
            if key in TEXT_KEYS and isinstance(value, str)
            else in_language(value, language)
            for key, value in document.items()
        }
    if isinstance(document, list):
        return [in_language(item, language) for item in document]
    return document


def untranslated(document: Any, path: str = "") -> list[str]:
    """Return where texts stand that have not both languages."""
    if isinstance(document, dict):
        found = []
        for key, value in document.items():
            here = f"{path}/{key}"
            if key in TEXT_KEYS and isinstance(value, str):
                found += [] if value in NEUTRAL or BAR in value else [here]
            else:
                found += untranslated(value, here)
        return found
    if isinstance(document, list):
        return [
            where for number, item in enumerate(document) for where in untranslated(item, f"{path}/{number}")
        ]
    return []


def _half(text: str, language: Language) -> str:
    english, _, french = text.partition(BAR)
    return (french or english) if language == "fr" else english

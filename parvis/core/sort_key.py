"""Alphabetical order that does not depend on the database: École sorts with E."""

import re
import unicodedata

_NOT_LETTERS = re.compile(r"[^0-9a-z]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


def fold(text: str) -> str:
    """Return `text` in lower case without accents or ligatures, white space kept."""
    if text.isascii():
        return text.lower()  # what the rest would give, many times as fast
    lowered = unicodedata.normalize("NFKD", text).casefold().translate(_LIGATURES)
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))


def sort_key(text: str) -> str:
    """Return the stored key by which `text` is ordered: folded, words separated by one space.

    PostgreSQL's wheel has no ICU and its C collation puts É after Z, so every ordered name is stored with its key.
    """
    return _NOT_LETTERS.sub(" ", fold(text)).strip()

"""Xapian as a process of its own, run by the system's Python: one JSON line in, one JSON line out.

Xapian is under the GPL, so nothing of Parvis imports it; this file runs only where a benchmark is asked for.
"""

import json
import re
import sys
import time
import unicodedata
from typing import Any

import xapian

STEMMERS = {"XEN": xapian.Stem("english"), "XFR": xapian.Stem("french")}
PREFIXES = {"en": "XEN", "fr": "XFR"}
WORDS = re.compile(r"\w+")
LONGEST = 60  # Xapian refuses terms over 245 bytes


def fold(text: str) -> str:
    """Return `text` in lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


class Engine:
    """One Xapian database, being written or asked."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._writer: Any = None
        self._reader: Any = None
        self._stop_words: frozenset[str] = frozenset()

    def terms(self, text: str, prefix: str) -> list[str]:
        """Return the terms of a text in one language's field."""
        stem = STEMMERS[prefix]
        words = [word for word in WORDS.findall(text.lower()) if fold(word) not in self._stop_words]
        return [prefix + fold(stem(word.encode()).decode())[:LONGEST] for word in words]

    def answer(self, told: dict[str, Any]) -> dict[str, Any]:
        """Do what one line asks."""
        if "stop_words" in told:
            self._stop_words = frozenset(fold(word) for word in told["stop_words"])
        elif "key" in told:
            self._add(told)
        elif "commit" in told:
            self._writer.close()
        else:
            return self._find(told["query"], told["limit"])
        return {}

    def _add(self, told: dict[str, Any]) -> None:
        if self._writer is None:
            self._writer = xapian.WritableDatabase(self._folder, xapian.DB_CREATE_OR_OVERWRITE)
        document = xapian.Document()
        document.set_data(told["key"])
        for language, prefix in PREFIXES.items():
            for term in self.terms(told[language], prefix):
                document.add_term(term)
        self._writer.add_document(document)

    def _find(self, query: str, limit: int) -> dict[str, Any]:
        if self._reader is None:
            self._reader = xapian.Database(self._folder)
        began = time.perf_counter()
        terms = [term for prefix in STEMMERS for term in self.terms(query, prefix)]
        enquire = xapian.Enquire(self._reader)
        enquire.set_query(xapian.Query(xapian.Query.OP_OR, terms))
        keys = [match.document.get_data().decode() for match in enquire.get_mset(0, limit)]
        return {"keys": keys, "seconds": time.perf_counter() - began}


def main() -> None:
    """Answer line after line until there are no more."""
    engine = Engine(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(engine.answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()

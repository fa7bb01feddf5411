"""What changed between two versions of a text, word by word. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORDS = re.compile(r"\S+\s*|\s+")
SENTENCES = re.compile(r"[^.!?\n]+[.!?\n]*\s*|[.!?\n]+\s*")
MOST_PIECES = 1200  # beyond that, comparing takes too long on a page


class Change(StrEnum):
    """What became of a run of the text. | Ce qu’est devenue une partie du texte."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words with what became of it."""

    text: str
    change: Change


def changes(before: str, after: str) -> tuple[Run, ...]:
    """Return the text of both versions in one: what was kept, removed and added; nothing where nothing changed.

    Very long texts are compared by sentences, and beyond that as wholes.
    """
    if before.split() == after.split():
        return ()
    for pieces in (WORDS, SENTENCES):
        old, new = pieces.findall(before), pieces.findall(after)
        if max(len(old), len(new)) <= MOST_PIECES:
            return _compared(old, new)
    return _runs((before, Change.REMOVED), (after, Change.ADDED))


def _compared(old: list[str], new: list[str]) -> tuple[Run, ...]:
    matcher = SequenceMatcher(
        None, [one.strip() for one in old], [one.strip() for one in new], autojunk=False
    )
    found: list[tuple[str, Change]] = []
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            found.append(("".join(new[new_from:new_to]), Change.KEPT))
        else:
            found.append(("".join(old[old_from:old_to]), Change.REMOVED))
            found.append(("".join(new[new_from:new_to]), Change.ADDED))
    return _runs(*found)


def _runs(*found: tuple[str, Change]) -> tuple[Run, ...]:
    return tuple(Run(text, change) for text, change in found if text)

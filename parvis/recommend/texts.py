"""When two requests are the same, when they are one form letter, and what differs between them. Pure.

No threshold on any likeness tells "the same request": form letters differ only in a name, a month or a file number
(docs/decisions/similar-never-the-same.md). So *identical* is only what is equal after normalising, *alike* is what
shares most of its sequences of three words once numbers and months are taken out, and the rest is *similar*.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from parvis.core.sort_key import fold, sort_key

ALIKE = 0.6  # Jaccard index of three-word shingles, digits and months removed
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
    ]
)
_TOKEN = re.compile(r"\w+(?:[-/.’']\w+)*|\W+")
_DATE = re.compile(r"^(?:19|20)\d{2}(?:[-/.]\d{1,2}){0,2}$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$")
_SENTENCE_END = re.compile(r"[.!?:;]\s*$|\n")


class Differs(StrEnum):
    """What a marked part of a text is. | Ce qu’est une partie marquée d’un texte."""

    PERIOD = "period"
    NUMBER = "number"
    NAME = "name"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True)
class MarkedPart:
    """A run of a record's text; `differs` where it says something that the draft does not."""

    text: str
    differs: Differs | None = None


def is_identical(one: str, other: str) -> bool:
    """Tell whether two texts are equal once case, accents, punctuation and white space are evened out."""
    key = sort_key(one)
    return bool(key) and key == sort_key(other)


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Return the sequences of three words of a text, numbers and months removed; a short text is one sequence."""
    words = [
        word for word in sort_key(text).split() if word not in _MONTHS and not any(c.isdigit() for c in word)
    ]
    if len(words) < 3:  # noqa: PLR2004  # three words make a shingle
        return frozenset({tuple(words)}) if words else frozenset()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def likeness(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """Return the Jaccard index of two sets of shingles, 0 to 1."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


class Shelved:
    """Finds, among many texts, those that are alike, without comparing each with each."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.shingles = [shingles(text) for text in texts]
        self._holders: dict[tuple[str, ...], list[int]] = {}
        for place, found in enumerate(self.shingles):
            for shingle in found:
                self._holders.setdefault(shingle, []).append(place)

    def alike(self, wanted: frozenset[tuple[str, ...]], least: float = ALIKE) -> list[int]:
        """Return the places of the texts that are alike to these shingles, in order."""
        shared: dict[int, int] = {}
        for shingle in wanted:
            for place in self._holders.get(shingle, ()):
                shared[place] = shared.get(place, 0) + 1
        return sorted(
            place
            for place, count in shared.items()
            if count / (len(wanted) + len(self.shingles[place]) - count) >= least
        )


def marked(record: str, draft: str, own: str = "") -> tuple[MarkedPart, ...]:
    """Return the record's text with the periods, numbers and names marked that the draft does not hold.

    Names are words with a capital inside a sentence; those in `own`, the names of the institution itself, tell nothing.
    What is ordinary wording is never marked: it differs anyhow.
    """
    known = frozenset(sort_key(f"{draft} {own}").split())
    parts: list[MarkedPart] = []
    begins = True
    tokens = _TOKEN.findall(record)
    for place, token in enumerate(tokens):
        kind = None if _is_known(token, known) else _kind_of(token, begins=begins)
        if token.isdigit() and len(token) == 1 and fold("".join(tokens[place + 2 : place + 3])) in _MONTHS:
            kind = Differs.PERIOD
        begins = (begins and not token.strip()) or bool(_SENTENCE_END.search(token))
        if parts and parts[-1].differs == kind:
            parts[-1] = MarkedPart(parts[-1].text + token, kind)
        else:
            parts.append(MarkedPart(token, kind))
    return _joined(parts)


def _is_known(token: str, known: frozenset[str]) -> bool:
    return all(word in known for word in sort_key(token).split())


def _kind_of(token: str, *, begins: bool) -> Differs | None:
    folded = fold(token)
    if len(token) == 1:  # "I", or the number of a point in a list
        return None
    if folded in _MONTHS and (token[0].isupper() or folded != "may") and folded != "mars":
        return Differs.PERIOD
    if _DATE.match(token):
        return Differs.PERIOD
    if any(c.isdigit() for c in token):
        return Differs.NUMBER
    if token[:1].isupper() and not begins:
        return Differs.NAME
    return None


def _joined(parts: Sequence[MarkedPart]) -> tuple[MarkedPart, ...]:
    """Join two marks of one kind that only white space or a comma parts: "1 May 2020" is one period, not three."""
    out: list[MarkedPart] = []
    for part in parts:
        is_bridge = len(out) > 1 and part.differs and out[-2].differs and not out[-1].text.strip(" ,-–")
        if is_bridge and (
            part.differs == out[-2].differs or Differs.PERIOD in (part.differs, out[-2].differs)
        ):
            between, before = out.pop(), out.pop()
            kind = part.differs if part.differs == before.differs else Differs.PERIOD
            out.append(MarkedPart(before.text + between.text + part.text, kind))
        else:
            out.append(part)
    return tuple(out)


def kinds_of_difference(parts: Iterable[MarkedPart]) -> tuple[Differs, ...]:
    """Return in what the record differs, in the order of `Differs`."""
    found = {part.differs for part in parts}
    return tuple(kind for kind in Differs if kind in found)

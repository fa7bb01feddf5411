"""How good the finding is: precision and recall by kind, on sentences whose personal information is marked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from parvis.redaction.finding import find_personal_information
from parvis.redaction.findings import Kind

LABELLED = Path(__file__).resolve().parent / "data" / "labelled.txt"
_MARK = re.compile(r"\{\{([a-z-]+):(.*?)\}\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and what is personal in it: kind, start, end."""

    text: str
    marks: tuple[tuple[Kind, int, int], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How many places of one kind are marked, were found rightly, and were found where none is."""

    kind: Kind
    marked: int
    right: int
    wrong: int

    @property
    def precision(self) -> float:
        """Of what was found, the share that is marked; 1 when nothing was found."""
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Of what is marked, the share that was found; 1 when nothing is marked."""
        return self.right / self.marked if self.marked else 1.0


@dataclass(frozen=True, slots=True)
class Fault:
    """One place that was missed, or found where nothing is marked."""

    kind: Kind
    is_missed: bool
    place: str
    text: str


def read_sentences(path: Path = LABELLED) -> list[Sentence]:
    """Read marked sentences, one a line; lines that begin with # and empty ones are left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_sentence(line) for line in lines if line and not line.startswith("#")]


def _sentence(line: str) -> Sentence:
    text, marks, last = "", [], 0
    for match in _MARK.finditer(line):
        text += line[last : match.start()]
        marks.append((Kind(match.group(1)), len(text), len(text) + len(match.group(2))))
        text += match.group(2)
        last = match.end()
    return Sentence(text + line[last:], tuple(marks))


def faults(sentences: Iterable[Sentence]) -> list[Fault]:
    """Return what was missed and what was found wrongly. Right is the same kind at an overlapping place."""
    wrong = []
    for sentence in sentences:
        found = [(one.kind, one.start, one.end) for one in find_personal_information(sentence.text)]
        for is_missed, ours, theirs in ((True, sentence.marks, found), (False, found, sentence.marks)):
            wrong += [
                Fault(one[0], is_missed, sentence.text[one[1] : one[2]], sentence.text)
                for one in ours
                if not any(_is_same(one, other) for other in theirs)
            ]
    return wrong


def _is_same(one: tuple[Kind, int, int], other: tuple[Kind, int, int]) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def scores(sentences: Sequence[Sentence]) -> list[Score]:
    """Return the score of every kind."""
    wrong = faults(sentences)
    told = []
    for kind in Kind:
        marked = sum(mark[0] == kind for sentence in sentences for mark in sentence.marks)
        missed = sum(one.kind == kind and one.is_missed for one in wrong)
        false = sum(one.kind == kind and not one.is_missed for one in wrong)
        told.append(Score(kind, marked, marked - missed, false))
    return told

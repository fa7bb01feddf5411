"""What people who read judged: whether a record shown for a draft was worth reading, and which level holds a thing.

Judgements are kept as ids only: the draft is a released record taken as a draft (itself hidden), named by publisher and
request number as in evaluations of search. Grades: 2 worth reading first, 1 useful background, 0 of no use.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from parvis.core.bilingual import LANGUAGES, Language
from parvis.core.errors import ParvisError
from parvis.recommend import similar
from parvis.recommend.elsewhere import HeldBy, held_elsewhere
from parvis.recommend.evidence import REQUESTS
from parvis.search import evaluation as search_evaluation
from parvis.search import queries as search
from parvis.search.sources import SearchDocument, registered

JUDGEMENTS = Path(__file__).parent / "data" / "similar_judgements.csv"
ELSEWHERE_TEXTS = Path(__file__).parent / "data" / "elsewhere_texts.jsonl"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One grade: of a record, for a draft in one language."""

    draft: str
    language: Language
    record: str
    grade: int


def judgements(path: Path = JUDGEMENTS) -> list[Judgement]:
    """Read the judgements."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Judgement(row["draft"], "fr" if row["lang"] == "fr" else "en", row["record"], int(row["grade"]))
            for row in csv.DictReader(file)
        ]


def document_of(target: str) -> SearchDocument | None:
    """Return the record that a judgement names, None where it is not loaded."""
    for kind, public_id in sorted(search_evaluation.keys_of(target)):
        for document in registered()[kind].documents([public_id]):
            return document
    return None


def usefulness(judged: list[Judgement]) -> dict[str, Any]:
    """Return how often what is shown was judged useful, over the judged records that are shown at the cut."""
    by_draft: dict[tuple[str, Language], dict[str, int]] = {}
    for one in judged:
        by_draft.setdefault((one.draft, one.language), {})[one.record] = one.grade
    rows = [_shown_for(draft, language, grades) for (draft, language), grades in by_draft.items()]
    found = [row for row in rows if row is not None]
    return {
        **_shares(list(found)),
        "by_language": {
            language: _shares([row for row in found if row.language == language]) for language in LANGUAGES
        },
        "judgements": len(judged),
        "cut": similar.CLOSE,
    }


@dataclass(frozen=True, slots=True)
class _ShownFor:
    language: Language
    grades: tuple[int, ...]  # of what is shown and was judged
    unjudged: int
    hidden_useful: int  # judged useful and not shown


def _shown_for(draft: str, language: Language, grades: dict[str, int]) -> _ShownFor | None:
    document = document_of(draft)
    text = document.body.in_(language) if document else ""
    near = search.neighbours(text, language) if text else None
    if document is None or near is None:
        return None
    ids = {key[1]: grade for record, grade in grades.items() for key in search_evaluation.keys_of(record)}
    mine = search.numbers_of(near, REQUESTS, [document.public_id])
    hidden = np.array(list(mine.values()), np.int64)
    groups = similar.nearest_groups(near, text, document.institution, hidden)
    shown = [public_id for public_id, _ in search.bodies(near, [one.number for one in groups]).values()]
    return _ShownFor(
        language,
        tuple(ids[public_id] for public_id in shown if public_id in ids),
        sum(public_id not in ids for public_id in shown),
        sum(grade > 0 for public_id, grade in ids.items() if public_id not in shown),
    )


def _shares(rows: list[_ShownFor]) -> dict[str, float | int]:
    grades = [grade for row in rows for grade in row.grades]
    count = max(len(grades), 1)
    return {
        "useful": round(sum(grade > 0 for grade in grades) / count, 4),
        "worth_reading_first": round(sum(grade > 1 for grade in grades) / count, 4),
        "judged_and_shown": len(grades),
        "shown_unjudged": sum(row.unjudged for row in rows),
        "useful_not_shown": sum(row.hidden_useful for row in rows),
        "drafts": len(rows),
        "drafts_without_an_answer": sum(not row.grades and not row.unjudged for row in rows),
    }


def elsewhere_texts(path: Path = ELSEWHERE_TEXTS) -> Iterator[tuple[str, Language, HeldBy]]:
    """Yield the texts written for this measure, each with the level that holds what it asks for."""
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        yield told["text"], told["lang"], HeldBy(told["held_by"])


def elsewhere_accuracy() -> dict[str, Any]:
    """Return how often the level is told right: silence is the right answer for what the federal state holds."""
    counts = {level: [0, 0] for level in HeldBy}
    told_wrongly = 0
    for text, language, level in elsewhere_texts():
        near = search.neighbours(text, language)
        if near is None:
            raise ParvisError("Search is not available: there is no index. `parvis index` builds it.")
        found = held_elsewhere(near, language)
        said = found.subject.held_by if found else HeldBy.FEDERAL
        counts[level][0] += said is level
        counts[level][1] += 1
        told_wrongly += said is not level and said is not HeldBy.FEDERAL
    right, every = (sum(pair[side] for pair in counts.values()) for side in (0, 1))
    return {
        "right": round(right / max(every, 1), 4),
        "texts": every,
        "told_wrongly": told_wrongly,
        "by_level": {str(level): round(pair[0] / max(pair[1], 1), 4) for level, pair in counts.items()},
    }

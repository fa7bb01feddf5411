"""When another level of government holds it: your province, or your city.

A text is compared with phrases of ours (`data/elsewhere.yaml`), each with who holds such things and by which source.
The nearest phrase decides, when it is near, and clearly nearer than every phrase about what the federal state holds.
Measured on 60 texts judged by reading, and on federal requests, where it must keep silent.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from parvis.core.bilingual import LANGUAGES, Language, Text
from parvis.search import queries as search
from parvis.search.queries import Neighbourhood

FILE = Path(__file__).parent / "data" / "elsewhere.yaml"
NEAR = 0.30  # cosine from which the nearest phrase says anything
CLEARLY = 0.06  # how much nearer it must be than the nearest federal phrase


class HeldBy(StrEnum):
    """The level of government that holds a thing."""

    FEDERAL = "federal"
    PROVINCE = "province"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class Source:
    """Where it is written who is responsible."""

    title: Text
    url: Text


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing that one level of government holds."""

    id: str
    held_by: HeldBy
    title: Text
    source: Source
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """That something is held elsewhere; `closeness` is the cosine to the phrase that said so."""

    subject: Subject
    closeness: float


@functools.cache
def subjects() -> tuple[Subject, ...]:
    """Return the subjects of the data file."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    sources = {
        name: Source(Text(one["title_en"], one["title_fr"]), Text(one["url_en"], one["url_fr"]))
        for name, one in told["sources"].items()
    }
    return tuple(
        Subject(
            one["id"],
            HeldBy(one["held_by"]),
            Text(one["title_en"], one["title_fr"]),
            sources[one["source"]],
            tuple(phrase for language in LANGUAGES for phrase in one[f"phrases_{language}"]),
        )
        for one in told["subjects"]
    )


def phrases() -> Sequence[str]:
    """Return every phrase, for the index to keep their vectors."""
    return [phrase for subject in subjects() for phrase in subject.phrases]


def held_elsewhere(near: Neighbourhood, language: Language) -> Elsewhere | None:
    """Return what is held elsewhere, None where nothing says so or meaning cannot answer."""
    found = closenesses(near, language)
    if found is None:
        return None
    federal = max(closeness for subject, closeness in found if subject.held_by is HeldBy.FEDERAL)
    best, closeness = max(found, key=lambda one: one[1])
    if best.held_by is HeldBy.FEDERAL or closeness < NEAR or closeness < federal + CLEARLY:
        return None
    return Elsewhere(best, closeness)


def closenesses(near: Neighbourhood, language: Language) -> list[tuple[Subject, float]] | None:
    """Return each subject with the cosine of its nearest phrase."""
    cosines = search.cosines_to(near, phrases(), language)
    if cosines is None:
        return None
    found, start = [], 0
    for subject in subjects():
        found.append((subject, float(cosines[start : start + len(subject.phrases)].max())))
        start += len(subject.phrases)
    return found

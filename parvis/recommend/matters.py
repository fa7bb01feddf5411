"""What people ask each institution for, in phrases of ours, and how near a text stands to them by words.

An institution that has answered little is known by what is said of it: the sentence on its page, its names, and
`data/matters.csv`, a phrase of plain public words for each of its main matters, in both languages. They were written
from general knowledge, and name no person; docs/decisions/who-holds-it.md says who had seen what of the evaluation.
"""

import csv
import functools
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from parvis.core.bilingual import LANGUAGES, Language
from parvis.core.sort_key import sort_key
from parvis.institutions import queries as institutions
from parvis.search import queries as search
from parvis.search.queries import Neighbourhood

FILE = Path(__file__).parent / "data" / "matters.csv"
FEDERAL = "ca"
TOGETHER = 4  # phrases, the nearest ones, that speak together: near several is near by no chance word
LEAST_WORD, STEM = 3, 6  # letters: shorter words say little; what comes after is mostly an ending
SATURATES, LENGTH_COUNTS = (
    1.2,
    0.75,
)  # the two constants of BM25 (Robertson and Zaragoza, 2009), at their usual values
_NUMBER = re.compile(r"\d")

Figures = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Matter:
    """One phrase about what an institution holds."""

    institution: str
    language: Language
    phrase: str


@functools.cache
def matters() -> tuple[Matter, ...]:
    """Return every phrase of the data file, the English ones first."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        Matter(row["slug"], language, row[f"matter_{language}"]) for language in LANGUAGES for row in rows
    )


def phrases() -> Sequence[str]:
    """Return the phrases of the institutions that are known here, for the index to keep their vectors."""
    known = set(institutions.slugs())
    return [matter.phrase for matter in matters() if matter.institution in known]


def nearness_by_meaning(near: Neighbourhood) -> tuple[dict[str, float], dict[str, float]]:
    """Return for each institution the cosine of its nearest phrase, and the mean of those of its nearest few.

    Phrases of both languages count. Nothing is in either while meaning cannot answer.
    """
    known = set(near.slugs)
    found: dict[str, list[float]] = {}
    for language in LANGUAGES:
        mine = [one for one in matters() if one.language == language and one.institution in known]
        cosines = search.cosines_to(near, [one.phrase for one in mine], language)
        if cosines is None:
            return {}, {}
        for one, cosine in zip(mine, cosines, strict=True):
            found.setdefault(one.institution, []).append(float(cosine))
    loudest = {slug: sorted(cosines)[-TOGETHER:] for slug, cosines in found.items()}
    return (
        {slug: cosines[-1] for slug, cosines in loudest.items()},
        {slug: sum(cosines) / len(cosines) for slug, cosines in loudest.items()},
    )


def stems(text: str) -> list[str]:
    """Return the words of a text that say something, each cut to its beginning."""
    return [
        word[:STEM] for word in sort_key(text).split() if len(word) >= LEAST_WORD and not _NUMBER.search(word)
    ]


@dataclass(frozen=True, slots=True)
class Descriptions:
    """The words said of each institution, weighted as BM25 weights them."""

    slugs: tuple[str, ...]
    places: dict[str, int]
    weights: Figures  # a row an institution, a column a word

    def nearness(self, text: str) -> Figures:
        """Return for each institution how much of the text is said of it, as a share of the best."""
        asked = [self.places[stem] for stem in set(stems(text)) if stem in self.places]
        found = self.weights[:, asked].sum(axis=1)
        return np.asarray(found / max(float(found.max(initial=0.0)), 1e-9), np.float64)


@functools.lru_cache(maxsize=8)
def descriptions(slugs: tuple[str, ...], language: Language) -> Descriptions:
    """Return what is said of these institutions in one language."""
    texts: dict[str, list[str]] = {slug: [] for slug in slugs}
    for detail in institutions.institution_details(slugs):
        names = [detail.title, detail.legal_title, *(name.title for name in detail.former_names)]
        said = [detail.purpose, *names]
        texts[detail.reference.slug] += [one.in_(language) for one in said]
    for matter in matters():
        if matter.language == language and matter.institution in texts:
            texts[matter.institution].append(matter.phrase)
    counts = [Counter(stems(" ".join(texts[slug]))) for slug in slugs]
    held = Counter(stem for one in counts for stem in one)
    places = {stem: place for place, stem in enumerate(held)}
    table = np.zeros((len(slugs), len(places)))
    for row, one in enumerate(counts):
        for stem, count in one.items():
            table[row, places[stem]] = count
    lengths = table.sum(axis=1, keepdims=True)
    usual = max(float(lengths.mean()) if len(slugs) else 0.0, 1e-9)
    evened = table + SATURATES * (1 - LENGTH_COUNTS + LENGTH_COUNTS * lengths / usual)
    rarity = [math.log(1 + (len(slugs) - count + 0.5) / (count + 0.5)) for count in held.values()]
    return Descriptions(slugs, places, table / np.maximum(evened, 1e-9) * np.array(rarity))

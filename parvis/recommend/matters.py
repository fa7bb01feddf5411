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
VECTORS = FILE.with_name("phrases.npz")  # of these and of elsewhere.py, made by `parvis recommend phrases`
FEDERAL = "ca"
TOGETHER = 16  # phrases, the nearest ones, that speak together
SOFTNESS = 0.1  # how fast the voice of one of them falls with its cosine
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


@dataclass(frozen=True, slots=True)
class PhraseTable:
    """The phrases about some institutions; `places[i]` says where those of `slugs[i]` stand, English before French.

    Rows are as long as the longest; what is over points behind the last phrase. `owners[j]` is the place among `slugs`
    of the institution of phrase j.
    """

    slugs: tuple[str, ...]
    phrases: dict[Language, tuple[str, ...]]
    places: npt.NDArray[np.int64]
    owners: tuple[int, ...]


@functools.lru_cache(maxsize=8)
def phrase_table(known: tuple[str, ...]) -> PhraseTable:
    """Return the phrases about these institutions, laid out for a look at all at once."""
    mine = [matter for matter in matters() if matter.institution in set(known)]
    held: dict[str, list[int]] = {}
    for place, matter in enumerate(mine):
        held.setdefault(matter.institution, []).append(place)
    places = np.full((len(held), max(map(len, held.values()), default=0)), len(mine))
    for row, own in enumerate(held.values()):
        places[row, : len(own)] = own
    phrases = {side: tuple(one.phrase for one in mine if one.language == side) for side in LANGUAGES}
    rows = {slug: row for row, slug in enumerate(held)}
    return PhraseTable(tuple(held), phrases, places, tuple(rows[matter.institution] for matter in mine))


def nearness_by_meaning(near: Neighbourhood) -> tuple[dict[str, float], dict[str, float]]:
    """Return for each institution how much the text sounds like its phrases, and what its nearest few say together.

    The first is told by a regression that has learnt what sets the phrases of one institution apart from all others.
    Together the nearest say `SOFTNESS` times the logarithm of the sum of their exponentials (a soft maximum): near
    several is near by no chance word. Phrases of both languages count. Both are empty while meaning cannot answer.
    """
    table = phrase_table(tuple(near.slugs))
    cosines = [search.cosines_to(near, table.phrases[language], language) for language in LANGUAGES]
    apart = search.likeness_to_groups(near, table.phrases, table.owners)
    if cosines[0] is None or cosines[1] is None or apart is None:
        return {}, {}
    loudest = np.sort(np.concatenate([*cosines, [-np.inf]])[table.places], axis=1)[:, -TOGETHER:]
    nearest = loudest[:, -1]
    others = SOFTNESS * np.log(np.exp((loudest - nearest[:, None]) / SOFTNESS).sum(axis=1))
    return (
        dict(zip(table.slugs, apart.tolist(), strict=True)),
        dict(zip(table.slugs, (nearest + others).tolist(), strict=True)),
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

"""Whose requests read like this one: a classifier of wording, learnt when the index is built. Pure.

Institutions have a hand of their own: "Briefing note: Ref # 00-00000" is one's, "All documents in possession of" is
another's, whatever they are about. Each text is words and pairs of words, punctuation kept and every digit a nought,
weighted by how rare they are; a ridge regression over all texts says for each institution how much a text is like its
own (kernel ridge regression; Saunders et al., 1998). What it would say had some of the texts never been there follows
exactly from the same solution (`WithoutSome`), so that an evaluation hides what it must and learns nothing anew.
"""

import functools
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from parvis.core.bilingual import LANGUAGES, Language
from parvis.core.sort_key import fold

FILE_NAME = "wording.npz"
MOST_TEXTS = 6_000  # texts learnt from: the time grows with their cube (2,718 texts: twelve seconds of work)
MOST_TERMS = 20_000  # of each language, the most frequent ones; those in one text alone tell nothing
RIDGE = 0.3
AT_ONCE = 2_048  # terms multiplied at once, so that memory stays small
MOST_KEPT = 24  # solutions without some texts, some megabytes each
LONGEST = 4_000  # characters of a text that count
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"[a-z]+|0+|[^\sa-z0]")

Array = npt.NDArray[np.float32]
Figures = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


def terms(text: str) -> list[str]:
    """Return the words, signs and numbers of a text, all digits evened out, and each pair of neighbours."""
    tokens = ["^", *_TOKEN.findall(_DIGIT.sub("0", fold(text[:LONGEST]).replace("’", "'"))), "$"]
    return [*tokens, *(f"{one} {other}" for one, other in itertools.pairwise(tokens))]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Sparse rows of unit length: row i holds `weights` at `places` where `rows` is i."""

    count: int
    rows: Numbers
    places: Numbers
    weights: Array

    def dense(self, start: int, end: int) -> Array:
        """Return the columns from `start` to `end`."""
        out = np.zeros((self.count, end - start), np.float32)
        mine = (self.places >= start) & (self.places < end)
        out[self.rows[mine], self.places[mine] - start] = self.weights[mine]
        return out


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms that count in one language, and how rare each is."""

    places: Mapping[str, int]
    rarity: Array

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Terms":
        """Choose them from the texts that are learnt from."""
        held: Counter[str] = Counter()
        count = 0
        for text in texts:
            held.update(set(terms(text)) if text else ())
            count += 1
        chosen = [(term, seen) for term, seen in held.items() if seen > 1]
        chosen = sorted(chosen, key=lambda one: (-one[1], one[0]))[:MOST_TERMS]
        rarity = [math.log((1 + count) / (1 + seen)) + 1 for _, seen in chosen]
        return cls({term: place for place, (term, _) in enumerate(chosen)}, np.array(rarity, np.float32))

    def row(self, text: str) -> tuple[Numbers, Array]:
        """Return where a text has something and how much, of unit length."""
        seen = Counter(place for term in terms(text) if (place := self.places.get(term)) is not None)
        places = np.fromiter(seen, np.int64, len(seen))
        weights = self.rarity[places] * (1 + np.log(np.fromiter(seen.values(), np.float32, len(seen))))
        return places, np.asarray(weights / max(float(np.linalg.norm(weights)), 1e-9), np.float32)

    def rows(self, texts: Sequence[str]) -> _Rows:
        """Return the same for many texts."""
        made = [
            self.row(text) if text else (np.zeros(0, np.int64), np.zeros(0, np.float32)) for text in texts
        ]
        return _Rows(
            len(texts),
            np.repeat(np.arange(len(made)), [len(places) for places, _ in made]),
            np.concatenate([places for places, _ in made]) if made else np.zeros(0, np.int64),
            np.concatenate([weights for _, weights in made]) if made else np.zeros(0, np.float32),
        )


@dataclass(frozen=True, slots=True)
class Known:
    """A request to learn from: its id, its institution's slug, its text in English and in French, empty if none."""

    public_id: str
    institution: str
    texts: tuple[str, str]


def chosen(known: Sequence[Known], most: int = MOST_TEXTS) -> list[Known]:
    """Return those that are learnt from: all, or of each institution the last ones, so many that all fit."""
    counts = Counter(one.institution for one in known)
    each = max(counts.values(), default=0)
    while each > 1 and sum(min(count, each) for count in counts.values()) > most:
        each = each * 9 // 10
    left = Counter(dict.fromkeys(counts, each))
    kept = []
    for one in reversed(known):
        if left[one.institution] > 0:
            left[one.institution] -= 1
            kept.append(one)
    return kept[::-1]


class Wording:
    """What was learnt: for each language the terms, and for each term what it says for each institution."""

    def __init__(
        self, slugs: Sequence[str], spoken: Mapping[Language, tuple[Terms, Array]], texts: int
    ) -> None:
        self.slugs, self.texts, self._spoken = tuple(slugs), texts, spoken

    def scores(self, text: str, language: Language) -> dict[str, float]:
        """Return how much a text reads like what each institution was asked: near 1 like its own, near 0 not."""
        vocabulary, weights = self._spoken[language]
        places, row = vocabulary.row(text)
        found = row @ weights[places].astype(np.float32)
        return dict(zip(self.slugs, map(float, found), strict=True))

    def save(self, path: Path) -> None:
        """Write it beside the index."""
        told: dict[str, Any] = {"slugs": np.array(self.slugs), "texts": np.array(self.texts)}
        for language, (vocabulary, weights) in self._spoken.items():
            told[f"terms_{language}"] = np.array(list(vocabulary.places))
            told[f"rarity_{language}"] = vocabulary.rarity
            told[f"weights_{language}"] = weights.astype(np.float16)
        new = path.with_suffix(".new.npz")
        np.savez(new, **told)
        new.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Wording":
        """Read what was saved."""
        with np.load(path) as told:
            spoken = {
                language: (
                    Terms(
                        {str(term): place for place, term in enumerate(told[f"terms_{language}"])},
                        told[f"rarity_{language}"],
                    ),
                    told[f"weights_{language}"],
                )
                for language in LANGUAGES
            }
            return cls([str(slug) for slug in told["slugs"]], spoken, int(told["texts"]))


@functools.lru_cache(maxsize=2)
def _loaded(path: Path, _stamp: int) -> Wording:
    return Wording.load(path)


def wording_in(folder: Path) -> Wording | None:
    """Return what was learnt with a generation of the index, None where it was not yet."""
    path = folder / FILE_NAME
    try:
        return _loaded(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


def learn(known: Sequence[Known]) -> Wording:
    """Learn from these requests."""
    used = chosen(known)
    slugs, answers = _answers(used)
    spoken = {}
    for side, language in enumerate(LANGUAGES):
        vocabulary, rows = _read(used, side)
        likeness = _products(rows, rows, len(vocabulary.places))
        shares = np.linalg.solve(likeness + RIDGE * np.eye(len(used), dtype=np.float32), answers)
        size = len(vocabulary.places)
        weights = [
            rows.dense(start, min(start + AT_ONCE, size)).T @ shares for start in range(0, size, AT_ONCE)
        ]
        spoken[language] = (
            vocabulary,
            np.concatenate(weights) if weights else np.zeros((0, len(slugs)), np.float32),
        )
    return Wording(slugs, spoken, len(known))


class WithoutSome:
    """The same classifier for an evaluation: what it says had some requests never been there."""

    def __init__(self, known: Sequence[Known]) -> None:
        used = chosen(known)
        self.slugs, answers = _answers(used)
        self._answers = answers
        self._places = {one.public_id: place for place, one in enumerate(used)}
        self._owners = np.array([self.slugs.index(one.institution) for one in used])
        self._spoken: dict[Language, tuple[Terms, _Rows, Figures, Figures]] = {}
        self._kept: dict[tuple[Language, bytes], Figures] = {}
        for side, language in enumerate(LANGUAGES):
            vocabulary, rows = _read(used, side)
            likeness = _products(rows, rows, len(vocabulary.places)).astype(np.float64)
            inverse: Figures = np.linalg.inv(likeness + RIDGE * np.eye(len(used))).astype(np.float64)
            self._spoken[language] = (vocabulary, rows, inverse, inverse @ answers)

    def scores(
        self, text: str, language: Language, hidden: Iterable[str], institutions: Sequence[str] = ()
    ) -> dict[str, float]:
        """Return the scores without the requests `hidden` (ids), and without all of some `institutions`."""
        vocabulary, rows, *_ = self._spoken[language]
        places, row = vocabulary.row(text)
        at = np.zeros(len(vocabulary.places), np.float32)
        at[places] = row
        near = np.bincount(rows.rows, rows.weights * at[rows.places], minlength=rows.count)
        codes = [self.slugs.index(slug) for slug in institutions if slug in self.slugs]
        out = np.union1d(
            np.array([self._places[one] for one in hidden if one in self._places], np.int64),
            np.flatnonzero(np.isin(self._owners, codes)),
        )
        found = near @ self._shares_without(language, out.astype(np.int64).tobytes())
        return dict(zip(self.slugs, map(float, found), strict=True))

    def _shares_without(self, language: Language, hidden: bytes) -> Figures:
        """Return the solution without some rows; kept, since a cold start hides the same ones again and again."""
        if (kept := self._kept.get((language, hidden))) is not None:
            return kept
        _vocabulary, _rows, inverse, shares = self._spoken[language]
        out = np.frombuffer(hidden, np.int64)
        left = shares - inverse[:, out] @ np.linalg.solve(inverse[np.ix_(out, out)], shares[out])
        while len(self._kept) >= MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
        self._kept[language, hidden] = left
        return left


def _answers(used: Sequence[Known]) -> tuple[list[str], Array]:
    slugs = sorted({one.institution for one in used})
    answers = np.zeros((len(used), len(slugs)), np.float32)
    answers[np.arange(len(used)), [slugs.index(one.institution) for one in used]] = 1.0
    return slugs, answers


def _read(used: Sequence[Known], side: int) -> tuple[Terms, _Rows]:
    texts = [one.texts[side] for one in used]
    vocabulary = Terms.of(texts)
    return vocabulary, vocabulary.rows(texts)


def _products(ones: _Rows, others: _Rows, size: int) -> Array:
    """Return the product of each row with each other one."""
    out = np.zeros((ones.count, others.count), np.float32)
    for start in range(0, size, AT_ONCE):
        end = min(start + AT_ONCE, size)
        out += ones.dense(start, end) @ others.dense(start, end).T
    return out

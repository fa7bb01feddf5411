"""A bilingual lexicon learnt from the texts themselves: which English stem goes with which French one.

IBM Model 1 (Brown et al., 1993), a few rounds of expectation and maximisation over pairs of texts, in numpy.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Translations = dict[str, dict[str, float]]

ROUNDS = 6
LEAST_PROBABILITY = 0.06
MOST_TRANSLATIONS = 4
LONGEST_TEXT = 80  # stems of one side; longer texts align with everything
LEAST_SEEN = 2
MOST_LINKS = 12_000_000  # word pairs held at once, about 400 MB


def learn(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> dict[str, Translations]:
    """Return translations by language: `["en"]["hous"]` gives French stems with their probabilities, best first.

    `pairs` are the stems of one text in English and in French.
    """
    return {"en": _one_way(pairs), "fr": _one_way([(french, english) for english, french in pairs])}


def _one_way(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Translations:
    sources, targets = _vocabulary(side for side, _ in pairs), _vocabulary(side for _, side in pairs)
    source, target, group = _links(pairs, sources, targets)
    if not len(source):
        return {}
    cells, cell = np.unique(source.astype(np.int64) * len(targets) + target, return_inverse=True)
    cell_source = cells // len(targets)
    probability = np.full(len(cells), 1.0 / len(targets))
    for _ in range(ROUNDS):
        weight = probability[cell]
        total = np.bincount(group, weight)
        expected = np.bincount(cell, weight / total[group], minlength=len(cells))
        mass = np.bincount(cell_source, expected, minlength=len(sources))
        probability = expected / mass[cell_source]
    return _table(cells, probability, list(sources), list(targets))


def _vocabulary(sides: Iterable[Sequence[str]]) -> dict[str, int]:
    seen = Counter(stem for side in sides for stem in set(side[:LONGEST_TEXT]))
    return {stem: number for number, stem in enumerate(sorted(s for s, n in seen.items() if n >= LEAST_SEEN))}


def _links(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]], sources: dict[str, int], targets: dict[str, int]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return every pair of stems that stand in paired texts, and to which occurrence of a target stem each belongs."""
    all_sources, all_targets, groups = [], [], []
    links, group = 0, 0
    for source_side, target_side in pairs:
        left = np.array(
            [sources[s] for s in dict.fromkeys(source_side[:LONGEST_TEXT]) if s in sources], np.int32
        )
        right = np.array(
            [targets[s] for s in dict.fromkeys(target_side[:LONGEST_TEXT]) if s in targets], np.int32
        )
        if not (len(left) and len(right)):
            continue
        links += len(left) * len(right)
        if links > MOST_LINKS:
            break
        all_sources.append(np.tile(left, len(right)))
        all_targets.append(np.repeat(right, len(left)))
        groups.append(np.repeat(np.arange(group, group + len(right), dtype=np.int32), len(left)))
        group += len(right)
    if not all_sources:
        empty = np.zeros(0, np.int32)
        return empty, empty, empty
    return np.concatenate(all_sources), np.concatenate(all_targets), np.concatenate(groups)


def _table(
    cells: npt.NDArray[np.int64], probability: npt.NDArray[np.float64], sources: list[str], targets: list[str]
) -> Translations:
    table: dict[str, list[tuple[float, str]]] = {}
    for cell in np.flatnonzero(probability >= LEAST_PROBABILITY):
        source, target = divmod(int(cells[cell]), len(targets))
        if sources[source] != targets[target]:  # the same word is found without a lexicon
            table.setdefault(sources[source], []).append((float(probability[cell]), targets[target]))
    return {
        stem: {target: round(p, 4) for p, target in sorted(found, reverse=True)[:MOST_TRANSLATIONS]}
        for stem, found in table.items()
    }

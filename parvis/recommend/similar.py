"""The records that stand nearest to a draft, form letters folded into one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from parvis.core.bilingual import Language, Text, other_language
from parvis.core.sort_key import sort_key
from parvis.recommend.evidence import REQUESTS, Numbers
from parvis.recommend.suggestions import SimilarRecord
from parvis.recommend.texts import (
    ALIKE,
    Differs,
    is_identical,
    kinds_of_difference,
    likeness,
    marked,
    shingles,
)
from parvis.search import queries as search
from parvis.search.queries import Neighbourhood

SHOWN = 5
LOOKED_AT = 300  # nearest records among which form letters are counted
CLOSE = 0.40  # cosine from which a record is shown: the cut whose usefulness is measured and published
CLOSE_BY_WORDS = (
    0.5  # while meaning cannot answer: the share of the draft's longer words that the record holds
)
SAME_INSTITUTION = 0.10  # what being of the same institution counts, as a cosine
WORDS = 0.15  # what the best word score counts, as a cosine
LONG_WORD = re.compile(r"[a-z]{5,}")


@dataclass
class _Group:
    """One record and those that are alike to it."""

    number: int
    text: Text
    shingles: tuple[frozenset[tuple[str, ...]], ...]
    members: list[int] = field(default_factory=list)


def nearest_groups(near: Neighbourhood, draft: str, institution: str, hidden: Numbers | None) -> list[_Group]:
    """Return the groups to show, the nearest first; none where nothing is close."""
    found = search.bodies(near, _in_order(near, institution, hidden))
    groups: list[_Group] = []
    words = _long_words(draft)
    for number, (_, text) in found.items():
        if not _is_close(near, number, text, words):
            continue
        mine = tuple(shingles(text.in_(language)) for language in text.languages)
        group = next((one for one in groups if _are_alike(one.shingles, mine)), None)
        if group is not None:
            group.members.append(number)
        else:
            groups.append(_Group(number, text, mine))
    return groups[:SHOWN]


def _in_order(near: Neighbourhood, institution: str, hidden: Numbers | None) -> list[int]:
    mask = near.of_kind(REQUESTS)
    if hidden is not None:
        mask[hidden] = False
    worth = near.cosines + WORDS * near.words
    if institution in near.slugs and institution:
        worth = worth + SAME_INSTITUTION * (near.institutions == near.slugs.index(institution))
    numbers = np.flatnonzero(mask & ((near.cosines > 0) | (near.words > 0)))
    order = np.argsort(-worth[numbers], kind="stable")[:LOOKED_AT]
    return [int(number) for number in numbers[order]]


def _long_words(text: str) -> frozenset[str]:
    return frozenset(LONG_WORD.findall(sort_key(text)))


def _is_close(near: Neighbourhood, number: int, text: Text, words: frozenset[str]) -> bool:
    if near.has_meaning:
        return bool(near.cosines[number] >= CLOSE)
    held = max((len(words & _long_words(text.in_(side))) for side in text.languages), default=0)
    return bool(words) and held / len(words) >= CLOSE_BY_WORDS


def _are_alike(
    one: Sequence[frozenset[tuple[str, ...]]], other: Sequence[frozenset[tuple[str, ...]]]
) -> bool:
    return any(likeness(ours, theirs) >= ALIKE for ours in one for theirs in other)


def shown(
    near: Neighbourhood,
    groups: Sequence[_Group],
    draft: str,
    language: Language,
    institution: str,
    copies: Mapping[str, int],
) -> tuple[SimilarRecord, ...]:
    """Return the groups as pages show them: one record each, what differs marked, how many are like it."""
    hits = search.hits(near, [group.number for group in groups], draft, language)
    records = []
    for group, hit in zip(groups, hits, strict=True):
        body = hit.body
        side = near.language if body.in_(near.language) else other_language(near.language)
        own = " ".join(
            (hit.institution_title.en, hit.institution_title.fr, hit.institution.replace("-", " "))
        )
        parts = marked(body.in_(side), draft, own) if side == near.language else ()
        is_same = bool(institution) and hit.institution == institution
        differs = kinds_of_difference(parts)
        if institution and not is_same:
            differs = (*differs, Differs.INSTITUTION)
        records.append(
            SimilarRecord(
                hit=hit,
                closeness=float(near.cosines[group.number]),
                is_identical=any(is_identical(body.in_(one), draft) for one in body.languages),
                is_same_institution=is_same,
                marked=parts,
                differs=differs,
                alike=len(group.members),
                is_more=len(group.members) + len(groups) >= LOOKED_AT,
                copies=copies.get(hit.public_id, 0),
            )
        )
    return tuple(records)

"""What the rooms above ask: what was already answered like this, and who likely holds it.

A text has a sentence or several paragraphs, in either language. Nothing of it is kept, and nothing here decides.
"""

from dataclasses import dataclass
from datetime import date

from parvis.core.actor import Actor
from parvis.core.bilingual import Language
from parvis.institutions import queries as institutions
from parvis.institutions.queries import InstitutionReference
from parvis.recommend import policy, similar
from parvis.recommend.demand import OftenRequested, copies_of, often_requested
from parvis.recommend.elsewhere import Elsewhere, HeldBy
from parvis.recommend.evidence import Numbers
from parvis.recommend.holders import ranked_holders
from parvis.recommend.showing import ShownAnswer, ShownHolder, ShownRecord, present
from parvis.recommend.subjects import SubjectList, by_subject
from parvis.recommend.suggestions import Holder, LikelyHolders, SimilarRecord, SimilarRecords
from parvis.recommend.texts import Differs, MarkedPart
from parvis.search import queries as search

__all__ = [  # what other rooms may import
    "Differs",
    "Elsewhere",
    "HeldBy",
    "Holder",
    "LikelyHolders",
    "MarkedPart",
    "OftenRequested",
    "ShownAnswer",
    "ShownHolder",
    "ShownRecord",
    "SimilarRecord",
    "SimilarRecords",
    "SubjectList",
    "UnansweredWords",
    "by_subject",
    "likely_holders",
    "often_requested",
    "present",
    "similar_records",
    "unanswered_words",
]
LONGEST_TEXT = 8_000  # characters; what comes after is not read
LEAST_TEXT = 3  # letters


def similar_records(
    text: str, language: Language, institution: str | None = None, *, hidden: Numbers | None = None
) -> SimilarRecords:
    """Return the released records worth reading before asking this, the nearest first; none where nothing is close.

    `language` is that of the page. Records of `institution` (a slug) come first among equals. `hidden` are numbers of
    documents that must not be seen, for an evaluation.
    """
    draft = _cut(text)
    if len(draft) < LEAST_TEXT:
        return SimilarRecords()
    near = search.neighbours(draft, language)
    if near is None:
        return SimilarRecords(is_available=False)
    groups = similar.nearest_groups(near, draft, institution or "", hidden)
    ids = [public_id for public_id, _ in search.bodies(near, [group.number for group in groups]).values()]
    records = similar.shown(near, groups, draft, language, institution or "", copies_of(ids))
    return SimilarRecords(records=records, is_words_only=not near.has_meaning)


def likely_holders(text: str, language: Language) -> LikelyHolders:
    """Return the institutions that likely hold what a text asks for, each with its evidence, the likeliest first."""
    draft = _cut(text)
    if len(draft) < LEAST_TEXT:
        return LikelyHolders()
    near = search.neighbours(draft, language)
    if near is None:
        return LikelyHolders(is_available=False)
    return ranked_holders(near, draft, language)


def _cut(text: str) -> str:
    return text.replace("\x00", " ").strip()[:LONGEST_TEXT]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnansweredWords:
    """Words that many sought and did not find, and who likely holds what they mean."""

    text: str
    language: Language
    times: int
    last_on: date
    institution: InstitutionReference | None


def unanswered_words(actor: Actor, most: int = 200) -> tuple[UnansweredWords, ...]:
    """Return the words sought and not found that the actor may see, the most sought first."""
    rows = list(policy.visible_to(actor).order_by("-times", "-last_on", "pk")[:most])
    references = institutions.references(row.institution_id for row in rows if row.institution_id)
    return tuple(
        UnansweredWords(
            text=row.text,
            language="fr" if row.language == "fr" else "en",
            times=row.times,
            last_on=row.last_on,
            institution=references.get(row.institution_id or 0),
        )
        for row in rows
    )

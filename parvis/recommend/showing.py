"""Both answers as the page shows them."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import Language
from parvis.recommend.elsewhere import Elsewhere, HeldBy
from parvis.recommend.subjects import SubjectList, by_subject
from parvis.recommend.suggestions import Holder, LikelyHolders, SimilarRecord, SimilarRecords
from parvis.recommend.texts import Differs, MarkedPart
from parvis.search.queries import Hit

SHOWN_LETTERS = 460  # of a record's text; its page has the whole
DIFFERENCES: dict[Differs, Promise] = {
    Differs.PERIOD: _("the period"),
    Differs.NUMBER: _("numbers"),
    Differs.NAME: _("names"),
    Differs.INSTITUTION: _("the institution"),
}
OFTEN = 5  # copies asked for from which a record is called often requested


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRecord:
    """One similar record: its address, its text with marks, cut, and in what it differs, in words."""

    record: SimilarRecord
    url: str
    parts: tuple[MarkedPart, ...]
    is_cut: bool
    differs: tuple[Promise, ...]
    month: int | None

    @property
    def is_often_requested(self) -> bool:
        """Whether many asked for a copy."""
        return self.record.copies >= OFTEN


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvidence:
    """One thing that speaks for an institution, with its address."""

    hit: Hit
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHolder:
    """One institution with what speaks for it."""

    holder: Holder
    requests: tuple[ShownEvidence, ...]
    holdings: tuple[ShownEvidence, ...]
    services: tuple[ShownEvidence, ...]

    @property
    def out_of_ten(self) -> int:
        """The confidence as people say it: right in so many of ten; never none, never all."""
        return min(max(round(self.holder.confidence * 10), 1), 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswer:
    """All that the answer shows."""

    similar: SimilarRecords
    holders: LikelyHolders
    records: tuple[ShownRecord, ...]
    institutions: tuple[ShownHolder, ...]
    elsewhere: Elsewhere | None
    is_provincial: bool
    subjects: tuple[SubjectList, ...]


def present(similar: SimilarRecords, holders: LikelyHolders, language: Language) -> ShownAnswer:
    """Return both answers as the page shows them; the list by subject where nothing is sure."""
    return ShownAnswer(
        similar=similar,
        holders=holders,
        records=tuple(_record(one, language) for one in similar.records),
        institutions=tuple(
            ShownHolder(
                holder=one,
                requests=_evidence(one.requests),
                holdings=_evidence(one.holdings),
                services=_evidence(one.services),
            )
            for one in holders.holders
        ),
        elsewhere=holders.elsewhere,
        is_provincial=holders.elsewhere is not None and holders.elsewhere.subject.held_by is HeldBy.PROVINCE,
        subjects=by_subject() if holders.is_unsure and holders.is_available else (),
    )


def _record(one: SimilarRecord, language: Language) -> ShownRecord:
    parts, is_cut = _cut(one.marked or (MarkedPart(one.hit.body.shown(language).text),))
    return ShownRecord(
        record=one,
        url=reverse(one.hit.url_name, args=[one.hit.public_id]),
        parts=parts,
        is_cut=is_cut,
        differs=tuple(DIFFERENCES[kind] for kind in one.differs),
        month=one.hit.dated_on.month if one.hit.dated_on else None,
    )


def _cut(parts: tuple[MarkedPart, ...]) -> tuple[tuple[MarkedPart, ...], bool]:
    """Return the first parts, cut between words."""
    kept: list[MarkedPart] = []
    left = SHOWN_LETTERS
    for part in parts:
        if len(part.text) > left:
            beginning = part.text[:left].rsplit(None, 1)[0] if part.differs is None else ""
            return (*kept, replace(part, text=beginning)) if beginning else tuple(kept), True
        kept.append(part)
        left -= len(part.text)
    return tuple(kept), False


def _evidence(found: tuple[Hit, ...]) -> tuple[ShownEvidence, ...]:
    return tuple(ShownEvidence(hit=hit, url=reverse(hit.url_name, args=[hit.public_id])) for hit in found)

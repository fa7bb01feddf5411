"""What the pages show beside their questions: institutions to choose from, with reasons, and the law of each kind."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils import timezone

from parvis.access import queries
from parvis.access.intake.situation import Situation
from parvis.access.queries import PartTerms
from parvis.access.states import RequestKind
from parvis.disclosure.queries import SummaryDetail, summary_detail
from parvis.institutions import queries as institutions
from parvis.law import Pack
from parvis.recommend import queries as recommend

if TYPE_CHECKING:
    from parvis.access.intake.forms.whom import InstitutionsForm
    from parvis.institutions.queries import Receiving
    from parvis.recommend.queries import ShownAnswer, ShownHolder

FOUND_AT_MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One institution that can be chosen, or that cannot be asked here (`terms.is_live`)."""

    terms: "Receiving"
    is_chosen: bool
    why: "ShownHolder | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """All that the page of institutions shows. `suggested` is None where there are no suggestions at the moment."""

    query: str
    chosen: tuple[Choice, ...]
    suggested: tuple[Choice, ...]
    found: tuple[Choice, ...]
    others: tuple[Choice, ...]
    is_more: bool
    answer: "ShownAnswer"


def choosing(now: Situation, form: "InstitutionsForm", query: str) -> Choosing:
    """Return the institutions to choose from: chosen, suggested with evidence, found, and all that take requests."""
    holders = recommend.likely_holders(now.answers.requested.text, now.language)
    answer = recommend.present(recommend.SimilarRecords(), holders, now.language)
    evidence = {shown.holder.institution.slug: shown for shown in answer.institutions}
    sought = query.strip()[:200]
    listed = (
        institutions.institution_list(query=sought, include_ended=False, language=now.language)
        if sought
        else None
    )
    hits = [item.reference.slug for item in listed.items] if listed else []
    ticked = form.chosen()
    known = institutions.receiving({*ticked, *evidence, *hits[:FOUND_AT_MOST]})
    seen: set[str] = set()

    def choices(slugs: "list[str] | tuple[str, ...]") -> tuple[Choice, ...]:
        fresh = [slug for slug in dict.fromkeys(slugs) if slug in known and slug not in seen]
        seen.update(fresh)
        return tuple(
            Choice(terms=known[slug], is_chosen=slug in ticked, why=evidence.get(slug)) for slug in fresh
        )

    chosen, found, suggested = choices(ticked), choices(hits[:FOUND_AT_MOST]), choices(list(evidence))
    others = tuple(
        Choice(terms=one, is_chosen=False)
        for one in institutions.receiving_list(now.language)
        if one.reference.slug not in seen
    )
    return Choosing(
        query=sought,
        chosen=chosen,
        suggested=suggested,
        found=found,
        others=others,
        is_more=len(hits) > FOUND_AT_MOST,
        answer=answer,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LawOfParts:
    """The parts that one law governs (None: a copy, which no law does), with the same fee and the same day."""

    law: Pack | None
    parts: tuple[PartTerms, ...]

    @property
    def first(self) -> PartTerms:
        """One of them: all stand alike."""
        return self.parts[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTerms:
    """A kind, and under which laws it would be answered were it sent today."""

    kind: str
    laws: tuple[LawOfParts, ...]
    refused: tuple[PartTerms, ...]
    is_chosen: bool


def terms_by_kind(now: Situation) -> tuple[KindTerms, ...]:
    """Return what would hold for each kind at the institutions that were chosen."""
    return tuple(_kind_terms(now, kind) for kind in RequestKind.values)


def _kind_terms(now: Situation, kind: str) -> KindTerms:
    parts = queries.terms_of(replace(now.answers, kind=kind), timezone.localdate())
    grouped: dict[object, list[PartTerms]] = {}
    for part in parts:
        if part.is_open:
            alike = (part.law.id if part.law else "", part.place, part.fee, part.dates)
            grouped.setdefault(alike, []).append(part)
    return KindTerms(
        kind=kind,
        laws=tuple(LawOfParts(law=alike[0].law, parts=tuple(alike)) for alike in grouped.values()),
        refused=tuple(part for part in parts if not part.is_open),
        is_chosen=kind == now.answers.kind,
    )


def record_of(now: Situation) -> SummaryDetail | None:
    """Return the released record of which a copy is asked."""
    found = summary_detail(now.answers.package) if now.answers.package else None
    return found if isinstance(found, SummaryDetail) else None

"""On which terms each institution of a draft would take it: the law of the day, the fee, the day of the answer."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings

from parvis.access.answers import Answers
from parvis.access.clock import Dates, copy_standard, dates_of, law_for, place_of, reckon
from parvis.access.fees import Fee, fee_for
from parvis.access.states import RequestKind
from parvis.core.bilingual import Text
from parvis.institutions import queries as institutions
from parvis.law import Deadline, Pack, Refused, received

if TYPE_CHECKING:
    from parvis.institutions.queries import Receiving


@dataclass(frozen=True, slots=True, kw_only=True)
class PartTerms:
    """What would hold for one institution's part were it sent on a day. `refusal` says why it cannot be sent there."""

    terms: "Receiving"
    law: Pack | None = None
    place: str = ""
    fee: Fee = field(default_factory=Fee)
    due: Deadline | None = None  # None for a copy, which no statute governs
    dates: Dates = field(default_factory=Dates)
    refusal: Text = field(default_factory=Text)

    @property
    def slug(self) -> str:
        """The institution's slug."""
        return self.terms.reference.slug

    @property
    def is_open(self) -> bool:
        """Whether the part can be sent."""
        return not self.refusal


def terms_of(answers: Answers, day: date) -> tuple[PartTerms, ...]:
    """Return the terms of each institution that was chosen, in the order of choice; unknown ones are left out."""
    found = institutions.receiving(answers.institutions)
    return tuple(_terms(found[slug], answers.kind, day) for slug in answers.institutions if slug in found)


def _terms(terms: "Receiving", kind: str, day: date) -> PartTerms:
    if not terms.is_live:
        return PartTerms(
            terms=terms,
            refusal=Text(
                "This institution does not take requests here yet.",
                "Cette institution ne reçoit pas encore de demandes ici.",
            ),
        )
    if kind == RequestKind.COPY:
        return PartTerms(terms=terms, dates=copy_standard(day, settings.COPY_DAYS))
    try:
        law = law_for(terms.regimes, is_personal=kind != RequestKind.RECORDS, day=day)
        place = place_of(terms.reference.jurisdiction)
        due = reckon(law.id, place, [received(day)])
    except Refused as refused:
        return PartTerms(terms=terms, refusal=refused.text)
    fee = fee_for(kind, law, terms)
    return PartTerms(terms=terms, law=law, place=place, fee=fee, due=due, dates=dates_of(due))

"""What people ask copies of: counted in the official file, shown as "often requested"."""

from collections.abc import Sequence
from dataclasses import dataclass

from parvis.core.bilingual import Text
from parvis.disclosure import queries as disclosure
from parvis.disclosure.queries import SummaryFilter
from parvis.institutions import queries as institutions
from parvis.institutions.queries import InstitutionReference
from parvis.recommend.models import Demand


@dataclass(frozen=True, slots=True, kw_only=True)
class OftenRequested:
    """A released package of which copies are asked for. `public_id` is empty where the record is not loaded."""

    text: Text
    request_number: str
    institution: InstitutionReference | None
    copies: int
    public_id: str


def copies_of(public_ids: Sequence[str]) -> dict[str, int]:
    """Return how often copies of these records were asked for; those that nobody asked for are left out."""
    if not public_ids or not Demand.objects.exists():
        return {}
    rows = list(
        disclosure.filtered_summaries(SummaryFilter())
        .filter(public_id__in=public_ids)
        .order_by("pk")
        .values_list("public_id", "institution_id", "request_number")
    )
    counted = {
        (row.institution_id, row.request_number): row.copies
        for row in Demand.objects.filter(request_number__in={row[2] for row in rows}).order_by("pk")
    }
    found = {str(row[0]): counted.get((row[1], row[2]), 0) for row in rows}
    return {public_id: copies for public_id, copies in found.items() if copies}


def often_requested(most: int = 5, institution_id: int | None = None) -> tuple[OftenRequested, ...]:
    """Return the packages of which most copies were asked for, of one institution or of all."""
    wanted = Demand.objects.most_asked_first()
    if institution_id is not None:
        wanted = wanted.filter(institution_id=institution_id)
    rows = list(wanted[:most])
    references = institutions.references(row.institution_id for row in rows if row.institution_id)
    standing = {
        (institution, number): public_id
        for public_id, institution, number in disclosure.filtered_summaries(SummaryFilter())
        .filter(request_number__in=[row.request_number for row in rows])
        .order_by("pk")
        .values_list("public_id", "institution_id", "request_number")
    }
    return tuple(
        OftenRequested(
            text=row.text,
            request_number=row.request_number,
            institution=references.get(row.institution_id or 0),
            copies=row.copies,
            public_id=str(standing.get((row.institution_id or 0, row.request_number), "")),
        )
        for row in rows
    )

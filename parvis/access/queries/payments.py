"""Payments: what can be paid and how, those of a submission, by the token that a provider knows, and those to note."""

from dataclasses import dataclass

from parvis.access.fees import takes_cards
from parvis.access.models import AccessRequest, Payment, Submission
from parvis.access.queries.following import FollowedPart, FollowedSubmission
from parvis.access.states import RequestState
from parvis.core.bilingual import Text
from parvis.institutions import queries as institutions
from parvis.institutions.queries import AccessContact
from parvis.institutions.states import FeeMeans


@dataclass(frozen=True, slots=True, kw_only=True)
class WayToPay:
    """How the fee of one part can be paid: by card here or not, in which other ways, and what the institution says."""

    part: FollowedPart
    is_by_card: bool
    others: tuple[FeeMeans, ...]
    note: Text
    contact: AccessContact


def payable(submission: Submission) -> tuple[AccessRequest, ...]:
    """Return the parts of a submission that wait for their fee and that can be paid by card."""
    waiting = submission.parts.filter(state=RequestState.AWAITING_FEE).select_related("institution")
    terms = institutions.receiving(row.institution.slug for row in waiting)
    return tuple(
        row
        for row in waiting.order_by("pk")
        if row.institution.slug in terms and takes_cards(terms[row.institution.slug].fees)
    )


def ways_to_pay(whole: FollowedSubmission) -> tuple[WayToPay, ...]:
    """Return how each part that waits for its fee can be paid."""
    waiting = [part for part in whole.parts if part.is_waiting]
    terms = institutions.receiving(part.row.institution.slug for part in waiting)
    found = [(part, terms.get(part.row.institution.slug)) for part in waiting]
    return tuple(
        WayToPay(
            part=part,
            is_by_card=takes_cards(one.fees),
            others=one.fees.other_means,
            note=one.fees.note,
            contact=one.contact,
        )
        for part, one in found
        if one is not None
    )


def payment_of(submission: Submission, public_id: str) -> Payment | None:
    """Return a payment of a submission, or None."""
    return Payment.objects.filter(submission=submission, public_id=public_id).first()


def payment_by_token(token: str) -> Payment | None:
    """Return the payment that a provider tells of, or None."""
    return Payment.objects.filter(token=token).first()


def confirmed_payments() -> tuple[Payment, ...]:
    """Return the payments that were confirmed and whose confirmation nobody noted yet."""
    return tuple(Payment.objects.confirmed_unnoted().order_by("pk"))

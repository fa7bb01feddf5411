"""A submission as the person who sent it sees it."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import ngettext

from parvis.access import policy
from parvis.access.models import AccessRequest, Draft, Receipt, Submission
from parvis.access.queries.cases import CaseText, clock_of, texts_of
from parvis.access.queries.receipts import receipt_of
from parvis.access.states import RequestState
from parvis.core.actor import Actor, ActorKind
from parvis.core.bilingual import Text
from parvis.law import Deadline, Pack, pack


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedPart:
    """One institution's part of a submission."""

    row: AccessRequest
    institution: Text
    due: Deadline | None
    law: Pack | None
    texts: tuple[CaseText, ...]

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for its fee."""
        return self.row.state == RequestState.AWAITING_FEE


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedSubmission:
    """All that was sent at once. `fee_due` is what still has to be paid; `receipt` is None until it was made."""

    row: Submission
    parts: tuple[FollowedPart, ...]
    fee_due: Decimal
    currency: str
    receipt: Receipt | None


def submission_of(actor: Actor, public_id: str, *keys: str) -> Submission | None:
    """Return a submission of the actor's own, or that a key opens; None for any other, as if there were none."""
    rows = Submission.objects.filter(policy.followed_by(actor, *keys), public_id=public_id)
    return rows.select_related("requester").first()


def submission_by_key(key: str) -> Submission | None:
    """Return the submission of a private link, or None."""
    rows = (
        Submission.objects.filter(policy.followed_by(Actor.public(), key))
        if key
        else Submission.objects.none()
    )
    return rows.select_related("requester").first()


def submission_of_draft(draft: Draft) -> Submission | None:
    """Return what a draft became, None while it was not sent."""
    return Submission.objects.filter(draft=draft).select_related("requester").first()


def own_submissions(actor: Actor) -> tuple[Submission, ...]:
    """Return what a signed-in person sent, the newest first."""
    if actor.kind is not ActorKind.PERSON:
        return ()
    return tuple(Submission.objects.filter(policy.followed_by(actor)).order_by("-sent_at", "-pk"))


def open_requests_of(person_id: int) -> list[object]:
    """Return why a person's account cannot be deleted yet: an answer to an open request needs a way to them."""
    count = AccessRequest.objects.open().filter(submission__requester__person_id=person_id).count()
    if not count:
        return []
    return [
        ngettext(
            "You have %(count)d open request: withdraw it, or wait for its answer.",
            "You have %(count)d open requests: withdraw them, or wait for their answers.",
            count,
        )
        % {"count": count}
    ]


def followed(submission: Submission) -> FollowedSubmission:
    """Return a submission with its parts."""
    rows = tuple(submission.parts.select_related("institution").order_by("pk"))
    waiting = [row for row in rows if row.state == RequestState.AWAITING_FEE]
    return FollowedSubmission(
        row=submission,
        parts=tuple(
            FollowedPart(
                row=row,
                institution=row.institution.title,
                due=clock_of(row),
                law=pack(row.pack_id) if row.pack_id else None,
                texts=texts_of(row),
            )
            for row in rows
        ),
        fee_due=sum((row.fee for row in waiting), Decimal(0)),
        currency=rows[0].currency if rows else "CAD",
        receipt=receipt_of(submission),
    )

"""The receipt of a submission, as a letter."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone, translation

from parvis.access.answers import day_of
from parvis.access.models import Submission
from parvis.access.queries import FollowedPart, followed
from parvis.access.states import RequestKind, RequestState
from parvis.core.bilingual import Language, Text
from parvis.law import pack
from parvis.letters.kinds import Content, Letter, register
from parvis.theme import formats


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPart:
    """One institution's part. `due` is empty before its fee is paid; `reasons` say how the day was reached."""

    institution: Text
    number: str
    statute: Text
    due: str
    policy_due: str
    reasons: tuple[str, ...]
    complaints: Text
    is_waiting: bool
    is_copy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptContent(Content):
    """What a receipt holds: what was asked of whom, and by when they answer. It says nothing of who asked."""

    number: str
    sent_at: datetime
    kind: str
    words: str
    period: str
    parts: tuple[ReceiptPart, ...]


RECEIPT = register(
    Letter(
        name="access:receipt",
        what=Text("receipt of an access request", "accusé de réception d’une demande d’accès"),
        template="access/letters/receipt",
        title=Text("Receipt {number}", "Accusé de réception {number}"),
        content=ReceiptContent,
    )
)


def receipt_content(submission: Submission, language: Language) -> ReceiptContent:
    """Return what the receipt of a submission says, in a language."""
    parts = followed(submission).parts
    first = parts[0]
    requested = first.texts[0].requested
    ends = [day_of(requested.period_from), day_of(requested.period_to)]
    with translation.override(language):
        kind = str(RequestKind(first.row.kind).label)
    return ReceiptContent(
        on=timezone.localdate(submission.sent_at),
        number=first.row.number,
        sent_at=submission.sent_at,
        kind=kind,
        words=requested.text,
        period=" – ".join(formats.day(end, language) if end else "…" for end in ends) if any(ends) else "",
        parts=tuple(_part(one, language) for one in parts),
    )


def _part(one: FollowedPart, language: Language) -> ReceiptPart:
    row, due = one.row, one.due
    law = pack(row.pack_id) if row.pack_id else None
    statute_due = row.statute_due
    differs = row.policy_due is not None and row.policy_due != statute_due
    return ReceiptPart(
        institution=one.institution,
        number=row.number,
        statute=law.statute if law else Text(),
        due=formats.day(statute_due, language) if statute_due else "",
        policy_due=formats.day(row.policy_due, language) if row.policy_due and differs else "",
        reasons=tuple(step.text.in_(language) for step in due.steps) if due else (),
        complaints=law.review.body if law else Text(),
        is_waiting=row.state == RequestState.AWAITING_FEE,
        is_copy=row.is_informal,
    )

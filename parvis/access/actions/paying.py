"""Paying the fees of a submission by card: a payment is begun, and what became of it is noted once."""

from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from payments import PaymentStatus
from procrastinate.contrib.django import app

from parvis.access import policy
from parvis.access.actions.receiving import settle_fees
from parvis.access.events import AccessEvent, unnamed
from parvis.access.fees import CARD
from parvis.access.models import Payment, Submission
from parvis.access.queries.payments import payable
from parvis.access.states import RequestState
from parvis.audit.actions import append_event
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor

FAILED = frozenset({PaymentStatus.REJECTED, PaymentStatus.ERROR, PaymentStatus.CANCELLED})


@action
def start_payment(*, actor: Actor, submission: Submission, key: str = "") -> Payment:
    """Begin to pay what a submission still costs and can be paid by card.

    Raises NotReadyError when nothing is due, or nobody takes cards.
    """
    require(policy.can_follow(actor, submission, key))
    waiting = payable(submission)
    if not waiting:
        is_due = submission.parts.filter(state=RequestState.AWAITING_FEE).exists()
        require_none([_("Cards are not taken here.") if is_due else _("There is nothing to pay (any more).")])
    row: Payment = Payment.objects.create(
        submission=submission,
        variant=CARD,
        status=PaymentStatus.INPUT,  # so that a look at the provider's form writes nothing
        total=sum((part.fee for part in waiting), Decimal(0)),
        currency=waiting[0].currency,
        description=", ".join(part.number for part in waiting),
    )
    row.parts.set(waiting)
    append_event(AccessEvent.PAYMENT_STARTED, actor=unnamed(actor), subject=row, total=str(row.total))
    return row


@action
def note_payment(*, actor: Actor, payment: Payment) -> None:
    """Note what became of a payment: confirmed, its requests are received; of what came too much, a refund is due.

    The provider may tell it twice, by the browser and by itself, in any order and at the same moment: the submission
    is locked, and one confirmation settles once. A payment for what was paid, withdrawn or lapsed is given back.
    """
    require(actor.is_system)
    submission = Submission.objects.select_for_update().get(pk=payment.submission_id)
    row = Payment.objects.select_for_update().get(pk=payment.pk)
    if row.settled_at is not None:
        return
    if row.status in FAILED:
        append_event(AccessEvent.PAYMENT_FAILED, actor=actor, subject=row, status=row.status)
        return
    if row.status != PaymentStatus.CONFIRMED:
        return
    waiting = row.parts.filter(state=RequestState.AWAITING_FEE).order_by("pk")
    due = waiting.aggregate(due=Sum("fee"))["due"] or Decimal(0)
    is_enough = 0 < due <= row.total
    if is_enough:
        settle_fees(actor=actor, submission=submission, paid_on=timezone.localdate(), parts=list(waiting))
    row.settled_at = timezone.now()
    row.refund_due = row.total - due if is_enough else row.total
    Payment.objects.filter(pk=row.pk).update(settled_at=row.settled_at, refund_due=row.refund_due)
    event = AccessEvent.PAYMENT_CONFIRMED if is_enough else AccessEvent.PAYMENT_DOUBLED
    append_event(event, actor=actor, subject=row, total=str(row.total), refund_due=str(row.refund_due))
    if row.refund_due:
        app.configure_task("access.refund").defer(payment_id=row.pk)  # with this transaction, or not at all


@action
def note_refund(*, actor: Actor, payment: Payment) -> bool:
    """Note that what came too much was given back; return whether it was still due."""
    require(actor.is_system)
    given = Payment.objects.filter(pk=payment.pk, refund_due__gt=0).update(refund_due=0)
    if given:
        append_event(AccessEvent.PAYMENT_REFUNDED, actor=actor, subject=payment)
    return bool(given)

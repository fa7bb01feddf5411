"""A request whose fee was waited for is received: its clock begins on the day of the payment."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.access import policy
from parvis.access.arrival import begin_clock, queue_follow_up
from parvis.access.clock import dates_on_receipt
from parvis.access.events import AccessEvent
from parvis.access.models import AccessRequest, Submission
from parvis.access.states import RECEIVE, PaidBy, RequestState
from parvis.audit.actions import append_event
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor
from parvis.core.states import StaleStateError, advance


@action
def settle_fees(
    *, actor: Actor, submission: Submission, paid_on: date, parts: Iterable[AccessRequest]
) -> int:
    """Receive those parts of a submission that waited for their fee; return how many. Safe to call twice.

    The installation itself calls it when a payment is confirmed: the clock runs from that day (the statutes count
    from a request with its fee).
    """
    require(actor.is_system)
    done = sum(_receive(actor, row, paid_on) for row in parts)
    if done:
        queue_follow_up(submission)
    return done


@action
def note_fee(*, actor: Actor, access_request: AccessRequest, paid_on: date, by: PaidBy) -> bool:
    """Note that a fee came otherwise than by card; return whether the request still waited for it.

    An officer does it who has the cheque in hand. The clock runs from the day on which the fee came.
    """
    require(policy.can_work(actor, access_request))
    sent_on = timezone.localdate(access_request.created_at)
    blockers = []
    if paid_on > timezone.localdate():
        blockers.append(_("The day on which the fee came is not in the future."))
    if paid_on < sent_on:
        blockers.append(_("The fee cannot have come before the request was sent."))
    if access_request.state not in {RequestState.AWAITING_FEE, RequestState.RECEIVED}:
        blockers.append(_("This request has ended. Give the fee back."))
    require_none(blockers)
    submission = Submission.objects.select_for_update().get(pk=access_request.submission_id)
    if not _receive(actor, access_request, paid_on):
        return False
    append_event(
        AccessEvent.FEE_CAME,
        actor=actor,
        subject=access_request,
        on=paid_on,
        by=str(by),
        fee=str(access_request.fee),
    )
    queue_follow_up(submission)
    return True


def _receive(actor: Actor, row: AccessRequest, paid_on: date) -> bool:
    dates = dates_on_receipt(row.pack_id, row.place, paid_on, settings.COPY_DAYS)
    try:
        advance(row, RECEIVE, received_on=paid_on, statute_due=dates.statute_due, policy_due=dates.policy_due)
    except StaleStateError:
        return False  # another confirmation of the same payment came first
    begin_clock(actor, row, paid_on)
    return True

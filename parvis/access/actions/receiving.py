"""A request whose fee was waited for is received: its clock begins on the day of the payment."""

from datetime import date

from django.conf import settings

from parvis.access.arrival import begin_clock, queue_follow_up
from parvis.access.clock import dates_on_receipt
from parvis.access.models import Submission
from parvis.access.states import RECEIVE, RequestState
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.core.states import StaleStateError, advance


@action
def settle_fees(*, actor: Actor, submission: Submission, paid_on: date) -> int:
    """Receive the parts of a submission that waited for their fee; return how many. Safe to call twice.

    The installation itself calls it when a payment is confirmed: the clock runs from that day (the statutes count
    from a request with its fee).
    """
    require(actor.is_system)
    done = 0
    for row in submission.parts.filter(state=RequestState.AWAITING_FEE).order_by("pk"):
        dates = dates_on_receipt(row.pack_id, row.place, paid_on, settings.COPY_DAYS)
        try:
            advance(
                row, RECEIVE, received_on=paid_on, statute_due=dates.statute_due, policy_due=dates.policy_due
            )
        except StaleStateError:
            continue  # another confirmation of the same payment came first
        begin_clock(actor, row, paid_on)
        done += 1
    if done:
        queue_follow_up(submission)
    return done

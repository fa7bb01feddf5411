"""How a request ends before it is answered: its requester withdraws it, or its fee never came."""

from datetime import timedelta

from django.utils import timezone

from parvis.access import policy
from parvis.access.events import AccessEvent, unnamed
from parvis.access.models import AccessRequest
from parvis.access.states import LAPSE, WITHDRAW, RequestState
from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.core.states import StaleStateError, advance


@action
def withdraw_request(*, actor: Actor, access_request: AccessRequest, key: str = "") -> None:
    """Withdraw a request: only whoever sent it may. Raises StaleStateError when it has ended already."""
    require(policy.can_follow(actor, access_request.submission, key))
    advance(access_request, WITHDRAW, ended_on=timezone.localdate())
    append_event(AccessEvent.WITHDRAWN, actor=unnamed(actor), subject=access_request)


@action
def lapse_unpaid(*, actor: Actor, after_days: int, at_most: int = 500) -> int:
    """End the requests whose fee did not come within so many days; return how many."""
    require(actor.is_system)
    before = timezone.now() - timedelta(days=after_days)
    rows = AccessRequest.objects.filter(state=RequestState.AWAITING_FEE, created_at__lt=before).order_by("pk")
    done = 0
    for row in rows[:at_most]:
        try:
            advance(row, LAPSE, ended_on=timezone.localdate())
        except StaleStateError:
            continue  # it was paid or withdrawn at this moment
        append_event(AccessEvent.LAPSED, actor=actor, subject=row)
        done += 1
    return done

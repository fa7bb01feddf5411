"""What begins when a request is received: its clock, at once; messages and the receipt, by a worker."""

from datetime import date

from procrastinate.contrib.django import app

from parvis.access.events import AccessEvent
from parvis.access.models import AccessRequest, ClockEvent, Submission
from parvis.audit.actions import append_event
from parvis.core.actor import Actor
from parvis.law import Kind


def begin_clock(actor: Actor, row: AccessRequest, day: date) -> None:
    """Write the event with which the clock begins. A copy of what was released has none."""
    if row.pack_id:
        ClockEvent.objects.create(access_request=row, kind=Kind.RECEIVED, on=day)
    append_event(
        AccessEvent.RECEIVED, actor=actor, subject=row, on=day, due=row.statute_due or row.policy_due
    )


def queue_follow_up(submission: Submission) -> None:
    """Have a worker tell requester and offices, and make the receipt.

    The job is written by the transaction of the request: it stands with it or not at all, whatever is killed between.
    """
    app.configure_task("access.follow_up").defer(submission_id=submission.pk)

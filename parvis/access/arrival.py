"""What begins when a request is received: its clock, at once; messages and the receipt, by a worker."""

from collections.abc import Sequence
from datetime import date

from procrastinate.contrib.django import app

from parvis.access.events import AccessEvent
from parvis.access.models import AccessRequest, ClockEvent, Submission
from parvis.audit.actions import append_events, event_about
from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.law import Kind


def begin_clock(actor: Actor, row: AccessRequest, day: date) -> None:
    """Write the event with which the clock of a request begins, and its trace."""
    start_clocks([row], day)
    append_events(received_events(actor, [row], day))


def start_clocks(rows: Sequence[AccessRequest], day: date) -> None:
    """Write the event with which the clock of each begins. A copy of what was released has none."""
    ClockEvent.objects.bulk_create(
        ClockEvent(access_request=row, kind=Kind.RECEIVED, on=day) for row in rows if row.pack_id
    )


def received_events(actor: Actor, rows: Sequence[AccessRequest], day: date) -> list[Event]:
    """Return the traces that these requests were received; who calls this appends them."""
    return [
        event_about(
            AccessEvent.RECEIVED, actor=actor, subject=row, on=day, due=row.statute_due or row.policy_due
        )
        for row in rows
    ]


def queue_follow_up(submission: Submission) -> None:
    """Have a worker tell requester and offices, and make the receipt.

    The job is written by the transaction of the request: it stands with it or not at all, whatever is killed between.
    """
    app.configure_task("access.follow_up").defer(submission_id=submission.pk)

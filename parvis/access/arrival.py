"""What follows when a request is received, inside the use-case that receives it: clock, messages, receipt."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from procrastinate.contrib.django import app

from parvis.access import notices
from parvis.access.answers import Asker
from parvis.access.events import AccessEvent
from parvis.access.models import AccessRequest, ClockEvent, Submission
from parvis.audit.actions import append_event
from parvis.core.actor import Actor
from parvis.institutions import queries as institutions
from parvis.law import Kind

if TYPE_CHECKING:
    from parvis.core.bilingual import Language


def begin_clock(actor: Actor, row: AccessRequest, day: date) -> None:
    """Write the event with which the clock begins. A copy of what was released has none."""
    if row.pack_id:
        ClockEvent.objects.create(access_request=row, kind=Kind.RECEIVED, on=day)
    append_event(
        AccessEvent.RECEIVED, actor=actor, subject=row, on=day, due=row.statute_due or row.policy_due
    )


def tell_received(actor: Actor, submission: Submission, rows: list[AccessRequest]) -> None:
    """Queue what follows a receipt: a message to the requester, one to each office, and the sealed receipt."""
    kept = submission.requester.read_sealed("sealed")
    asker, key = Asker(**kept["asker"]), kept["key"]
    notices.received(
        actor=actor, submission=submission, asker=asker, key=key, numbers=[row.number for row in rows]
    )
    terms = {
        one.reference.id: one
        for one in institutions.receiving([row.institution.slug for row in rows]).values()
    }
    for row in rows:
        office = terms.get(row.institution_id)
        if office:
            language: Language = "fr" if office.languages[:1] == ("fr",) else "en"
            notices.arrived(actor=actor, row=row, address=office.contact.email, language=language)
    queue_receipt(submission)


def queue_receipt(submission: Submission) -> None:
    """Have the receipt made by a worker as soon as the transaction stands."""
    pk = submission.pk
    transaction.on_commit(lambda: app.configure_task("access.make_receipt").defer(submission_id=pk))

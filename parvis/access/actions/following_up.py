"""Telling of what was sent: the requester, and each office. A worker does it, once for each part and state."""

from typing import TYPE_CHECKING

from django.conf import settings

from parvis.access import notices
from parvis.access.actions.journeys import count_journey
from parvis.access.answers import Asker
from parvis.access.models import AccessRequest, Submission
from parvis.access.states import Outcome, RequestState
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.institutions import queries as institutions

if TYPE_CHECKING:
    from parvis.core.bilingual import Language


@action
def follow_up(*, actor: Actor, submission: Submission) -> int:
    """Tell of every part that nobody was told of as it stands; return of how many. Safe to run twice.

    Of a requester whose data was erased meanwhile nothing is left to tell.
    """
    require(actor.is_system)
    Submission.objects.select_for_update().get(pk=submission.pk)
    rows = [
        row
        for row in submission.parts.select_related("institution").order_by("pk")
        if row.state in {RequestState.AWAITING_FEE, RequestState.RECEIVED} and row.told_of != row.state
    ]
    if not rows or submission.requester.is_erased("sealed"):
        return 0
    if not any(row.told_of for row in rows):
        count_journey(
            actor=actor, outcome=Outcome.FILED
        )  # here, so that posts never wait for one row of counts
    _tell_requester(actor, submission, rows)
    _tell_offices(actor, [row for row in rows if row.state == RequestState.RECEIVED])
    for row in rows:
        AccessRequest.objects.filter(pk=row.pk).update(told_of=row.state)
    return len(rows)


def _tell_requester(actor: Actor, submission: Submission, rows: list[AccessRequest]) -> None:
    kept = submission.requester.read_sealed("sealed")
    asker, key = Asker(**kept["asker"]), kept["key"]
    received = [row.number for row in rows if row.state == RequestState.RECEIVED]
    waiting = [row.number for row in rows if row.state == RequestState.AWAITING_FEE]
    if received:
        notices.received(actor=actor, submission=submission, asker=asker, key=key, numbers=received)
    if waiting:
        days = settings.FEE_DAYS
        notices.fee_waiting(
            actor=actor, submission=submission, asker=asker, key=key, numbers=waiting, days=days
        )


def _tell_offices(actor: Actor, rows: list[AccessRequest]) -> None:
    offices = {
        one.reference.id: one
        for one in institutions.receiving([row.institution.slug for row in rows]).values()
    }
    for row in rows:
        office = offices.get(row.institution_id)
        if office:
            language: Language = "fr" if office.languages[:1] == ("fr",) else "en"
            notices.arrived(actor=actor, row=row, address=office.contact.email, language=language)

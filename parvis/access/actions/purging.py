"""Erasing what its schedule says: drafts whose day has passed, and what ended requests hold of anyone."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from parvis.access.events import AccessEvent
from parvis.access.forgetting import forget_files
from parvis.access.models import (
    AccessRequest,
    Draft,
    LegalHold,
    Requester,
    RequestText,
    Submission,
    TextSketch,
)
from parvis.access.retention import schedule
from parvis.access.states import ENDED, RequestState
from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor

BATCH = 200


@dataclass(slots=True)
class Purged:
    """What a purge erased. `held` submissions are past their day and kept by a legal hold."""

    drafts: int = 0
    submissions: int = 0
    requests: int = 0
    requesters: int = 0
    files: int = 0
    held: int = 0


@action
def purge(*, actor: Actor, today: date, is_trial: bool = False, at_most: int = BATCH) -> Purged:
    """Erase what is past its day, up to so many of each kind; return what was, or in a trial would be, erased.

    Of a submission whose every part has ended long enough ago: who asked, what was asked, files and receipts. What
    stays tells nothing of anyone: number, institution, kind, days. A part under a legal hold keeps the whole.
    """
    require(actor.is_system)
    done = Purged(held=_past_their_day(today).filter(_is_held()).count())
    _purge_drafts(today, done, is_trial=is_trial, at_most=at_most)
    rows = list(
        _past_their_day(today).exclude(_is_held()).select_related("requester").order_by("pk")[:at_most]
    )
    for submission in rows:
        _purge_submission(submission, done, is_trial=is_trial)
    if not is_trial and (done.drafts or done.submissions):
        append_event(AccessEvent.PURGED, actor=actor, subject="access", **asdict(done))
    return done


def _past_their_day(today: date) -> QuerySet[Submission]:
    """Return the submissions of which every part ended on a day that its schedule lets go, and that hold content."""
    told = schedule()
    parts = AccessRequest.objects.filter(submission=OuterRef("pk"))
    ended = Q(state__in=ENDED)
    gone = Q(state=RequestState.LAPSED, ended_on__lte=told.last_end(today, is_lapsed=True)) | (
        ended & ~Q(state=RequestState.LAPSED) & Q(ended_on__lte=told.last_end(today, is_lapsed=False))
    )
    return Submission.objects.filter(
        Exists(parts), ~Exists(parts.exclude(gone)), Exists(parts.filter(purged_at__isnull=True))
    )


def _is_held() -> Exists:
    holds = LegalHold.objects.filter(access_request__submission=OuterRef("pk"), lifted_at__isnull=True)
    return Exists(holds)


def _purge_drafts(today: date, done: Purged, *, is_trial: bool, at_most: int) -> None:
    """Delete the drafts whose last day has passed, and the emptied shells of those that were sent."""
    for draft in list(Draft.objects.over_on(today).order_by("pk")[:at_most]):
        files = list(draft.attachments.filter(submission__isnull=True))
        done.drafts += 1
        done.files += len(files)
        if not is_trial:
            forget_files(files)
            draft.delete()


def _purge_submission(submission: Submission, done: Purged, *, is_trial: bool) -> None:
    files = list(submission.attachments.all())
    receipts = list(submission.receipts.all())
    requester: Requester = submission.requester
    is_last = not requester.submissions.exclude(pk=submission.pk).exists()
    done.submissions += 1
    done.requests += submission.parts.count()
    done.requesters += int(is_last)
    done.files += len(files) + len(receipts)
    if is_trial:
        return
    now = timezone.now()
    forget_files(files)
    forget_files(receipts)
    RequestText.objects.filter(access_request__submission=submission).update(sealed=b"", why="")
    TextSketch.objects.filter(access_request__submission=submission).delete()
    submission.parts.update(purged_at=now, package="")
    if is_last:
        Requester.objects.filter(pk=requester.pk).update(
            sealed=b"", address_mark="", person_id=None, purged_at=now
        )

"""The use-cases of asking: a draft is begun, kept, given up or sent. Sent twice, it makes one submission."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from parvis.access import policy, queries
from parvis.access.actions.journeys import count_journey
from parvis.access.answers import Answers
from parvis.access.arrival import queue_follow_up, received_events, start_clocks
from parvis.access.events import AccessEvent, unnamed
from parvis.access.forgetting import forget_files
from parvis.access.models import (
    AccessRequest,
    Attachment,
    Draft,
    Requester,
    RequestText,
    Submission,
    UsualFile,
)
from parvis.access.numbers import give_numbers
from parvis.access.queries.blockers import sending_blockers
from parvis.access.queries.terms import PartTerms
from parvis.access.states import SEND, DraftState, Outcome, RequestState, Waiver
from parvis.audit.actions import append_event, append_events, event_about
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.core.keys import keyed_mark
from parvis.core.public_id import new_public_id
from parvis.core.states import StaleStateError, advance
from parvis.core.tokens import new_token, token_hash

if TYPE_CHECKING:
    from parvis.core.bilingual import Language

NOBODY = Text()


@action
def start_draft(*, actor: Actor, answers: Answers) -> tuple[Draft, str]:
    """Begin a draft; return it with its key, which is kept nowhere: it stands in a guest's private link."""
    key, now = new_token(), timezone.now()
    draft = Draft(
        key_hash=token_hash(key),
        person_id=actor.person_id,
        language=answers.language,
        created_at=now,
        changed_at=now,
        expires_on=_last_day(now.date()),
    )
    draft.keep_sealed("sealed", answers.as_json())
    draft.save()
    append_event(AccessEvent.DRAFT_STARTED, actor=unnamed(actor), subject=draft)
    return draft, key


@action
def keep_answers(*, actor: Actor, draft: Draft, answers: Answers, key: str = "") -> None:
    """Keep the answers of a draft that is being written, and give it its whole time again.

    Raises StaleStateError when it was sent meanwhile, in another tab: what was sent does not change.
    """
    require(policy.can_open_draft(actor, draft, key))
    now = timezone.now()
    draft.keep_sealed("sealed", answers.as_json())
    kept = Draft.objects.being_written().filter(pk=draft.pk)
    if not kept.update(
        sealed=draft.sealed, language=answers.language, changed_at=now, expires_on=_last_day(now.date())
    ):
        raise StaleStateError(SEND)
    draft.refresh_from_db()


@action
def claim_draft(*, actor: Actor, draft: Draft, key: str) -> None:
    """Make a guest's draft the person's own, who has signed in since."""
    require(actor.person_id is not None and policy.can_open_draft(actor, draft, key))
    Draft.objects.being_written().filter(pk=draft.pk, person__isnull=True).update(person_id=actor.person_id)
    draft.refresh_from_db()


@action
def discard_draft(*, actor: Actor, draft: Draft, key: str = "", is_satisfied: bool = False) -> None:
    """Delete a draft with all its files at once. `is_satisfied`: what was needed had been released already."""
    require(policy.can_open_draft(actor, draft, key))
    if draft.state != DraftState.OPEN:
        raise StaleStateError(SEND)
    if is_satisfied:
        count_journey(actor=actor, outcome=Outcome.SATISFIED)
    forget_files(draft.attachments.filter(submission__isnull=True))
    append_event(AccessEvent.DRAFT_DISCARDED, actor=unnamed(actor), subject=draft)
    draft.delete()


@action
def send_draft(*, actor: Actor, draft: Draft, key: str = "", verified_by: Text = NOBODY) -> Submission:
    """Send a draft: a part for each institution, each under the law of the day, with its number.

    Sent again (a double click, a second tab, a lost answer), it returns the one submission that it made. Raises
    NotReadyError with what is still missing; nothing of the draft is lost then. Parts with a fee wait for it.
    `verified_by` has verified who is signed in; it is kept with who proves by account who they are.
    """
    require(policy.can_open_draft(actor, draft, key))
    if draft.state == DraftState.SENT:
        return Submission.objects.get(draft=draft)
    answers, today = queries.answers_of(draft), timezone.localdate()
    language: Language = "fr" if answers.language == "fr" else "en"
    parts = queries.terms_of(answers, today)
    require_none(sending_blockers(draft, answers, parts, language))
    try:
        advance(draft, SEND, changed_at=timezone.now(), sealed=b"")
    except StaleStateError:  # another post of the same draft came first, and stands by now
        return Submission.objects.get(draft=draft)
    submission = _submit(actor, draft, _vouched(answers, verified_by), key)
    _file_parts(actor, submission, answers, parts, today)
    return submission


def _vouched(answers: Answers, verified_by: Text) -> Answers:
    """Return the answers with who vouches for the asker: what the draft itself says of it does not count."""
    is_vouched = bool(verified_by) and answers.asker.identity_by == "account"
    kept = {"en": verified_by.en, "fr": verified_by.fr} if is_vouched else {}
    return replace(answers, asker=replace(answers.asker, verified_by=kept))


def _submit(actor: Actor, draft: Draft, answers: Answers, key: str) -> Submission:
    asker = answers.asker
    requester = Requester(
        person_id=draft.person_id,
        language=answers.language,
        is_anonymous=asker.is_anonymous,
        address_mark=keyed_mark("access: addresses of requesters", asker.email.strip().lower())
        if asker.email
        else "",
    )
    requester.keep_sealed("sealed", {"asker": asdict(asker), "key": key})
    requester.save()
    submission = Submission.objects.create(
        draft=draft, requester=requester, language=answers.language, key_hash=draft.key_hash
    )
    Attachment.objects.filter(draft=draft).update(submission=submission)
    append_event(AccessEvent.SENT, actor=unnamed(actor), subject=submission, kind=answers.kind)
    return submission


def _file_parts(
    actor: Actor, submission: Submission, answers: Answers, parts: Sequence[PartTerms], today: date
) -> None:
    """Write all parts, their texts, clocks and traces: a statement for each table, however many parts there are.

    Numbers come last: who takes one makes all others of the institution wait until the transaction ends.
    """
    usual = UsualFile.objects.filter(public_id=answers.usual_file).first() if answers.usual_file else None
    rows = [_request(submission, answers, part, usual, today) for part in parts]
    AccessRequest.objects.bulk_create(rows)
    texts = [RequestText(access_request=row) for row in rows]
    for text in texts:
        text.keep_sealed("sealed", asdict(answers.requested))
    RequestText.objects.bulk_create(texts)
    received = [row for row in rows if row.state == RequestState.RECEIVED]
    start_clocks(received, today)
    queue_follow_up(submission)
    slugs = {part.terms.reference.id: part.slug for part in parts}
    numbers = give_numbers(submission, slugs, answers.kind, today.year)
    filed = [
        event_about(
            AccessEvent.FILED,
            actor=unnamed(actor),
            subject=row,
            number=numbers[row.institution_id],
            institution=slugs[row.institution_id],
        )
        for row in rows
    ]
    append_events([*filed, *received_events(unnamed(actor), received, today)])


def _request(
    submission: Submission,
    answers: Answers,
    part: PartTerms,
    usual: UsualFile | None,
    today: date,
) -> AccessRequest:
    reference = part.terms.reference
    is_waiting = bool(part.fee) and not answers.waive
    public_id = new_public_id()
    return AccessRequest(
        public_id=public_id,
        submission=submission,
        number=public_id,  # until it has one of its own
        institution_id=reference.id,
        kind=answers.kind,
        state=RequestState.AWAITING_FEE if is_waiting else RequestState.RECEIVED,
        regime=part.law.regime if part.law else "",
        pack_id=part.law.id if part.law else "",
        place=part.place,
        package=answers.package,
        usual_file=usual if usual and usual.institution_id == reference.id else None,
        record_format=answers.record_format,
        records_language=answers.records_language,
        received_on=None if is_waiting else today,
        statute_due=None if is_waiting else part.dates.statute_due,
        policy_due=None if is_waiting else part.dates.policy_due,
        fee=part.fee.amount,
        currency=part.fee.currency,
        waiver=Waiver.ASKED if part.fee and answers.waive else Waiver.NONE,
    )


def _last_day(today: date) -> date:
    return today + timedelta(days=settings.DRAFT_DAYS)

"""The use-cases of messages. Who talks to mail servers is `delivery.py`: no server is waited for in a transaction."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from procrastinate.contrib.django import app

from parvis.audit.actions import append_event
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor
from parvis.core.bilingual import LANGUAGES, Language
from parvis.core.states import StaleStateError, advance
from parvis.core.urgency import SOMEBODY_WAITS
from parvis.mail import policy, queries
from parvis.mail.events import MailEvent
from parvis.mail.models import OutgoingMail
from parvis.mail.registry import mail_template
from parvis.mail.rendering import Value, render
from parvis.mail.reports import Report
from parvis.mail.sealing import Letter, address_hash, seal
from parvis.mail.states import BOUNCE, GIVE_UP, POSTPONE, RETRY, SEND, MailFault, MailState

CLAIM_LASTS = timedelta(minutes=5)  # no server is waited for longer than two
ADDRESS_KEPT = timedelta(days=30)  # a server gives up after five days; some say so late
CAUGHT_KEPT = timedelta(days=7)
ROW_KEPT = timedelta(days=400)
SOON = timedelta(hours=1)  # a code to sign in by is of no use later


@action
def send_mail(
    *,
    actor: Actor,
    template: str,
    address: str,
    language: str,
    context: Mapping[str, Value],
    person_id: int | None = None,
) -> OutgoingMail:
    """Write a declared message and queue it for `address`; nested in the caller's transaction, it goes with it or not.

    Raises LookupError for a message that no room declared, ValueError for another context than it declares, for a
    language that is not official, or for an address with a line break in it.
    """
    declared = mail_template(template)
    if language not in LANGUAGES or not address or set(address) & set("\r\n\0"):
        raise ValueError("a message needs one address, and one of the official languages")
    spoken: Language = "fr" if language == "fr" else "en"
    rendered = render(declared, spoken, context)
    now, is_caught = timezone.now(), settings.MAIL == "catcher"
    mail = OutgoingMail.objects.create(
        template=template,
        language=spoken,
        person_id=person_id,
        state=MailState.SENT
        if is_caught
        else MailState.QUEUED,  # to catch is to keep: no server is waited for
        settled_at=now if is_caught else None,
        next_attempt_at=now,
        expires_at=now + (CAUGHT_KEPT if is_caught else declared.useful_for),
        address_hash=address_hash(address),
        sealed=seal(Letter(address, rendered.subject, rendered.text, rendered.html)),
    )
    append_event(MailEvent.QUEUED, actor=actor, subject=mail, template=template, language=spoken)
    if not is_caught:
        _defer(mail)
    return mail


def _defer(mail: OutgoingMail) -> None:
    """Have a worker send it, after the transaction; what is soon of no use goes before all else."""
    pk, is_pressing = mail.pk, mail.expires_at - timezone.now() <= SOON
    task = app.configure_task("mail.deliver", priority=SOMEBODY_WAITS if is_pressing else 0)
    transaction.on_commit(lambda: task.defer(mail_id=pk))


@action
def claim_mail(*, actor: Actor, mail_id: int) -> OutgoingMail | None:  # noqa: ARG001  # every action has an actor
    """Take a message, so that no other worker does: one conditional UPDATE. Return nothing when it is not to be had."""
    now = timezone.now()
    taken = (
        queries.outgoing()
        .filter(pk=mail_id)
        .claimable(now, now - CLAIM_LASTS)
        .update(state=MailState.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    )
    return queries.outgoing().get(pk=mail_id) if taken else None


@action
def record_sent(*, actor: Actor, mail: OutgoingMail, provider_id: str = "") -> None:
    """Note that a server took the message, and erase what is no longer needed."""
    advance(mail, SEND, settled_at=timezone.now(), sealed=None, fault="", provider_id=provider_id)
    append_event(MailEvent.SENT, actor=actor, subject=mail, attempts=mail.attempts)


@action
def postpone_mail(*, actor: Actor, mail: OutgoingMail, fault: MailFault, until: datetime) -> None:  # noqa: ARG001  # every action has an actor
    """Put the message back until a later moment."""
    advance(mail, POSTPONE, fault=fault, next_attempt_at=until, claimed_at=None)


@action
def give_up_mail(*, actor: Actor, mail: OutgoingMail, fault: MailFault) -> None:
    """Stop trying. The content stays until it expires, so that a person who mends the cause can have it tried again."""
    advance(mail, GIVE_UP, fault=fault, settled_at=timezone.now(), claimed_at=None)
    append_event(MailEvent.GIVEN_UP, actor=actor, subject=mail, fault=str(fault), attempts=mail.attempts)


@action
def retry_mail(*, actor: Actor, mail: OutgoingMail) -> None:
    """Have a message that was given up tried once more. Raises NotReadyError when its content is erased."""
    require(policy.can_retry_mail(actor, mail))
    require_none(queries.retry_blockers(mail))
    advance(mail, RETRY, next_attempt_at=timezone.now(), settled_at=None, attempts=0)
    append_event(MailEvent.RETRIED, actor=actor, subject=mail)
    _defer(mail)


@action
def bounce_mail(*, actor: Actor, mail: OutgoingMail, fault: MailFault) -> None:
    """Note that a message that was sent came back."""
    advance(mail, BOUNCE, fault=fault, settled_at=timezone.now(), sealed=None)
    append_event(MailEvent.BOUNCED, actor=actor, subject=mail, fault=str(fault))


@action
def note_bounce(*, actor: Actor, report: Report) -> bool:
    """Mark the message that a report is about, if it is one of ours that was sent; return whether it was."""
    mail = queries.message_of(report)
    if mail is None:
        return False
    try:
        bounce_mail(actor=actor, mail=mail, fault=report.fault)
    except StaleStateError:  # told twice, or never sent
        return False
    return True


@action
def tidy_mail(*, actor: Actor) -> int:
    """Erase what has outlived its use: contents at once, keyed hashes after a month, rows after a year."""
    now, erased = timezone.now(), 0
    for mail in queries.outgoing().expired(now).order_by("pk")[:1000]:
        if mail.state == MailState.QUEUED:
            give_up_mail(actor=actor, mail=mail, fault=MailFault(mail.fault or MailFault.TOO_OLD))
        erased += queries.outgoing().filter(pk=mail.pk).exclude(state=MailState.SENDING).update(sealed=None)
    settled = queries.outgoing().filter(settled_at__isnull=False)
    erased += (
        settled.filter(settled_at__lt=now - ADDRESS_KEPT).exclude(address_hash="").update(address_hash="")
    )
    settled.filter(settled_at__lt=now - ROW_KEPT).delete()
    return erased

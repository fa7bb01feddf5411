"""Reads for pages, workers and the maintenance page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.mail.models import OutgoingMail, OutgoingMailQuerySet
from parvis.mail.policy import can_see_caught, visible_to
from parvis.mail.registry import is_mail_template, mail_template
from parvis.mail.reports import Report
from parvis.mail.sealing import Letter, UnreadableError, address_hash, unseal
from parvis.mail.states import MailState

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


OVERDUE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class MailCounts:
    """How many messages stand where, for those who watch over the installation."""

    by_state: dict[str, int]
    overdue: int  # messages whose time came over ten minutes ago and that no worker has taken


@dataclass(frozen=True, slots=True)
class CaughtMail:
    """One message as the catcher shows it."""

    mail: OutgoingMail
    letter: Letter


@dataclass(frozen=True, slots=True)
class OutgoingLine:
    """One message as the list shows it: never to whom."""

    mail: OutgoingMail
    title: Text
    can_be_retried: bool


@dataclass(frozen=True, slots=True)
class OutgoingPage:
    """One page of the list, with how many stand in each state."""

    lines: tuple[OutgoingLine, ...]
    state: MailState | None
    states: tuple[tuple[MailState, int], ...]
    total: int
    number: int
    last: int


PER_PAGE = 50


def outgoing_page(actor: Actor, state: MailState | None, number: int) -> OutgoingPage:
    """Return a page of what is on its way, newest first; the nearest page there is."""
    seen = visible_to(actor)
    counted = dict(seen.order_by().values_list("state").annotate(Count("pk")))
    total = sum(counted.values())
    chosen = seen.filter(state=state) if state else seen
    last = max(1, -(-(counted.get(state, 0) if state else total) // PER_PAGE))
    number = min(max(1, number), last)
    found = chosen.order_by("-pk").defer("address_hash")[(number - 1) * PER_PAGE : number * PER_PAGE]
    lines = tuple(OutgoingLine(mail, title_of(mail), not any(retry_blockers(mail))) for mail in found)
    states = tuple((one, counted.get(one, 0)) for one in MailState)
    return OutgoingPage(lines, state, states, total, number, last)


def outgoing() -> OutgoingMailQuerySet:
    """Return all messages. For this room's actions; pages ask `policy.visible_to`."""
    return OutgoingMail.objects.all()


def mail_counts() -> MailCounts:
    """Return how many messages stand in each state, and how many wait for a worker that does not come."""
    counted = dict(OutgoingMail.objects.order_by().values_list("state").annotate(Count("pk")))
    late = OutgoingMail.objects.filter(
        state=MailState.QUEUED, next_attempt_at__lt=timezone.now() - OVERDUE
    ).count()
    return MailCounts({str(state): counted.get(state, 0) for state in MailState}, late)


def forsaken(limit: int = 500) -> list[int]:
    """Return messages whose time came over ten minutes ago: their task was lost with a worker or a database."""
    then = timezone.now() - OVERDUE
    late = outgoing().claimable(then, then)
    return list(late.order_by("next_attempt_at").values_list("pk", flat=True)[:limit])


def message_of(report: Report) -> OutgoingMail | None:
    """Return the message that a report is about: by our identifier, else the newest sent to that address."""
    if report.public_id:
        return OutgoingMail.objects.filter(public_id=report.public_id).first()
    if not report.address:
        return None
    sent = OutgoingMail.objects.filter(address_hash=address_hash(report.address), state=MailState.SENT)
    return sent.order_by("-settled_at").first()


def retry_blockers(mail: OutgoingMail) -> Iterator["_StrPromise"]:
    """Yield why a message cannot be tried again."""
    if mail.sealed is None:
        yield _("The content of this message is erased: it can no longer be sent.")
    elif mail.state != MailState.FAILED:
        yield _("Only a message that was given up can be tried again.")


def title_of(mail: OutgoingMail) -> Text:
    """Return how staff call the message; its bare name when no room declares it any more."""
    if is_mail_template(mail.template):
        return mail_template(mail.template).title
    return Text(mail.template, mail.template)


def caught(actor: Actor, public_id: str = "", limit: int = 50) -> list[CaughtMail]:
    """Return the newest messages that the catcher keeps, or the one named; none to those who may not read them."""
    if not can_see_caught(actor):
        return []
    kept = OutgoingMail.objects.filter(sealed__isnull=False).order_by("-pk")
    found = []
    for mail in (kept.filter(public_id=public_id) if public_id else kept)[:limit]:
        try:
            found.append(CaughtMail(mail, unseal(mail.sealed)))
        except UnreadableError:  # kept under another secret key
            continue
    return found

"""Handing one message over: claimed in one transaction, sent in none, settled in another.

At least once, by choice: a worker that dies between the server's yes and our note of it leaves a message that is sent
again after `CLAIM_LASTS`, because a notice that nobody got is worse than one that came twice. The second copy has the
same Message-ID; a Notify service is asked first whether it has it already. Two workers never send the same attempt.
"""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.utils import timezone

from parvis.core.actor import Actor
from parvis.core.states import StaleStateError
from parvis.mail import actions, queries
from parvis.mail.backends import Backend, PermanentFaultError, TemporaryFaultError
from parvis.mail.backends.notify import NotifyBackend
from parvis.mail.backends.smtp import SmtpBackend
from parvis.mail.models import OutgoingMail
from parvis.mail.sealing import UnreadableError, unseal
from parvis.mail.states import MailFault, MailState

LOG = structlog.get_logger("parvis.mail")
ACTOR = Actor.system("mail.deliver")
PAUSES = tuple(timedelta(seconds=s) for s in (10, 30, 120, 600, 1800, 3600, 10800, 21600, 43200, 86400))
"""How long to wait after each attempt; after the last, and once a message has lost its use, it is given up."""


class PostponedError(Exception):
    """The message is to be tried again at `until`. The worker's log shows no more than that."""

    def __init__(self, until: datetime) -> None:
        super().__init__("a message is to be tried again later")
        self.until = until


def backend() -> Backend:
    """Return the way out that the settings name."""
    if settings.MAIL == "smtp":
        return SmtpBackend(settings.SMTP_URL)
    return NotifyBackend(
        settings.MAIL, key=settings.NOTIFY_KEY, templates=settings.NOTIFY_TEMPLATES, url=settings.NOTIFY_URL
    )


def deliver(mail_id: int, way_out: Backend | None = None) -> None:
    """Try one message once. Raises PostponedError when it is to be tried again."""
    if settings.MAIL == "catcher" and way_out is None:
        return  # what an earlier setting queued waits for a server
    mail = actions.claim_mail(actor=ACTOR, mail_id=mail_id)
    if mail is None:
        _wait_for_its_time(mail_id)
        return
    fault, is_final = _try_once(mail, way_out)
    if fault:
        _settle(mail, fault, is_final=is_final)


def _try_once(mail: OutgoingMail, way_out: Backend | None) -> tuple[MailFault | None, bool]:
    """Hand the message over, and note it. Return what stood against it, if anything, and whether that is final."""
    try:
        letter = unseal(mail.sealed)
        provider_id = (way_out or backend()).send(letter, public_id=mail.public_id, language=mail.language)
        actions.record_sent(actor=ACTOR, mail=mail, provider_id=provider_id)
    except PermanentFaultError as error:
        return error.fault, True
    except TemporaryFaultError as error:
        return error.fault, False
    except UnreadableError:
        return MailFault.UNREADABLE, True
    except StaleStateError:
        return None, True  # our claim ran out, and another worker settled it
    except Exception as error:  # noqa: BLE001  # its words may name the address: only its kind is logged
        LOG.error("mail", kind=type(error).__name__, mail=mail.public_id)  # noqa: TRY400  # no trace, as above
        return MailFault.UNFORESEEN, False
    return None, True


def _settle(mail: OutgoingMail, fault: MailFault, *, is_final: bool) -> None:
    LOG.warning(
        "mail", mail=mail.public_id, template=mail.template, fault=fault.value, attempts=mail.attempts
    )
    until = timezone.now() + PAUSES[min(mail.attempts, len(PAUSES)) - 1]
    if is_final or mail.attempts >= len(PAUSES) or until >= mail.expires_at:
        actions.give_up_mail(actor=ACTOR, mail=mail, fault=fault)
        return
    actions.postpone_mail(actor=ACTOR, mail=mail, fault=fault, until=until)
    raise PostponedError(until)


def _wait_for_its_time(mail_id: int) -> None:
    """Postpone what another worker has, should that one die, and what is not due yet; let be what is settled."""
    mail = queries.outgoing().filter(pk=mail_id).first()
    if mail is None or not mail.can_be_sent:
        return
    is_taken = mail.state == MailState.SENDING and mail.claimed_at
    raise PostponedError(
        mail.claimed_at + actions.CLAIM_LASTS if is_taken and mail.claimed_at else mail.next_attempt_at
    )

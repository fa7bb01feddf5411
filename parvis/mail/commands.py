"""`parvis mail try`, `parvis mail bounces` and `parvis mail status`."""

import argparse
import contextlib
import mailbox
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.utils import timezone

from parvis.core.actor import Actor
from parvis.core.commands import Command
from parvis.core.errors import ParvisError
from parvis.mail import actions, delivery, queries
from parvis.mail.models import OutgoingMail
from parvis.mail.reports import bounces_in
from parvis.mail.states import MailFault, MailState


def _try_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("address", help="where to send the trial message")
    parser.add_argument("--language", choices=["en", "fr"], default="en", help="its language (en)")


def try_mail(arguments: argparse.Namespace) -> int:
    """Send one trial message now, and say how it went."""
    mail = actions.send_mail(
        actor=Actor.system("parvis mail try"),
        template="mail/trial",
        address=arguments.address,
        language=arguments.language,
        context={"asked_at": timezone.localtime().strftime("%Y-%m-%d %H:%M")},
    )
    with contextlib.suppress(delivery.PostponedError):  # its fault is told below
        delivery.deliver(mail.pk)
    mail = OutgoingMail.objects.get(pk=mail.pk)
    said = f": {MailFault(mail.fault).label}" if mail.fault else ""
    print(f"{MailState(mail.state).label}{said}")
    return 0 if mail.state == MailState.SENT else 1


def _bounces_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, help="a maildir, whose new mail is read, or one message in a file")


def bounces(arguments: argparse.Namespace) -> int:
    """Read what came back, and mark the messages that it is about."""
    actor, read, marked = Actor.system("parvis mail bounces"), 0, 0
    for message in _messages(arguments.path):
        read += 1
        for report in bounces_in(message):
            marked += actions.note_bounce(actor=actor, report=report)
    print(f"{read} messages read, {marked} marked as returned")
    return 0


def _messages(path: Path) -> Iterator[EmailMessage]:
    """Give each message that was not read before; one in a maildir is marked as read once it is dealt with."""
    if path.is_file():
        yield _parsed(path.read_bytes())
        return
    if not (path / "new").is_dir() or not (path / "cur").is_dir():
        raise ParvisError(f"{path} is neither a file nor a maildir (a folder with new/, cur/ and tmp/).")
    box = mailbox.Maildir(path, create=False)
    for key in sorted(box.keys()):
        kept = box[key]
        if "S" in kept.get_flags():
            continue
        yield _parsed(box.get_bytes(key))
        kept.add_flag("S")
        kept.set_subdir("cur")
        box[key] = kept


def _parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)


def status(_arguments: argparse.Namespace) -> int:
    """Say how many messages stand where."""
    counts = queries.mail_counts()
    for state in MailState:
        print(f"{counts.by_state[state]:8}  {state.label}")
    if counts.overdue:
        print(f"{counts.overdue} have waited over ten minutes for a worker: does one run?")
    return 1 if counts.overdue else 0


COMMANDS = (
    Command(
        name="mail try",
        help="Send a trial message to an address now.",
        run=try_mail,
        add_arguments=_try_arguments,
    ),
    Command(
        name="mail bounces",
        help="Read delivery reports from a maildir or a file, and mark what came back.",
        run=bounces,
        add_arguments=_bounces_arguments,
    ),
    Command(name="mail status", help="Say how many messages wait, went, failed and came back.", run=status),
)

"""What came back: delivery reports as servers write them, and receipts of Notify services."""

import json
import mailbox
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from parvis.config import command
from parvis.mail import actions, delivery, queries
from parvis.mail.models import OutgoingMail
from parvis.mail.states import MailFault, MailState
from tests.mail.conftest import ACTOR, ADDRESS
from tests.mail.test_delivery import WayOut

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-twenty-letters"
REPORT = """From: MAILER-DAEMON@mx.example.org
To: no-reply@parvis.example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Tue, 24 Nov 2026 10:00:00 -0500

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <{address}>: no such user

--b
Content-Type: {kind}

{headers}

--b--
"""


@pytest.fixture
def sent(settings: Settings) -> OutgoingMail:
    settings.MAIL, settings.SMTP_URL = "smtp", "smtp+unencrypted://127.0.0.1:1"
    settings.NOTIFY_RECEIPT_TOKEN = TOKEN
    mail = actions.send_mail(
        actor=ACTOR, template="tests/welcome", address=ADDRESS, language="en", context={"name": "Alice"}
    )
    delivery.deliver(mail.pk, WayOut())
    return OutgoingMail.objects.get(pk=mail.pk)


def report(mail: OutgoingMail | None, **words: str) -> str:
    named = f"Message-ID: <{mail.public_id}@127.0.0.1>\n" if mail else ""
    usual = {"address": ADDRESS, "action": "failed", "status": "5.1.1", "kind": "text/rfc822-headers"}
    return REPORT.format(**{**usual, "headers": f"{named}Subject: Welcome", **words})


def read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.eml"
    path.write_text(text)
    assert command.run("mail bounces", str(path)) == 0


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_marks_the_message_that_it_carries(sent: OutgoingMail, tmp_path: Path, kind: str) -> None:
    read(tmp_path, report(sent, kind=kind))
    mail = OutgoingMail.objects.get(pk=sent.pk)
    assert (mail.state, mail.fault) == (MailState.BOUNCED, MailFault.NO_SUCH_ADDRESS)
    assert queries.mail_counts().by_state["bounced"] == 1


def test_a_report_that_carries_no_message_finds_it_by_the_keyed_hash_of_its_address(
    sent: OutgoingMail, tmp_path: Path
) -> None:
    read(tmp_path, report(None, address="somebody-else@example.org"))
    assert OutgoingMail.objects.get(pk=sent.pk).state == MailState.SENT
    read(tmp_path, report(None, address="Alice@EXAMPLE.org", status="4.4.7"))
    assert OutgoingMail.objects.get(pk=sent.pk).fault == MailFault.NOT_DELIVERED


@pytest.mark.parametrize("text", ["Subject: Out of office\n\nI am away.\n", "", "\x00\xff nonsense"])
def test_what_is_no_report_marks_nothing(sent: OutgoingMail, tmp_path: Path, text: str) -> None:
    read(tmp_path, text)
    read(tmp_path, report(sent, action="delayed", status="4.4.1"))
    read(tmp_path, report(sent).replace(sent.public_id, "0000000000000000"))
    assert OutgoingMail.objects.get(pk=sent.pk).state == MailState.SENT


def test_a_maildir_is_read_once(
    sent: OutgoingMail, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box = mailbox.Maildir(tmp_path / "Maildir")
    box.add(report(sent).encode())
    box.add(b"Subject: Hello\n\nHello\n")
    assert command.run("mail bounces", str(tmp_path / "Maildir")) == 0
    assert "2 messages read, 1 marked" in capsys.readouterr().out
    assert command.run("mail bounces", str(tmp_path / "Maildir")) == 0
    said = capsys.readouterr().out
    assert "0 messages read, 0 marked" in said
    assert ADDRESS not in said
    assert len(mailbox.Maildir(tmp_path / "Maildir")) == 2


def receipt(mail: OutgoingMail, status: str) -> dict[str, str]:
    return {"id": "there-1", "reference": mail.public_id, "to": ADDRESS, "status": status}


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("delivered", MailState.SENT),
        ("permanent-failure", MailState.BOUNCED),
        ("temporary-failure", MailState.BOUNCED),
    ],
)
def test_a_receipt_with_the_token_marks_its_message(
    sent: OutgoingMail, status: str, state: MailState
) -> None:
    for _ in range(2):  # services tell again until they are answered
        answer = Client().post(
            "/mail/receipts",
            json.dumps(receipt(sent, status)),
            content_type="application/json",
            headers={"Authorization": f"Bearer {TOKEN}"},
        )
        assert answer.status_code == 204
    assert OutgoingMail.objects.get(pk=sent.pk).state == state


@pytest.mark.parametrize("shown", ["", "Bearer ", f"Bearer {TOKEN}x", TOKEN, "Bearer é"])
def test_a_receipt_without_the_token_is_answered_as_if_nothing_were_there(
    sent: OutgoingMail, shown: str
) -> None:
    answer = Client().post(
        "/mail/receipts",
        json.dumps(receipt(sent, "permanent-failure")),
        content_type="application/json",
        headers={"Authorization": shown},
    )
    assert answer.status_code == 404
    assert OutgoingMail.objects.get(pk=sent.pk).state == MailState.SENT


def test_there_is_no_place_for_receipts_where_no_token_is_set(sent: OutgoingMail, settings: Settings) -> None:
    settings.NOTIFY_RECEIPT_TOKEN = ""
    answer = Client().post(
        "/mail/receipts",
        json.dumps(receipt(sent, "permanent-failure")),
        content_type="application/json",
        headers={"Authorization": "Bearer "},
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("body", ["", "[]", "{", '{"status": "permanent-failure"}', '{"status": []}'])
def test_a_receipt_that_says_nothing_marks_nothing(sent: OutgoingMail, body: str) -> None:
    answer = Client().post(
        "/mail/receipts",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {TOKEN}"},
    )
    assert answer.status_code in {204, 400}
    assert OutgoingMail.objects.get(pk=sent.pk).state == MailState.SENT

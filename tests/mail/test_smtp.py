"""The way out through a mail server, against a real one on loopback."""

from pathlib import Path

import pytest
from pytest_django import Settings

from parvis.mail.backends import PermanentFaultError, TemporaryFaultError
from parvis.mail.backends.smtp import SmtpBackend
from parvis.mail.sealing import Letter
from parvis.mail.states import MailFault
from tests.mail.servers import Mailbox, certificate, mail_server, one_password

LETTER = Letter("alice@example.org", "Réponse à votre demande", "Bonjour Élise\n", "<p>Bonjour Élise</p>")


def post(url: str, **words: object) -> None:
    SmtpBackend(url, **words).send(LETTER, public_id="abc123", language="fr")  # type: ignore[arg-type]  # a context


def test_a_message_arrives_whole_as_text_and_as_html(settings: Settings) -> None:
    settings.MAIL_FROM, settings.BASE_URL = "Parvis <no-reply@example.org>", "https://parvis.example.org"
    box = Mailbox()
    with mail_server(box) as port:
        post(f"smtp+unencrypted://127.0.0.1:{port}")
    [message] = box.taken
    assert message["Subject"] == LETTER.subject
    assert message["To"] == LETTER.address
    assert message["From"] == "Parvis <no-reply@example.org>"
    assert message["Message-ID"] == "<abc123@parvis.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    text, html = (part.get_content() for part in message.iter_parts())
    assert text.replace("\r\n", "\n") == LETTER.text
    assert html.strip() == LETTER.html
    assert message["X-MailFrom"] == "no-reply@example.org"


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("451 4.7.1 Try again later, alice@example.org", MailFault.BUSY),
        ("450 4.2.1 Mailbox busy", MailFault.BUSY),
    ],
)
def test_a_server_that_is_busy_takes_the_message_later(answer: str, fault: MailFault) -> None:
    box = Mailbox(answer)
    with mail_server(box) as port:
        with pytest.raises(TemporaryFaultError) as refused:
            post(f"smtp+unencrypted://127.0.0.1:{port}")
        assert not isinstance(refused.value, PermanentFaultError)
        assert refused.value.fault == fault
        assert "alice" not in str(refused.value)
        assert refused.value.__context__ is None, "no trace carries the server's words"
        post(f"smtp+unencrypted://127.0.0.1:{port}")
    assert len(box.taken) == 1


def test_an_address_that_does_not_exist_is_final() -> None:
    box = Mailbox("550 5.1.1 No such user alice@example.org")
    with mail_server(box) as port, pytest.raises(PermanentFaultError) as refused:
        post(f"smtp+unencrypted://127.0.0.1:{port}")
    assert refused.value.fault == MailFault.ADDRESS_REFUSED


@pytest.mark.parametrize(
    ("answer", "kind", "fault"),
    [
        ("554 5.7.1 Spam", PermanentFaultError, MailFault.MESSAGE_REFUSED),
        ("452 4.3.1 Disk full", TemporaryFaultError, MailFault.BUSY),
    ],
)
def test_a_server_may_refuse_the_message_itself(answer: str, kind: type[Exception], fault: MailFault) -> None:
    with mail_server(Mailbox(at_data=answer)) as port, pytest.raises(TemporaryFaultError) as refused:
        post(f"smtp+unencrypted://127.0.0.1:{port}")
    assert type(refused.value) is kind
    assert refused.value.fault == fault


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with mail_server(Mailbox()) as port:
        pass
    with pytest.raises(TemporaryFaultError) as refused:
        post(f"smtp+unencrypted://127.0.0.1:{port}")
    assert refused.value.fault == MailFault.UNREACHABLE


def test_encryption_is_demanded_unless_the_address_says_otherwise() -> None:
    box = Mailbox()
    with mail_server(box) as port, pytest.raises(TemporaryFaultError) as refused:
        post(f"smtp://127.0.0.1:{port}")
    assert refused.value.fault == MailFault.ENCRYPTION
    assert not box.taken


def test_a_message_goes_through_starttls_with_a_name_and_a_password(tmp_path: Path) -> None:
    shown, believed = certificate(tmp_path)
    box = Mailbox()
    words = {"tls_context": shown, "require_starttls": True, "auth_require_tls": True}
    with mail_server(
        box, authenticator=one_password(b"parvis@x", b"p:s/w"), auth_required=True, **words
    ) as port:
        post(f"smtp://parvis%40x:p%3As%2Fw@localhost:{port}", context=believed)
        assert len(box.taken) == 1
        with pytest.raises(TemporaryFaultError) as refused:
            post(f"smtp://parvis%40x:wrong@localhost:{port}", context=believed)
        assert refused.value.fault == MailFault.CREDENTIALS
        with pytest.raises(TemporaryFaultError) as doubted:
            post(f"smtp://parvis%40x:p%3As%2Fw@localhost:{port}")  # whose certificate nobody vouches for
        assert doubted.value.fault == MailFault.ENCRYPTION
    assert len(box.taken) == 1


def test_a_message_goes_through_tls_from_the_first_byte(tmp_path: Path) -> None:
    shown, believed = certificate(tmp_path)
    box = Mailbox()
    with mail_server(box, ssl_context=shown) as port:
        post(f"smtps://localhost:{port}", context=believed)
    assert len(box.taken) == 1

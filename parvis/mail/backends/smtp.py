"""Through a mail server (RFC 5321), with encryption unless the address says otherwise."""

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from email.utils import formatdate, parseaddr
from urllib.parse import unquote, urlsplit

from django.conf import settings

from parvis.mail.backends import PermanentFaultError, TemporaryFaultError
from parvis.mail.sealing import Letter
from parvis.mail.states import MailFault

SECONDS = 30  # for each answer of the server
PORTS = {"smtp": 587, "smtps": 465, "smtp+unencrypted": 25}
PERMANENT = 500  # the first code that says: never


def message_id(public_id: str) -> str:
    """Return the Message-ID of a message: the same at each attempt, so that a mailbox can tell a second copy."""
    return f"<{public_id}@{urlsplit(settings.BASE_URL).hostname}>"


def written(letter: Letter, *, public_id: str, language: str) -> EmailMessage:
    """Return the message of a letter: text first, HTML beside it."""
    message = EmailMessage(policy=POLICY)
    message["From"] = settings.MAIL_FROM
    message["To"] = letter.address
    message["Subject"] = letter.subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = message_id(public_id)
    message["Content-Language"] = f"{language}-CA"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no automatic answer, please
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


class SmtpBackend:
    """Sends through the server that PARVIS_SMTP_URL names. `context` decides which certificates are believed."""

    def __init__(self, url: str, context: ssl.SSLContext | None = None) -> None:
        self.url = urlsplit(url)
        self.context = context or ssl.create_default_context()

    def send(self, letter: Letter, *, public_id: str, language: str) -> str:
        """Hand over a letter. Raises TemporaryFaultError or PermanentFaultError."""
        fault: TemporaryFaultError
        try:
            with self._connected() as server:
                server.send_message(
                    written(letter, public_id=public_id, language=language),
                    from_addr=parseaddr(settings.MAIL_FROM)[1],
                    to_addrs=[letter.address],
                )
        except (smtplib.SMTPException, OSError) as error:
            fault = fault_of(error)
        else:
            return ""
        raise fault  # outside the handler, so that no trace carries the server's words, which name the address

    def _connected(self) -> smtplib.SMTP:
        host, port = self.url.hostname or "localhost", self.url.port or PORTS[self.url.scheme]
        server: smtplib.SMTP
        if self.url.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=self.context)
        else:
            server = smtplib.SMTP(host, port, timeout=SECONDS)
        try:
            if self.url.scheme == "smtp":
                server.starttls(context=self.context)
            if self.url.username:
                server.login(unquote(self.url.username), unquote(self.url.password or ""))
        except BaseException:
            server.close()
            raise
        return server


TEMPORARY: tuple[tuple[tuple[type[Exception], ...], MailFault], ...] = (
    # Faults of our own set-up are temporary: they get mended, and the messages wait.
    ((smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused), MailFault.CREDENTIALS),
    ((ssl.SSLError, smtplib.SMTPNotSupportedError), MailFault.ENCRYPTION),
    ((smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected), MailFault.UNREACHABLE),
    ((smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException), MailFault.BUSY),
)


def fault_of(error: Exception) -> TemporaryFaultError:
    """Return what a server's refusal means for the message."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        if all(code >= PERMANENT for code, _said in error.recipients.values()):
            return PermanentFaultError(MailFault.ADDRESS_REFUSED)
    elif isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= PERMANENT:
        return PermanentFaultError(MailFault.MESSAGE_REFUSED)
    found = (fault for kinds, fault in TEMPORARY if isinstance(error, kinds))
    return TemporaryFaultError(next(found, MailFault.UNREACHABLE))

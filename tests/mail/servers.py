"""Real servers on loopback: one that takes mail (aiosmtpd), and one that speaks as the Notify services do."""

import asyncio
import json
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Mailbox(Message):
    """Keeps what it takes. `answers` are given to recipients first, one each; then all are welcome."""

    def __init__(self, *answers: str, at_data: str = "") -> None:
        super().__init__(EmailMessage)
        self.answers, self.at_data = list(answers), at_data
        self.taken: list[EmailMessage] = []

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.answers and (answer := self.answers.pop(0)):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # as above
        return self.at_data or await super().handle_DATA(server, session, envelope)

    def handle_message(self, message: Any) -> None:
        self.taken.append(message_from_bytes(message.as_bytes(), policy=default))


class _StartedController(Controller):
    """A server whose loop ends clean: warnings are errors here."""

    def stop(self, no_assert: bool = False) -> None:  # noqa: FBT001, FBT002  # aiosmtpd's signature
        super().stop(no_assert=no_assert)
        if not self.loop.is_closed():
            self.loop.close()


@contextmanager
def mail_server(handler: Mailbox, **words: Any) -> Iterator[int]:
    """Run a mail server on a free port, and give the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    loop = asyncio.new_event_loop()
    server = _StartedController(handler, hostname="127.0.0.1", port=port, loop=loop, **words)
    server.start()
    try:
        yield port
    finally:
        server.stop()


def one_password(name: bytes, password: bytes) -> Any:
    """Let in who knows this name and this password."""

    def ask(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
        is_right = isinstance(given, LoginPassword) and (given.login, given.password) == (name, password)
        return AuthResult(success=is_right, handled=False)

    return ask


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a certificate for 127.0.0.1; return what a server shows, and what a client believes."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "certificate.pem", folder / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(pem, secret)
    return server, ssl.create_default_context(cafile=pem)


@dataclass
class Notify:
    """A Notify service: what it was asked, and what it answers next (a status and a message); then it takes all."""

    answers: list[tuple[int, str]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    authorizations: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, method: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Answer as the documented API v2 does."""
        if method == "GET":
            reference = re.search(r"reference=([^&]+)", path)
            known = [one for one in self.sent if reference and one["reference"] == reference[1]]
            return 200, {"notifications": [{"id": one["id"]} for one in known], "links": {}}
        if self.answers:
            status, message = self.answers.pop(0)
            return status, {"status_code": status, "errors": [{"error": "Error", "message": message}]}
        self.sent.append({**body, "id": f"notification-{len(self.sent) + 1}"})
        return 201, {"id": self.sent[-1]["id"], "reference": body["reference"]}


@contextmanager
def notify_server(notify: Notify) -> Iterator[Notify]:
    """Run the service on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            notify.authorizations.append(self.headers["Authorization"])
            status, said = notify.answer(self.command, self.path, body)
            written = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        do_GET = do_POST = _answer  # noqa: N815  # the library's names

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    notify.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield notify
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""A worker that is killed while it hands a message over: the message goes, with at most one copy more a kill."""

import contextlib
import threading
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from parvis.audit.models import Event
from parvis.config.children import worker_words
from parvis.mail import actions
from parvis.mail.models import OutgoingMail
from parvis.mail.states import MailState
from tests.mail.conftest import ACTOR, ADDRESS
from tests.mail.servers import Mailbox, mail_server
from tests.tables.programs import start, until

if TYPE_CHECKING:
    import subprocess


class Slow(Mailbox):
    """A server that lets workers wait for its yes: so many before it takes the message, then one when it has it."""

    def __init__(self, *, before: int) -> None:
        super().__init__()
        self.before, self.asked = before, 0
        self.is_waiting, self.leaving = threading.Event(), threading.Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        self.asked += 1
        is_before = self.asked <= self.before
        answer = "451 Too late" if is_before else await super().handle_DATA(server, session, envelope)
        if self.asked <= self.before + 1:
            self.is_waiting.set()
            await server.loop.run_in_executor(None, self.leaving.wait, 60)
        return answer


def let_time_pass() -> None:
    """Age what the dead worker left by as long as it takes to be missed, and run what looks for it."""
    OutgoingMail.objects.update(claimed_at=timezone.now() - actions.CLAIM_LASTS - timedelta(seconds=1))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes'")
    with contextlib.suppress(AlreadyEnqueued):  # one waits already, for the next worker
        app.configure_task("core.retry_stalled").defer(timestamp=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before", [0, pytest.param(2, marks=pytest.mark.soak)])
def test_a_message_survives_workers_killed_before_and_after_the_server_took_it(
    before: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    server = Slow(before=before)
    with mail_server(server) as port:
        way = {"MAIL": "smtp", "SMTP_URL": f"smtp+unencrypted://127.0.0.1:{port}"}
        for name, value in {**way, "SECRET_KEY": settings.SECRET_KEY}.items():
            monkeypatch.setenv(f"PARVIS_{name}", value)
            monkeypatch.setattr(settings, name, value)
        mail = actions.send_mail(
            actor=ACTOR, template="mail/trial", address=ADDRESS, language="en", context={"asked_at": "now"}
        )

        request.addfinalizer(server.leaving.set)

        def work() -> "subprocess.Popen[bytes]":
            """Start a worker as the supervisor does, and have it killed whatever happens."""
            process = start(*worker_words()[3:], home=tmp_path / "other-home")
            request.addfinalizer(process.wait)
            request.addfinalizer(process.kill)
            return process

        for kill in range(1, before + 2):
            worker = work()
            until(server.is_waiting.is_set, process=worker)
            assert OutgoingMail.objects.get(pk=mail.pk).state == MailState.SENDING
            worker.kill()
            worker.wait()
            server.is_waiting.clear()
            assert len(server.taken) == (kill > before)
            mail.refresh_from_db()
            assert (mail.state, mail.attempts) == (MailState.SENDING, kill)
            assert mail.sealed is not None, "what it says is kept until it is sent"
            let_time_pass()
        worker = work()
        until(lambda: OutgoingMail.objects.get(pk=mail.pk).state == MailState.SENT, process=worker)
        server.leaving.set()
    mail.refresh_from_db()
    assert (mail.attempts, mail.sealed, mail.fault) == (before + 2, None, "")
    assert len(server.taken) == 2, "one more, for the worker that died after the server had taken it"
    assert len({str(message["Message-ID"]) for message in server.taken}) == 1
    assert Event.objects.filter(name="mail:message:sent", subject_id=mail.public_id).count() == 1

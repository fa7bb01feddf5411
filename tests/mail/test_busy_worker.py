"""A worker that is long at one thing: messages for which somebody waits go all the same."""

import contextlib
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from parvis.config.children import worker_words
from parvis.mail import actions
from parvis.mail.models import OutgoingMail
from parvis.mail.states import MailState
from parvis.search.actions import announce_all
from tests.mail.conftest import ACTOR, ADDRESS
from tests.mail.servers import Mailbox, mail_server
from tests.tables.programs import database_url, start, until


@pytest.mark.django_db(transaction=True)
def test_a_message_goes_while_the_worker_is_long_at_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    jobs = ProcrastinateJob.objects.filter(task_name="search.refresh")
    with mail_server(Mailbox()) as port, psycopg.connect(database_url()) as other:
        way = {"MAIL": "smtp", "SMTP_URL": f"smtp+unencrypted://127.0.0.1:{port}"}
        for name, value in {**way, "SECRET_KEY": settings.SECRET_KEY}.items():
            monkeypatch.setenv(f"PARVIS_{name}", value)
            monkeypatch.setattr(settings, name, value)
        # Before it reads anything, a build notes its machine: here it waits until we let go.
        other.execute("LOCK TABLE search_machine IN ACCESS EXCLUSIVE MODE")
        announce_all(kind="paper")
        worker = start(*worker_words()[3:], home=tmp_path / "other-home")
        request.addfinalizer(worker.wait)
        request.addfinalizer(worker.kill)
        until(jobs.filter(status="doing").exists, process=worker)
        announce_all(kind="paper")
        with contextlib.suppress(AlreadyEnqueued):  # one waits already
            app.configure_task("search.sweep").defer(timestamp=0)
        mail = actions.send_mail(
            actor=ACTOR, template="mail/trial", address=ADDRESS, language="en", context={"asked_at": "now"}
        )
        until(lambda: OutgoingMail.objects.get(pk=mail.pk).state == MailState.SENT, process=worker)
        # The change that was announced meanwhile is left to who builds.
        until(lambda: jobs.count() == 1, process=worker)
        other.rollback()
        until(lambda: not jobs.exists(), process=worker)

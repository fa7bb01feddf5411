"""Writes as an application does, until it is told to end: a process of its own for the tests that kill.

Each turn is one transaction: an event of the trail, a message to be sent, and an institution to be found anew. Only
when its commit was answered is the turn's number written to the file: that is what "acknowledged" means. After an error
the outcome of that turn is not known, and its number is never used again.
"""

import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
django.setup()

from django.db import Error, connection, transaction  # noqa: E402  # after Django is set up
from procrastinate.exceptions import ConnectorException  # noqa: E402  # the same

from parvis.audit.actions import append_event  # noqa: E402  # the same
from parvis.core.actor import Actor  # noqa: E402  # the same
from parvis.institutions.queries import slugs  # noqa: E402  # the same
from parvis.mail.actions import send_mail  # noqa: E402  # the same
from parvis.search.actions import announce_changes  # noqa: E402  # the same
from parvis.web.events import OperationEvent  # noqa: E402  # the same

ACTOR = Actor.system("soak")
PAUSE = 0.02  # seconds between two turns


def write(turn: str, slug: str) -> None:
    with transaction.atomic():
        append_event(OperationEvent.JOB_RETRIED, actor=ACTOR, subject="soak", turn=turn)
        send_mail(
            actor=ACTOR,
            template="mail/trial",
            address=f"{turn}@example.org",
            language="en",
            context={"asked_at": turn},
        )
        announce_changes(kind="institution", public_ids=[slug])


def main(acknowledged: Path) -> None:
    known = list(slugs())
    with acknowledged.open("a") as file:
        number = 0
        while True:
            number += 1
            turn = f"{os.getpid()}-{number}"
            try:
                write(turn, known[number % len(known)])
            except (Error, ConnectorException):  # the second one: while it queues a task, after its commit
                connection.close()
                time.sleep(0.2)
                continue
            file.write(f"{turn}\n")
            file.flush()
            time.sleep(PAUSE)


main(Path(sys.argv[1]))

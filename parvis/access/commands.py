"""`parvis access purge`: what its schedule says is erased, with a report."""

import argparse
from dataclasses import asdict

from django.utils import timezone

from parvis.access.actions.purging import BATCH, Purged, purge
from parvis.core.actor import Actor
from parvis.core.commands import Command

SAYS = {
    "drafts": "drafts whose day has passed",
    "submissions": "submissions that ended long enough ago",
    "requests": "requests of these",
    "requesters": "requesters of these",
    "files": "files and receipts of these",
    "held": "submissions past their day that a legal hold keeps",
}


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--trial", action="store_true", help="say what would be erased, and erase nothing")


def _purge(arguments: argparse.Namespace) -> int:
    actor, today, total = Actor.system("parvis access purge"), timezone.localdate(), Purged()
    while True:
        done = purge(actor=actor, today=today, is_trial=arguments.trial)
        for name, count in asdict(done).items():
            setattr(total, name, done.held if name == "held" else getattr(total, name) + count)
        if arguments.trial or not (done.drafts or done.submissions):
            break
    print("Would be erased:" if arguments.trial else "Erased:")
    for name, says in SAYS.items():
        print(f"{getattr(total, name):8}  {says}")
    if arguments.trial and max(total.drafts, total.submissions) == BATCH:
        print(f"There may be more: a trial looks at {BATCH} of each kind.")
    return 0


COMMANDS = (
    Command(
        name="access purge",
        help="Erase what the schedule of retention says: drafts, and what ended requests hold of anyone.",
        run=_purge,
        add_arguments=_add_arguments,
    ),
)

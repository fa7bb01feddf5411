"""`parvis audit verify` and `parvis audit seal`."""

import argparse

from parvis.audit import actions, queries
from parvis.core.actor import Actor
from parvis.core.commands import Command


def seal(_arguments: argparse.Namespace) -> int:
    """Chain what is not chained yet."""
    sealed = actions.seal_events(actor=Actor.system("parvis audit seal"))
    print(f"{sealed} events sealed")
    return 0


def verify(_arguments: argparse.Namespace) -> int:
    """Walk the chain and name every row that is not what was sealed."""
    actions.seal_events(actor=Actor.system("parvis audit verify"))
    faults = list(queries.verify_chain())
    for fault in faults:
        print(f"link {fault.number}: event {fault.event_id or 'unknown'} is {fault.kind}")
    if not queries.is_append_only():
        print("the database no longer refuses changes to the trail: its triggers are gone or disabled")
        return 1
    print(f"{len(faults)} faults" if faults else "the trail is whole")
    return 1 if faults else 0


COMMANDS = (
    Command(
        name="audit verify", help="Find any changed, missing or reordered row of the audit trail.", run=verify
    ),
    Command(
        name="audit seal",
        help="Chain the events that are not sealed yet (the worker does it every minute).",
        run=seal,
    ),
)

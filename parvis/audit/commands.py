"""`parvis audit verify`, `parvis audit seal`, `parvis audit head` and `parvis audit export`."""

import argparse
import sys

from parvis.audit import actions, exporting, queries
from parvis.audit.anchor import Head, anchor_path, audit_key, parse_head, read_anchor
from parvis.audit.verifying import verify_chain
from parvis.core.actor import Actor
from parvis.core.commands import Command


def seal(_arguments: argparse.Namespace) -> int:
    """Chain what is not chained yet."""
    sealed = actions.seal_events(actor=Actor.system("parvis audit seal"))
    print(f"{sealed} events sealed")
    return 0


def _verify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--head",
        type=parse_head,
        action="append",
        default=[],
        help="a head noted elsewhere, as `audit head` prints it",
    )


def verify(arguments: argparse.Namespace) -> int:
    """Walk the chain and name every row that is not what was sealed."""
    heads, said = list(arguments.head), []
    if noted := read_anchor():
        heads.append(noted)
    else:
        said.append(
            f"no head is noted in {anchor_path()}: nothing shows whether newest seals were taken away"
        )
    faults = 0
    for fault in verify_chain(audit_key(), *heads):
        faults += 1
        print(f"link {fault.number}: event {fault.event_id or 'unknown'} is {fault.kind}")
    if not queries.is_append_only():
        said.append("the database no longer refuses changes to the trail: its triggers are gone or disabled")
    lag, newest = queries.seal_lag(), queries.head()
    print(*said, sep="\n", end="\n" if said else "")
    print(f"{lag.waiting} events wait for their seal" if lag.waiting else "every event is sealed")
    if faults or said:
        print(f"{faults} faults")
        return 1
    print(f"the trail is whole, {newest.number if newest else 0} links long")
    return 0


def head(_arguments: argparse.Namespace) -> int:
    """Print the newest seal, to be noted where nobody who runs this installation can change it."""
    newest = queries.head()
    print(newest or Head(0, "0" * 64))
    return 0


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--form", choices=list(exporting.Form), default="jsonl", help="jsonl (the default) or csv"
    )


def export(arguments: argparse.Namespace) -> int:
    """Write the whole trail to standard output, and note that it was exported."""
    form = exporting.Form(arguments.form)
    actions.record_export(actor=Actor.system("parvis audit export"), form=form.value)
    for line in exporting.written(queries.everything(), form):
        sys.stdout.write(line)
    return 0


COMMANDS = (
    Command(
        name="audit verify",
        help="Find any changed, missing, inserted or reordered row of the audit trail, or a forged or shorter chain.",
        run=verify,
        add_arguments=_verify_arguments,
    ),
    Command(
        name="audit seal",
        help="Chain the events that are not sealed yet (the worker does it every minute).",
        run=seal,
    ),
    Command(name="audit head", help="Print the newest seal, to be noted elsewhere.", run=head),
    Command(
        name="audit export",
        help="Write the audit trail to standard output.",
        run=export,
        add_arguments=_export_arguments,
    ),
)

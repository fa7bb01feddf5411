"""The commands of this room."""

import argparse

from parvis.core.commands import Command, Needs
from parvis.theme import messages


def _extract(_arguments: argparse.Namespace) -> int:
    for room in messages.rooms():
        added, gone = messages.extract(room)
        if added or gone:
            print(f"{room.name}: {added} new, {gone} gone")
    return 0


def _compile(_arguments: argparse.Namespace) -> int:
    made = messages.compile_catalogues()
    print(f"{len(made)} catalogues compiled")
    return 0


def _check(_arguments: argparse.Namespace) -> int:
    said = [fault for room in messages.rooms() for fault in messages.faults(room)]
    said += messages.contradictions()
    print("\n".join(said) or "The French of the interface is complete.")
    return 1 if said else 0


COMMANDS = (
    Command(
        name="messages extract",
        help="Add to each room's French catalogue what its pages say anew, and drop what they no longer say.",
        run=_extract,
        needs=Needs.NOTHING,
    ),
    Command(
        name="messages compile",
        help="Compile the French catalogues (also done by make setup).",
        run=_compile,
        needs=Needs.NOTHING,
    ),
    Command(
        name="messages check",
        help="Say what is missing, fuzzy, unused or badly set in the French of the interface.",
        run=_check,
        needs=Needs.NOTHING,
    ),
)

"""`parvis vault`: the keys of sealed personal data."""

import argparse

from parvis.core.actor import Actor
from parvis.core.commands import Command
from parvis.vault import actions, queries
from parvis.vault.keys import vault_keys


def _status(_arguments: argparse.Namespace) -> int:
    used = queries.rows_by_key()
    for place, mark in enumerate(vault_keys().marks()):
        print(f"{mark}  {'in use' if place == 0 else 'former'}  {used.pop(mark, 0)} values")
    for mark, count in used.items():
        print(f"{mark}  NOT HERE  {count} values cannot be opened: restore this key from a backup")
    return 1 if used else 0


def _rotate(_arguments: argparse.Namespace) -> int:
    actor = Actor.system("parvis vault rotate")
    if vault_keys().given:
        print("The keys come from PARVIS_VAULT_KEYS: the first of them is in use.")
    else:
        print(f"{actions.renew_key(actor=actor)} is in use")
    total = 0
    while done := actions.reseal_some(actor=actor):
        total += done
        print(f"{total} values sealed again", flush=True)
    for mark in actions.drop_unused_keys(actor=actor) if not vault_keys().given else ():
        print(f"{mark} is deleted: nothing needs it")
    if len(vault_keys().marks()) > 1 and not vault_keys().given:
        print("The former key stays for an hour, for what is under way; the nightly task deletes it.")
    return 0


COMMANDS = (
    Command(
        name="vault status", help="Say which keys seal personal data, and how many values each.", run=_status
    ),
    Command(
        name="vault rotate",
        help="Put a new key in use, seal all personal data again with it, and delete the former one.",
        run=_rotate,
    ),
)

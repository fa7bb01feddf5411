"""`parvis backup` and `parvis restore`."""

import argparse
import shutil
from pathlib import Path

from django.conf import settings
from django.db import transaction

from parvis.audit.actions import append_event, seal_events
from parvis.audit.anchor import audit_key, read_anchor
from parvis.audit.verifying import verify_chain
from parvis.config.backups import making, restoring
from parvis.config.backups.manifest import verify
from parvis.config.environment import read_environment
from parvis.config.supervisor import only_one
from parvis.core.actor import Actor
from parvis.core.commands import Command
from parvis.core.errors import ParvisError
from parvis.web.events import OperationEvent

BACKUP, RESTORE = Actor.system("parvis backup"), Actor.system("parvis restore")


def backup_options(parser: argparse.ArgumentParser) -> None:
    """Take where to, and how."""
    parser.add_argument(
        "destination", type=Path, help="the folder that holds the backups; each is a folder in it"
    )
    parser.add_argument(
        "--verify", action="store_true", help="make none; read the newest one again and compare"
    )
    parser.add_argument("--keep", type=int, default=0, metavar="N", help="then remove all but the newest N")
    parser.add_argument(
        "--without-files", action="store_true", help="when the object store keeps its own versions"
    )
    _passphrase_option(parser)


def restore_options(parser: argparse.ArgumentParser) -> None:
    """Take from where."""
    parser.add_argument(
        "source", type=Path, help="one backup, or the folder that holds them: then the newest"
    )
    parser.add_argument("--over", action="store_true", help="replace what stands here")
    _passphrase_option(parser)


def _passphrase_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="seals (or opens) the keys")


def backup(arguments: argparse.Namespace) -> int:
    """Make one backup, or verify the newest."""
    if arguments.verify:
        folder = restoring.newest(arguments.destination)
        manifest = verify(folder)
        print(f"{folder} is whole: {len(manifest.parts)} parts, {sum(manifest.rows.values()):,} rows.")
        return 0
    folder = make_and_note(
        arguments.destination,
        keep=arguments.keep,
        passphrase=_passphrase(arguments.passphrase_file),
        with_files=not arguments.without_files,
    )
    size = sum(part.size for part in verify(folder).parts)
    print(f"{folder}: {size:,} bytes, read again and compared.")
    return 0


def make_and_note(destination: Path, *, keep: int = 0, passphrase: str = "", with_files: bool = True) -> Path:
    """Make one backup, remove the oldest beyond `keep` (0: none), and note it in the trail; return its folder."""
    folder = making.make(read_environment(), destination, passphrase=passphrase, with_files=with_files)
    making.keep_only(destination, keep)
    with transaction.atomic():
        append_event(OperationEvent.BACKUP_MADE, actor=BACKUP, subject="backup", name=folder.name)
    return folder


def restore(arguments: argparse.Namespace) -> int:
    """Restore one backup, then prove that the trail is whole."""
    environment = read_environment()
    folder = restoring.newest(arguments.source)
    with only_one(environment.home.resolve()):
        manifest = restoring.restore(
            environment, folder, over=arguments.over, passphrase=_passphrase(arguments.passphrase_file)
        )
    shutil.rmtree(settings.INDEX_DIRECTORY, ignore_errors=True)  # derived, and of another database
    faults = len(list(verify_chain(audit_key(), *filter(None, [read_anchor()]))))
    with transaction.atomic():
        append_event(OperationEvent.BACKUP_RESTORED, actor=RESTORE, subject="backup", name=folder.name)
    seal_events(actor=RESTORE)
    print(
        f"Restored {sum(manifest.rows.values()):,} rows in {len(manifest.rows)} tables, as of {manifest.made_at}."
    )
    print(
        "The audit trail is whole."
        if not faults
        else f"The audit trail has {faults} faults: parvis audit verify"
    )
    if not manifest.has_files:
        print("The backup holds no files: bring the object store to the same moment by its own versions.")
    print("Next: `parvis migrate` if this version is newer, then `parvis index`.")
    return 1 if faults else 0


def _passphrase(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        if passphrase := file.read_text(encoding="utf-8").strip():
            return passphrase
    except OSError as error:
        raise ParvisError(f"The passphrase cannot be read: {error}.") from error
    raise ParvisError(f"{file} is empty: it holds the passphrase on one line.")


COMMANDS = (
    Command(
        name="backup",
        help="Back up database, files and keys into a new folder, while everything runs.",
        run=backup,
        add_arguments=backup_options,
    ),
    Command(
        name="restore",
        help="Restore database, files and keys from a backup into an empty place.",
        run=restore,
        add_arguments=restore_options,
    ),
)

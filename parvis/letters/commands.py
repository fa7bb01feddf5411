"""`parvis verify`, `parvis letters sample`, `parvis letters seal` and `parvis letters renew-key`."""

import argparse
import hashlib
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from parvis.core.actor import Actor
from parvis.core.bilingual import LANGUAGES, Text
from parvis.core.commands import Command, Needs
from parvis.core.errors import ParvisError
from parvis.letters import actions, queries
from parvis.letters.rendering import render
from parvis.letters.sample import SAMPLE, SampleContent
from parvis.letters.seals import MOMENT, Verdict

VERDICTS = {
    Verdict.GENUINE: "genuine: it comes from us and is unchanged",
    Verdict.CHANGED: "changed: the seal is ours, but it belongs to another file or to another state of this one",
    Verdict.UNKNOWN: "unknown: no key of ours sealed it, and it is not registered",
}


def verify_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the document, and at will its seal."""
    parser.add_argument("file", type=Path, help="the document")
    parser.add_argument("seal", type=Path, nargs="?", help="its seal; without it the register is asked")


def verify(arguments: argparse.Namespace) -> int:
    """Say whether a document is genuine; the exit status is 0 only then."""
    seal = _read(arguments.seal) if arguments.seal else None
    found = queries.verify_document(hashlib.sha256(_read(arguments.file)).hexdigest(), seal)
    if found.is_seal_unreadable:
        print(f"{arguments.seal} is no seal and was not used")
    print(VERDICTS[found.verdict])
    if found.sealed_at:
        what = f"{found.what.en}, " if found.what else ""
        print(f"{what}sealed at {found.sealed_at.strftime(MOMENT)} by the key {found.key_id}")
    return 0 if found.verdict is Verdict.GENUINE else 1


def sample_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the language and where to write."""
    parser.add_argument("file", type=Path, help="the PDF to write")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")


def sample(arguments: argparse.Namespace) -> int:
    """Write the sample letter, in this installation's name, colours and logo."""
    now = timezone.localtime()
    content = SampleContent(
        on=now.date(),
        addressee=("Camille Invented", "1 Imaginary Street", "Riverbend"),
        number="A-2026-00001",
        received_at=now,
        due_on=now.date() + timedelta(days=30),
        pages=1238,
        words="The reports on the harbour bridge.\n\nLes rapports sur le pont du port.",
        institutions=(Text("Harbour Authority (invented)", "Administration portuaire (inventée)"),),
    )
    arguments.file.write_bytes(render(SAMPLE, arguments.lang, content))
    print(f"{arguments.file}: {arguments.file.stat().st_size:,} bytes")
    return 0


def seal_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the document."""
    parser.add_argument("file", type=Path, help="the document; its seal is written beside it")


def seal(arguments: argparse.Namespace) -> int:
    """Seal a document made elsewhere, and register it."""
    actor = Actor.system("parvis letters seal")
    made = actions.seal_document(actor=actor, content=_read(arguments.file), kind="letters:document")
    path: Path = arguments.file.with_name(f"{arguments.file.stem}.seal.json")
    path.write_bytes(made.as_json())
    print(f"{path}: sealed by the key {made.key_id}")
    return 0


def renew_key(_arguments: argparse.Namespace) -> int:
    """Put a new key in use."""
    print(
        f"Documents are now sealed by the key {actions.renew_seal_key(actor=Actor.system('parvis letters'))}"
    )
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ParvisError(f"{path} cannot be read: {error.strerror}") from None


COMMANDS = (
    Command(
        name="verify",
        help="Say whether a document, with its seal or without, comes from us and is unchanged.",
        run=verify,
        add_arguments=verify_arguments,
    ),
    Command(
        name="letters sample",
        help="Write a sample letter as PDF, to see how letters look here.",
        run=sample,
        add_arguments=sample_arguments,
        needs=Needs.SETTINGS,
    ),
    Command(
        name="letters seal",
        help="Seal a document made elsewhere; the seal is written beside it.",
        run=seal,
        add_arguments=seal_arguments,
    ),
    Command(
        name="letters renew-key",
        help="Put a new key in use for seals; what older keys sealed can still be verified.",
        run=renew_key,
    ),
)

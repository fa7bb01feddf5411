"""`parvis services publish`."""

import argparse

from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.core.commands import Command
from parvis.core.errors import ParvisError
from parvis.services.actions.editions import publish_edition
from parvis.services.models import Snapshot
from parvis.services.queries.editions import comparison

YEAR_DIGITS = 4


def fiscal_year_argument(text: str) -> int:
    """Read a fiscal year: 2023-2024."""
    first, _dash, second = text.partition("-")
    if not (
        first.isdigit() and second.isdigit() and len(first) == YEAR_DIGITS and int(second) == int(first) + 1
    ):
        raise argparse.ArgumentTypeError("a fiscal year is written like 2023-2024")
    return int(first)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "year", type=fiscal_year_argument, metavar="YEAR", help="fiscal year, such as 2023-2024"
    )
    parser.add_argument("--why-en", required=True, help="why it is published, in English")
    parser.add_argument("--why-fr", required=True, help="why it is published, in French")
    parser.add_argument(
        "--snapshot", default="", help="publish a snapshot that was loaded (its date), not what stands today"
    )


def publish(arguments: argparse.Namespace) -> int:
    """Publish an edition and say what it changes."""
    snapshot = _snapshot(arguments.snapshot) if arguments.snapshot else None
    edition = publish_edition(
        actor=Actor.system("parvis services publish"),
        year=arguments.year,
        why=Text(arguments.why_en, arguments.why_fr),
        as_of=snapshot.taken_on if snapshot else timezone.localdate(),
        snapshot=snapshot,
    )
    print(
        f"{edition.fiscal_yr}, edition {edition.number}: {edition.services} services, {edition.standards} standards"
    )
    print(f"Hash of its rows: {edition.rows_hash}")
    found = comparison(edition.public_id)
    if found:
        for name, change in (("services", found.services), ("standards", found.standards)):
            print(
                f"{name}: {len(change.went)} went, {len(change.came)} came, numbers changed in "
                f"{change.rows_with_other_numbers}, {len(change.verdicts)} verdicts flipped"
            )
        print(f"{len(found.figures)} figures changed.")
    return 0


def _snapshot(label: str) -> Snapshot:
    snapshot = Snapshot.objects.filter(label=label).first()
    if snapshot is None:
        known = ", ".join(Snapshot.objects.order_by("taken_on").values_list("label", flat=True)) or "none"
        raise ParvisError(
            _("There is no snapshot called %(label)s. Loaded: %(known)s.") % {"label": label, "known": known}
        )
    return snapshot


COMMANDS = (
    Command(
        name="services publish",
        help="Publish an edition of a fiscal year's figures, frozen with their rows; it says what changed and why.",
        run=publish,
        add_arguments=_arguments,
    ),
)

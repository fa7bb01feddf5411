"""`parvis load institutions` and `parvis institutions unresolved`."""

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.core.actor import Actor
from parvis.core.commands import Command
from parvis.core.errors import ParvisError
from parvis.institutions import actions, queries
from parvis.institutions.actions import onboarding_files
from parvis.institutions.demo import load_demo_roles
from parvis.institutions.files import Holds, read_files, shipped_files
from parvis.institutions.onboarding_files import counts, plan
from parvis.institutions.spreadsheets import read_rows

COLUMNS = {  # where official files name an institution; the first that a file has is read
    "slug": ("owner_org",),
    "title": (
        "owner_org_title",
        "organization",
        "institution",
        "institution_name_en",
        "department_name_en",
        "org_name_variant",
    ),
    "jurisdiction": ("jurisdiction", "division_id"),
}


def _files_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="CSV files; without any, those of Parvis"
    )


def load_institutions(arguments: argparse.Namespace) -> int:
    """Load the given files, or those that come with Parvis, and print what changed."""
    try:
        files = read_files(arguments.files or shipped_files())
        report = actions.load_institutions(actor=Actor.system("parvis load institutions"), files=files)
    except ParvisError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{'':<16}{_('new'):>12}{_('changed'):>12}{_('unchanged'):>12}")
    for holds, title in holds_titles().items():
        count = report.counts[holds]
        print(f"{title:<16}{count['new']:>12}{count['changed']:>12}{count['unchanged']:>12}")
    for refused in report.refused:
        print(f"{refused.file}:{refused.line}: {refused.reason}", file=sys.stderr)
    for name in queries.shared_names():
        slugs = ", ".join(name.slugs)
        print(_("“%(name)s” is the name of several: %(slugs)s") % {"name": name.key, "slugs": slugs})
    return 1 if report.refused else 0


def holds_titles() -> dict[Holds, str]:
    """Return how each kind of fact is called, in the order of loading."""
    return {
        Holds.JURISDICTIONS: _("jurisdictions"),
        Holds.INSTITUTIONS: _("institutions"),
        Holds.PURPOSES: _("purposes"),
        Holds.FORMER_NAMES: _("former names"),
        Holds.SPELLINGS: _("spellings"),
    }


def _unresolved_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="CSV files that name institutions"
    )
    for name in COLUMNS:
        parser.add_argument(f"--{name}-column", default="", metavar="NAME", help=f"the column of the {name}")


def list_unresolved(arguments: argparse.Namespace) -> int:
    """Print the names in the files that no rule resolves, how often they occur, and whom they may mean."""
    resolver, total = queries.resolver(), 0
    chosen = {name: getattr(arguments, f"{name}_column") for name in COLUMNS}
    for path in arguments.files:
        for name in _names(path, chosen):
            resolver.resolve(**name)
            total += 1
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["rows", "jurisdiction", "slug", "title", "suggestions"])
    for (jurisdiction, slug, title), count in resolver.unknown.most_common():
        guesses = resolver.suggestions(title, jurisdiction=jurisdiction) if title else ()
        text = "; ".join(f"{guess.slug} ({guess.score:.0f})" for guess in guesses)
        writer.writerow([count, jurisdiction, slug, title, text])
    unknown = sum(resolver.unknown.values())
    counts = {"known": total - unknown, "total": total, "names": len(resolver.unknown)}
    print(_("%(known)d of %(total)d rows name a known institution; %(names)d names are unknown.") % counts)
    return 1 if unknown else 0


def _names(path: Path, chosen: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield what each row of a file says of its institution. Raises ParvisError when no column tells it."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        found = reader.fieldnames or ()
        candidates = {name: (chosen[name],) if chosen[name] else known for name, known in COLUMNS.items()}
        columns = {
            name: next((column for column in among if column in found), "")
            for name, among in candidates.items()
        }
        if not (columns["slug"] or columns["title"]):
            raise ParvisError(
                _("%(file)s has no column that names an institution; give --title-column or --slug-column.")
                % {"file": path.name}
            )
        for row in reader:
            told = {name: row.get(column) or "" for name, column in columns.items()}
            yield told | {"jurisdiction": told["jurisdiction"] or "ca"}


def _onboarding_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a CSV or an Excel workbook; docs/onboarding.md"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what each row would do, and do nothing")


def load_onboarding(arguments: argparse.Namespace) -> int:
    """Bring the institutions of a file on board, or only say what each row would do."""
    actor = Actor.system("parvis load onboarding")
    try:
        rows = read_rows(arguments.file.read_bytes(), arguments.file.name)
        if arguments.dry_run:
            plans = plan(rows, timezone.localdate())
        else:
            file = onboarding_files.keep_file(actor=actor, name=arguments.file.name, rows=rows)
            plans = onboarding_files.confirm_file(actor=actor, file=file)
    except (ParvisError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    for one in plans:
        print(f"{one.line:>6}  {one.outcome:<10} {one.slug}  {' '.join(one.fields)}".rstrip())
        for reason in one.reasons:
            print(f"{arguments.file.name}:{one.line}: {reason}", file=sys.stderr)
    print(", ".join(f"{name} {number}" for name, number in counts(plans).items()))
    return 1 if counts(plans)["refused"] else 0


def load_roles(_arguments: argparse.Namespace) -> int:
    """Give the people of the demonstration their roles; refuse anywhere else."""
    given = load_demo_roles()
    print(_("%(number)d roles were given.") % {"number": given})
    return 0


COMMANDS = (
    Command(
        name="load onboarding",
        help="Bring many institutions on board from a CSV or Excel file; twice is the same as once.",
        run=load_onboarding,
        add_arguments=_onboarding_arguments,
    ),
    Command(
        name="load roles",
        help="Give the people of the demonstration their roles; refused anywhere else.",
        run=load_roles,
    ),
    Command(
        name="load institutions",
        help="Load jurisdictions, institutions, their names and purposes; add and correct, never delete.",
        run=load_institutions,
        add_arguments=_files_argument,
    ),
    Command(
        name="institutions unresolved",
        help="List the institution names in CSV files that are not known, with suggestions.",
        run=list_unresolved,
        add_arguments=_unresolved_arguments,
    ),
)

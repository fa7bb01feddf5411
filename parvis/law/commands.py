"""`parvis law explain`, `parvis law check` and `parvis law list`. They need neither settings nor a database."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from parvis.core.bilingual import LANGUAGES, Language
from parvis.core.commands import Command, Needs
from parvis.law import checking, library
from parvis.law.asking import work_out
from parvis.law.deadline import Deadline
from parvis.law.model import Confidence, weakest
from parvis.law.reading import PackError
from parvis.law.refusal import Refused
from parvis.law.serialising import deadline_dict
from parvis.law.wording import CONFIDENCE, STATES, citation_in


def explain_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the pack, the day, the events, the place, the language and the form."""
    parser.add_argument(
        "--pack", required=True, help="a pack, or a regime: then the pack of the day of receipt"
    )
    parser.add_argument("--received", required=True, help="the day that the request was received, YYYY-MM-DD")
    parser.add_argument(
        "--event",
        action="append",
        default=[],
        metavar="KIND:DAY[:REF][:DAYS][:BY]",
        help="what happened next, as in extended:2026-06-20:9(1)(b):60; may be given several times",
    )
    parser.add_argument("--place", help="where the office stands, as in on-ottawa")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument("--folder", type=Path, default=library.PACKS, help="where the packs are")


def explain(arguments: argparse.Namespace) -> int:
    """Print the steps, then the dates, each on a line of its own."""
    language: Language = arguments.lang
    try:
        due = work_out(
            arguments.pack, arguments.received, arguments.event, arguments.place, folder=arguments.folder
        )
    except Refused as refusal:
        return _refuse(refusal.text.in_(language), arguments.format)
    except PackError as error:
        return _refuse(str(error), arguments.format)
    if arguments.format == "json":
        print(json.dumps(deadline_dict(due), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(due, language)))
    return 0


def _refuse(sentence: str, form: str) -> int:
    if form == "json":
        print(json.dumps({"refused": sentence}, ensure_ascii=False))
    else:
        print(sentence, file=sys.stderr)
    return 2


def _lines(due: Deadline, language: Language) -> list[str]:
    lines = [f"{number}. {step.in_(language)}." for number, step in enumerate(due.steps, 1)]
    for other in due.other_dates:
        said = f"{other.title.in_(language)}: {other.statute_on.isoformat()}"
        if language == "fr":
            said = said.replace(": ", "\N{NO-BREAK SPACE}: ", 1)
        if other.policy_on != other.statute_on:
            said += f" ({'politique' if language == 'fr' else 'policy'} {other.policy_on.isoformat()})"
        unsure = (
            f" [{CONFIDENCE[Confidence.UNSURE].in_(language)}]" if _is_unsure(other.cited.confidence) else ""
        )
        lines.append(f"- {said} ({citation_in(due.pack, other.cited, language)}){unsure}")
    for name, value in (
        ("statute_due", due.statute_due),
        ("policy_due", due.policy_due),
        ("deemed_refused_on", due.deemed_refused_on),
    ):
        lines.append(f"{name}: {value.isoformat() if value else 'none'}")
    return [*lines, f"standing: {due.standing}", f"confidence: {due.confidence}"]


def _is_unsure(confidence: Confidence) -> bool:
    return confidence is Confidence.UNSURE


def folder_argument(parser: argparse.ArgumentParser) -> None:
    """Take the folder of packs."""
    parser.add_argument("--folder", type=Path, default=library.PACKS, help="where the packs are")


def check(arguments: argparse.Namespace) -> int:
    """Check every pack, print every fault, end with a count."""
    packs, found = checking.check_folder(arguments.folder)
    for fault in found:
        print(fault)
    counts = checking.confidence_counts(packs)
    grounds = sum(len(pack.exemptions) + len(pack.exclusions) for pack in packs)
    regimes = len({pack.regime for pack in packs})
    values = ", ".join(f"{count} {confidence}" for confidence, count in counts.items())
    faults = "1 fault" if len(found) == 1 else f"{len(found)} faults"
    print(f"{len(packs)} packs of {regimes} regimes, {grounds} grounds; values: {values}; {faults}")
    return 1 if found or not packs else 0


def list_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder and the language."""
    folder_argument(parser)
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    parser.add_argument("--on", type=date.fromisoformat, default=None, help="the day to say the state of")


def list_packs(arguments: argparse.Namespace) -> int:
    """Print a line a pack: its name, from and until when, state, weakest confidence of its clock, statute."""
    language: Language = arguments.lang
    on = arguments.on or date.today()  # noqa: DTZ011  # the day where the command runs
    try:
        packs = library.packs(arguments.folder)
    except PackError as error:
        return _refuse(str(error), "text")
    for pack in packs:
        parts = [
            rule.confidence for rule in (pack.response, pack.extension, pack.transfer, pack.review) if rule
        ]
        state = STATES[pack.state_on(on)].in_(language)
        confidence = CONFIDENCE[weakest(*parts)].in_(language)
        first = pack.first_day.isoformat() if pack.first_day else "-"
        last = pack.last_day.isoformat() if pack.last_day else "-"
        print(f"{pack.id:24} {first:>10} {last:>10}  {state:12} {confidence:10} {pack.statute.in_(language)}")
    return 0


COMMANDS = (
    Command(
        name="law explain",
        help="Say when a request is due, by statute and by policy, step by step with the sections.",
        run=explain,
        add_arguments=explain_arguments,
        needs=Needs.NOTHING,
    ),
    Command(
        name="law check",
        help="Check every law pack against the schema and against the others.",
        run=check,
        add_arguments=folder_argument,
        needs=Needs.NOTHING,
    ),
    Command(
        name="law list",
        help="List the law packs with their state and confidence.",
        run=list_packs,
        add_arguments=list_arguments,
        needs=Needs.NOTHING,
    ),
)

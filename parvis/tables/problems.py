"""Rows of a file that were refused or doubted, written for a spreadsheet."""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Problem:
    """One row that was refused or doubted."""

    line: int
    identifier: str
    is_refused: bool
    reason: str
    detail: str = ""


def write_problems(
    problems: Sequence[Problem],
    *,
    name: str,
    file_name: str,
    meaning: Callable[[str], str],
    now: datetime,
) -> Path | None:
    """Write the problems of a load under PARVIS_HOME/reports; nothing when there are none.

    `name` becomes part of the report's name; `meaning` gives the sentence of a reason.
    """
    if not problems:
        return None
    safe = re.sub(r"[^\w.-]+", "_", name)[:100]
    path = Path(settings.HOME) / "reports" / f"load-{safe}-{now:%Y%m%dT%H%M%S%f}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["file", "line", "number", "outcome", "reason", "meaning", "detail"])
        for problem in sorted(problems, key=lambda one: (one.line, not one.is_refused)):
            outcome = "refused" if problem.is_refused else "doubtful"
            cells = (problem.identifier, outcome, problem.reason, meaning(problem.reason), problem.detail)
            writer.writerow([file_name, problem.line, *map(_plain, cells)])
    return path


def _plain(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell

"""What a load did: counted for the terminal, row by row for a spreadsheet."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from parvis.disclosure.reasons import Doubt, Refusal
from parvis.tables.problems import Problem, write_problems


@dataclass(kw_only=True)
class LoadReport:
    """The outcome of one load. Every row of the file is taken (new, changed or unchanged) or refused."""

    source: str
    file_name: str
    layout: str
    rows: int = 0
    goes_on: bool = False  # an earlier load had stopped in the middle
    counts: Counter[str] = field(default_factory=Counter)  # new, changed, unchanged, records, versions
    problems: list[Problem] = field(default_factory=list)
    withdrawn: int = 0
    held: int = 0
    seconds: float = 0.0
    csv_path: Path | None = None

    @property
    def taken(self) -> int:
        """How many rows of the file stand in the register."""
        return self.counts["new"] + self.counts["changed"] + self.counts["unchanged"]

    @property
    def refused(self) -> int:
        """How many rows were not taken."""
        return sum(problem.is_refused for problem in self.problems)

    @property
    def doubtful(self) -> int:
        """How many rows were taken with at least one doubt."""
        return len({problem.line for problem in self.problems if not problem.is_refused})

    def by_reason(self, *, is_refused: bool) -> Counter[str]:
        """Count rows by reason; a row with the same reason twice counts once."""
        pairs = {
            (problem.line, problem.reason) for problem in self.problems if problem.is_refused is is_refused
        }
        return Counter(reason for _line, reason in pairs)

    def as_counts(self) -> dict[str, Any]:
        """Return the counts as they are kept with the load."""
        return {
            "rows": self.rows,
            **{name: self.counts[name] for name in ("new", "changed", "unchanged", "records", "versions")},
            "refused": dict(self.by_reason(is_refused=True)),
            "doubtful": dict(self.by_reason(is_refused=False)),
        }


def lines(report: LoadReport) -> Iterator[str]:
    """Yield the table that the run ends with."""
    yield f"{report.file_name} → {report.source} ({report.layout})"
    if report.goes_on:
        yield "  " + _("An earlier load of this source had stopped in the middle; this one completed it.")
    for label, count in _main_counts(report):
        yield f"  {label:<44}{count:>10,}"
    for is_refused, heading in ((True, _("Refused, by reason")), (False, _("Doubtful, by reason"))):
        reasons = report.by_reason(is_refused=is_refused)
        if reasons:
            yield f"  {heading}:"
        for reason, count in reasons.most_common():
            yield f"    {reason:<42}{count:>10,}  {reason_sentence(reason)}"
    if report.held:
        yield "  " + _(
            "%(count)d records are not in this file. That is so many that nothing was withdrawn. "
            "If they are really gone, load it again with --confirm-withdrawals."
        ) % {"count": report.held}
    if report.csv_path:
        yield "  " + _("Refused and doubtful rows, with their lines: %(path)s") % {"path": report.csv_path}
    speed = report.rows / max(report.seconds, 0.001)
    yield "  " + _("%(rows)d rows in %(seconds).1f s (%(speed)d rows/s)") % {
        "rows": report.rows,
        "seconds": report.seconds,
        "speed": speed,
    }


def _main_counts(report: LoadReport) -> list[tuple[str, int]]:
    return [
        (_("Rows in the file"), report.rows),
        (_("New"), report.counts["new"]),
        (_("Changed"), report.counts["changed"]),
        (_("Unchanged"), report.counts["unchanged"]),
        (_("Refused"), report.refused),
        (_("Doubtful (taken all the same)"), report.doubtful),
        (_("Withdrawn records"), report.withdrawn),
        (_("Records that these rows make"), report.counts["records"]),
        (_("Earlier versions added"), report.counts["versions"]),
    ]


def totals(reports: list[LoadReport]) -> str:
    """Return the one line that accounts for all files."""
    rows, taken, refused = (
        sum(values) for values in zip(*((r.rows, r.taken, r.refused) for r in reports), strict=True)
    )
    return _("All files: %(rows)d rows = %(taken)d taken + %(refused)d refused.") % {
        "rows": rows,
        "taken": taken,
        "refused": refused,
    }


def reason_sentence(reason: str) -> str:
    """Return what a reason means, in the language of whoever runs the load."""
    for vocabulary in (Refusal, Doubt):
        if reason in vocabulary.values:
            return str(vocabulary(reason).label)
    return reason


def write_csv(report: LoadReport, *, now: datetime) -> Path | None:
    """Write refused and doubtful rows under PARVIS_HOME/reports; nothing when there are none."""
    return write_problems(
        report.problems,
        name=f"{report.source}-{report.file_name}",
        file_name=report.file_name,
        meaning=reason_sentence,
        now=now,
    )

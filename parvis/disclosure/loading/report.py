"""What a load did: counted for the terminal, row by row for a spreadsheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from parvis.disclosure.reasons import Doubt, Refusal
from parvis.tables.problems import write_problems
from parvis.tables.report import RowReport, report_lines


@dataclass(kw_only=True)
class LoadReport(RowReport):
    """The outcome of one load, of its source."""

    source: str
    withdrawn: int = 0

    def as_counts(self) -> dict[str, Any]:
        """Return the counts as they are kept with the load."""
        return self.kept_counts(("new", "changed", "unchanged", "records", "versions"))


def lines(report: LoadReport) -> Iterator[str]:
    """Yield the table that the run ends with."""
    yield from report_lines(
        report,
        heading=f"{report.file_name} → {report.source} ({report.layout})",
        counts=_main_counts(report),
        meaning=reason_sentence,
    )


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

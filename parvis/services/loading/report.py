"""What a load of the inventory did, for the terminal and for a spreadsheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from parvis.services.reasons import Doubt, MeasureRefusal, Refusal
from parvis.tables.problems import write_problems
from parvis.tables.report import RowReport, report_lines

KEPT = ("new", "changed", "unchanged", "superseded")


@dataclass(kw_only=True)
class InventoryReport(RowReport):
    """The outcome of one load. Every row is taken, set aside because a newer file gives its year, or refused."""

    edition: str = ""  # the day of the snapshot, empty for what stands
    gone: int = 0
    replaced: int = 0  # records of older files that this one supersedes

    def as_counts(self) -> dict[str, Any]:
        """Return the counts as they are kept with the load."""
        return self.kept_counts(KEPT)


def lines(report: InventoryReport) -> Iterator[str]:
    """Yield the table that a run ends with."""
    edition = " " + _("edition of %(day)s") % {"day": report.edition} if report.edition else ""
    yield from report_lines(
        report,
        heading=f"{report.file_name} ({report.layout}){edition}",
        counts=[
            (_("Rows in the file"), report.rows),
            (_("New"), report.counts["new"]),
            (_("Changed"), report.counts["changed"]),
            (_("Unchanged"), report.counts["unchanged"]),
            (_("Set aside: a newer file gives the year"), report.counts["superseded"]),
            (_("Refused"), report.refused),
            (_("Doubtful (taken all the same)"), report.doubtful),
            (_("Records that are gone from the file"), report.gone),
            (_("Records of older files set aside"), report.replaced),
        ],
        meaning=reason_sentence,
    )


def totals(reports: Sequence[InventoryReport]) -> str:
    """Return the one line that accounts for all files."""
    return _("All files: %(rows)d rows = %(taken)d taken + %(aside)d set aside + %(refused)d refused.") % {
        "rows": sum(report.rows for report in reports),
        "taken": sum(report.taken for report in reports),
        "aside": sum(report.counts["superseded"] for report in reports),
        "refused": sum(report.refused for report in reports),
    }


def reason_sentence(reason: str) -> str:
    """Return what a reason means, in the language of whoever runs the load."""
    for vocabulary in (Refusal, MeasureRefusal, Doubt):
        if reason in vocabulary.values:
            return str(vocabulary(reason).label)
    return reason


def write_csv(report: InventoryReport, *, now: datetime) -> Path | None:
    """Write refused and doubtful rows under PARVIS_HOME/reports; nothing when there are none."""
    return write_problems(
        report.problems,
        name=f"services-{report.file_name}",
        file_name=report.file_name,
        meaning=reason_sentence,
        now=now,
    )

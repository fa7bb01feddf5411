"""What a load did: counted for the terminal, row by row for a spreadsheet."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from parvis.tables.problems import Problem


@dataclass(kw_only=True)
class RowReport:
    """The outcome of one load. Every row of the file is taken (new, changed or unchanged) or refused."""

    file_name: str
    layout: str
    rows: int = 0
    goes_on: bool = False  # an earlier load had stopped in the middle
    counts: Counter[str] = field(default_factory=Counter)  # new, changed, unchanged, and what a room adds
    problems: list[Problem] = field(default_factory=list)
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

    def kept_counts(self, names: Sequence[str]) -> dict[str, Any]:
        """Return the counts of these names as they are kept with the load, and the rows by reason."""
        return {
            "rows": self.rows,
            **{name: self.counts[name] for name in names},
            "refused": dict(self.by_reason(is_refused=True)),
            "doubtful": dict(self.by_reason(is_refused=False)),
        }


def report_lines(
    report: RowReport, *, heading: str, counts: Sequence[tuple[str, int]], meaning: Callable[[str], str]
) -> Iterator[str]:
    """Yield the table that a run ends with; `meaning` gives the sentence of a reason."""
    yield heading
    if report.goes_on:
        yield "  " + _("An earlier load of this source had stopped in the middle; this one completed it.")
    for label, count in counts:
        yield f"  {label:<44}{count:>10,}"
    for is_refused, title in ((True, _("Refused, by reason")), (False, _("Doubtful, by reason"))):
        reasons = report.by_reason(is_refused=is_refused)
        if reasons:
            yield f"  {title}:"
        for reason, count in reasons.most_common():
            yield f"    {reason:<42}{count:>10,}  {meaning(reason)}"
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

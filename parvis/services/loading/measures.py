"""Loading measures of services from a plain file: satisfaction, completion, cost per transaction."""

import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.institutions import queries as institutions
from parvis.institutions.queries import Resolver
from parvis.services import actions
from parvis.services.actions import GivenMeasure
from parvis.services.actions.measures import UNITS
from parvis.services.loading.report import reason_sentence
from parvis.services.models import ServiceYear
from parvis.services.queries.identities import records_by_identifier
from parvis.services.reading.cells import read_year
from parvis.services.reasons import MeasureRefusal, Refusal
from parvis.services.states import MeasureKind
from parvis.tables.locks import one_load_of
from parvis.tables.problems import Problem, write_problems
from parvis.tables.report import RowReport, report_lines
from parvis.tables.table import TableRow, UnreadableFileError, open_table

COLUMNS = (
    *("fiscal_yr", "service_id", "owner_org", "measure", "value", "unit", "sample_size"),
    *("source_en", "source_fr"),
)
CHUNK = 500  # rows in one transaction
LAYOUT = "service_measures"
Measured = tuple[ServiceYear, GivenMeasure]


class _RefusedError(Exception):
    """A row that is not taken, and why."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


@dataclass(slots=True)
class _Reader:
    """Finds the record that a row means, and reads what was measured of it."""

    records: dict[tuple[int, str], list[ServiceYear]]
    resolver: Resolver

    def read(self, cells: dict[str, str]) -> Measured:
        """Return the record and its measure. Raises _RefusedError."""
        year, identifier = read_year(cells["fiscal_yr"]), cells["service_id"]
        if year is None:
            raise _RefusedError(Refusal.NO_YEAR, cells["fiscal_yr"])
        if not identifier:
            raise _RefusedError(Refusal.NO_IDENTIFIER)
        record = self._record(year, identifier, cells["owner_org"])
        if cells["measure"] not in MeasureKind.values:
            raise _RefusedError(MeasureRefusal.UNKNOWN_MEASURE, cells["measure"])
        kind = MeasureKind(cells["measure"])
        source = Text(cells["source_en"], cells["source_fr"])
        if not (source.en and source.fr):
            raise _RefusedError(MeasureRefusal.NO_SOURCE)
        given = GivenMeasure(
            kind=kind,
            value=_value(kind, cells),
            sample_size=_sample_size(cells["sample_size"]),
            source=source,
        )
        if faults := given.faults():
            raise _RefusedError(MeasureRefusal.OUT_OF_RANGE, str(next(iter(faults.values()))))
        return record, given

    def _record(self, year: int, identifier: str, owner: str) -> ServiceYear:
        found = self.records.get((year, identifier), [])
        if owner:
            institution = self.resolver.resolve(slug=owner, title="").institution_id
            found = [one for one in found if institution is not None and one.institution_id == institution]
        if not found:
            raise _RefusedError(MeasureRefusal.NO_RECORD, f"{identifier} {owner}".strip())
        if len(found) > 1:
            raise _RefusedError(MeasureRefusal.SEVERAL_SERVICES, identifier)
        return found[0]


def _value(kind: MeasureKind, cells: dict[str, str]) -> Decimal:
    """Return the value in the unit in which it is kept: `%` becomes a part of one."""
    unit = cells["unit"]
    if unit not in ({"1", "%"} if UNITS[kind] == "1" else {UNITS[kind]}):
        raise _RefusedError(MeasureRefusal.WRONG_UNIT, unit)
    try:
        value = Decimal(cells["value"])
    except InvalidOperation:
        raise _RefusedError(MeasureRefusal.UNREADABLE, cells["value"]) from None
    if not value.is_finite():
        raise _RefusedError(MeasureRefusal.UNREADABLE, cells["value"])
    return value / 100 if unit == "%" else value


def _sample_size(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise _RefusedError(MeasureRefusal.UNREADABLE, text)
    return int(text)


def load_measures(*, actor: Actor, path: Path) -> RowReport:
    """Load a file of measures. Each row is taken, or refused for a reason; loaded twice, nothing changes.

    Raises UnreadableFileError where the file is none of this layout.
    """
    table = open_table(path)
    if missing := [name for name in COLUMNS if name not in table.header and name != "owner_org"]:
        raise UnreadableFileError(
            _("%(path)s has no column called %(names)s.") % {"path": path, "names": ", ".join(missing)}
        )
    began = time.monotonic()
    report = RowReport(file_name=path.name, layout=LAYOUT)
    with one_load_of(LAYOUT, "services"):
        measured = list(_measured(report, table.rows()))
        for start in range(0, len(measured), CHUNK):
            rows = measured[start : start + CHUNK]
            for is_new, is_changed in actions.load_measures(actor=actor, rows=rows):
                report.counts["new" if is_new else "changed" if is_changed else "unchanged"] += 1
    report.csv_path = write_problems(
        report.problems,
        name=f"measures-{report.file_name}",
        file_name=report.file_name,
        meaning=reason_sentence,
        now=timezone.localtime(),
    )
    report.seconds = time.monotonic() - began
    return report


def _measured(report: RowReport, rows: Iterator[TableRow]) -> Iterator[Measured]:
    reader = _Reader(records_by_identifier(), institutions.resolver())
    seen = defaultdict[int, set[MeasureKind]](set)
    for row in rows:
        report.rows += 1
        cells = {name: (row.cells or {}).get(name, "").strip() for name in COLUMNS}
        try:
            if row.cells is None:
                raise _RefusedError(Refusal.WRONG_COLUMNS, str(row.found))  # noqa: TRY301  # as every refusal
            record, given = reader.read(cells)
            if given.kind in seen[record.pk]:
                raise _RefusedError(Refusal.REPEATED, given.kind)  # noqa: TRY301  # as every refusal
        except _RefusedError as refused:
            report.problems.append(
                Problem(row.line, cells["service_id"][:80], True, refused.reason, refused.detail)
            )
            continue
        seen[record.pk].add(given.kind)
        yield record, given


def lines(report: RowReport) -> Iterator[str]:
    """Yield the table that a run ends with."""
    yield from report_lines(
        report,
        heading=report.file_name,
        counts=[
            (_("Rows in the file"), report.rows),
            (_("New"), report.counts["new"]),
            (_("Changed"), report.counts["changed"]),
            (_("Unchanged"), report.counts["unchanged"]),
            (_("Refused"), report.refused),
        ],
        meaning=reason_sentence,
    )

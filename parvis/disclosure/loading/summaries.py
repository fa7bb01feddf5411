"""Loading one file of summaries, in chunks that each stand by themselves."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from parvis.core.actor import Actor
from parvis.disclosure import actions
from parvis.disclosure.loading.report import LoadReport, write_csv
from parvis.disclosure.models import Load
from parvis.disclosure.reading.layouts import Layout, layout_named, recognise
from parvis.disclosure.reading.summaries import ReadSummary, RefusedRowError, read_summary
from parvis.disclosure.reasons import Doubt
from parvis.disclosure.records import Row
from parvis.disclosure.states import SUMMARY_KIND, Holds
from parvis.institutions import queries as institutions
from parvis.tables.locks import one_load_of
from parvis.tables.problems import Problem
from parvis.tables.progress import Progress, ProgressOf, silent
from parvis.tables.table import Table, TableRow, digest_of, open_table
from parvis.tables.text import one_line

CHUNK = 1000  # rows in one transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class FileToLoad:
    """One file, the source that it is of, and how to take it. Without a layout, its header tells which it has."""

    path: Path
    source: str = ""
    layout: str = ""
    confirm_withdrawals: bool = False

    @property
    def source_name(self) -> str:
        """The source: the one named, or the file's stem."""
        return self.source or self.path.stem


def load_source(
    *, actor: Actor, files: Sequence[FileToLoad], progress: ProgressOf = silent
) -> list[LoadReport]:
    """Load several files that are one source. Only what none of them holds is withdrawn."""
    reports, seen = [], set[int]()
    for place, file in enumerate(files, 1):
        report = load_summaries(
            actor=actor, file=file, progress=progress, seen=seen, is_last=place == len(files)
        )
        reports.append(report)
    return reports


def load_summaries(
    *,
    actor: Actor,
    file: FileToLoad,
    progress: ProgressOf = silent,
    seen: set[int] | None = None,
    is_last: bool = True,
) -> LoadReport:
    """Load a file of summaries. Every row is taken or refused; a killed load is completed by the next.

    `seen` gathers what the files of one source hold; after the last of them, what none holds is withdrawn.

    Raises LayoutError, UnreadableFileError or LoadRunsError before anything is written.
    """
    table = open_table(file.path)
    layout = layout_named(file.layout) if file.layout else recognise(table.header, holds=Holds.SUMMARIES)
    began = time.monotonic()
    report = LoadReport(source=file.source_name, file_name=file.path.name, layout=layout.name)
    with one_load_of(file.source_name, Holds.SUMMARIES):
        started = actions.start_load(
            actor=actor,
            source=file.source_name,
            holds=Holds.SUMMARIES,
            file_name=file.path.name,
            file_digest=digest_of(file.path),
            layout=layout.name,
        )
        report.goes_on = started.goes_on
        seen = set() if seen is None else seen
        seen |= _take_all(actor, started.load, _Reader(table, layout, report), progress(file.path.name))
        done = actions.complete_load(
            actor=actor,
            load=started.load,
            seen={SUMMARY_KIND: seen} if is_last else None,
            counts=report.as_counts(),
            problems=report.problems,
            confirm_withdrawals=file.confirm_withdrawals,
        )
    report.withdrawn, report.held = done.count, done.held
    report.csv_path = write_csv(report, now=timezone.localtime())
    report.seconds = time.monotonic() - began
    return report


def _take_all(actor: Actor, load: Load, reader: "_Reader", progress: Progress) -> set[int]:
    seen: set[int] = set()
    report = reader.report
    for groups in reader.chunks():
        taken = actions.take_summaries(actor=actor, load=load, groups=groups)
        seen |= taken.seen
        report.counts += taken.counts
        report.problems += [
            Problem(row.read.line, row.read.request_number, False, reason, detail)
            for row, reason, detail in taken.shared
        ]
        progress(report.taken + report.refused, reader.total)
    return seen


class _Reader:
    """Reads the file twice: first which numbers it has and where each stands last, then the rows.

    All rows of one number are needed at once, wherever they stand; nothing else is kept in memory.
    """

    def __init__(self, table: Table, layout: Layout, report: LoadReport) -> None:
        self.report = report
        self.total = 0
        self._table, self._layout = table, layout
        self._resolver = institutions.resolver()
        self._codes = {one.division_id: one.code for one in institutions.jurisdiction_list()}
        self._today = timezone.localdate()

    def chunks(self) -> Iterator[list[list[Row]]]:
        """Yield groups of rows of one number, about a thousand rows at a time."""
        last = self._last_lines()
        waiting: dict[str, list[Row]] = {}
        ready: list[list[Row]] = []
        size = 0
        for row in self._table.rows():
            self.report.rows += 1
            read = self._read(row)
            number = read.request_number if read else self._number(row)
            if read:
                waiting.setdefault(read.number_key, []).append(self._resolved(read))
            key = read.number_key if read and not number else number
            if (not number or last.get(number) == row.line) and key in waiting:
                ready.append(waiting.pop(key))
                size += len(ready[-1])
            if size >= CHUNK:
                yield ready
                ready, size = [], 0
        if ready:
            yield ready

    def _last_lines(self) -> dict[str, int]:
        last = {}
        for row in self._table.rows():
            self.total += 1
            last[self._number(row)] = row.line
        return last

    def _number(self, row: TableRow) -> str:
        return one_line(row.cells.get(self._layout.columns["request_number"], "")) if row.cells else ""

    def _read(self, row: TableRow) -> ReadSummary | None:
        try:
            read = read_summary(row, self._layout, today=self._today)
        except RefusedRowError as refusal:
            problem = Problem(row.line, self._number(row), True, refusal.reason, refusal.detail)
            self.report.problems.append(problem)
            return None
        for doubted in read.doubts:
            self._doubt(read, doubted.reason, doubted.detail)
        return read

    def _resolved(self, read: ReadSummary) -> Row:
        place = read.jurisdiction_as_written
        found = self._resolver.resolve(
            slug=read.publisher_code, title=read.institution_as_written, jurisdiction=place
        )
        if not found.is_known:
            self._doubt(read, Doubt.INSTITUTION_UNKNOWN, read.institution_as_written or read.publisher_code)
        elif found.title_disagrees:
            self._doubt(
                read, Doubt.INSTITUTION_DISAGREES, f"{read.publisher_code}: {read.institution_as_written}"
            )
        return Row(
            read=read,
            institution_id=found.institution_id,
            institution_slug=found.slug,
            unit=found.unit[:300],
            jurisdiction=self._codes.get(place, place)[:40],
        )

    def _doubt(self, read: ReadSummary, reason: Doubt, detail: str) -> None:
        self.report.problems.append(Problem(read.line, read.request_number, False, reason, detail))

"""Loading a folder of holdings: classes of records, personal information banks, their categories and links."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.core.actor import Actor
from parvis.disclosure import actions
from parvis.disclosure.actions.holdings import PlacedHolding
from parvis.disclosure.loading.institution_names import InstitutionNames
from parvis.disclosure.loading.links import (
    Numbers,
    Pair,
    category_values,
    linked_pairs,
    links_in_table,
    links_in_texts,
)
from parvis.disclosure.loading.report import LoadReport, write_csv
from parvis.disclosure.models import Load
from parvis.disclosure.reading.holdings import HoldingRecord, ReadHolding, holdings_of, read_holding
from parvis.disclosure.reading.layouts import Layout, shipped_layouts
from parvis.disclosure.reading.summaries import RefusedRowError
from parvis.disclosure.reasons import Doubt, Refusal
from parvis.disclosure.states import HoldingKind, Holds
from parvis.institutions import queries as institutions
from parvis.tables.locks import one_load_of
from parvis.tables.problems import Problem
from parvis.tables.progress import ProgressOf, silent
from parvis.tables.table import Table, UnreadableFileError, digest_of, open_table

CHUNK = 500  # holdings in one transaction
KINDS = {
    "classes": HoldingKind.CLASS_OF_RECORDS,
    "banks": HoldingKind.PERSONAL_INFORMATION_BANK,
}
LINKS = frozenset({"bank_number_key", "cor_record_number", "institution_id"})
CATEGORIES = frozenset({"PI_CAT_ID", "name_en", "name_fr"})


@dataclass
class Folder:
    """What a folder holds: files of holdings with their layouts, and the tables that go with them."""

    holdings: list[tuple[Table, Layout]] = field(default_factory=list)
    links: list[Table] = field(default_factory=list)
    categories: list[Table] = field(default_factory=list)
    names: list[Table] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def look_into(folder: Path) -> Folder:
    """Tell what each CSV file of the folder holds, by its header. Raises UnreadableFileError when none is of use."""
    found = Folder()
    for path in sorted(folder.glob("*.csv")):
        table = open_table(path)
        header = set(table.header)
        fitting = [one for one in shipped_layouts() if one.holds in KINDS and one.fits(table.header)]
        if fitting:
            found.holdings.append((table, max(fitting, key=lambda layout: len(layout.needs))))
        elif header >= LINKS:
            found.links.append(table)
        elif header >= CATEGORIES:
            found.categories.append(table)
        elif not header & {"institution_id", "gc_orgID"}:
            found.others.append(path.name)
        if header & {"institution_id", "gc_orgID"}:
            found.names.append(table)
    if not found.holdings:
        raise UnreadableFileError(
            _("No file in %(folder)s holds classes of records or personal information banks.")
            % {"folder": folder}
        )
    found.holdings.sort(key=lambda pair: (pair[1].holds != "classes", pair[0].path.name))
    return found


@dataclass
class _Run:
    """One run over a folder: all its files are one source."""

    actor: Actor
    source: str
    confirm_withdrawals: bool
    progress: ProgressOf
    names: InstitutionNames
    seen: dict[str, set[int]] = field(default_factory=lambda: {kind.value: set() for kind in HoldingKind})
    reports: list[LoadReport] = field(default_factory=list)

    def file(
        self, table: Table, layout: str, take: Callable[[Load, LoadReport], None], *, is_last: bool = False
    ) -> None:
        """Note the load of one file around what takes it; after the last, withdraw what no file holds."""
        began = time.monotonic()
        report = LoadReport(source=self.source, file_name=table.path.name, layout=layout)
        started = actions.start_load(
            actor=self.actor,
            source=self.source,
            holds=Holds.HOLDINGS,
            file_name=table.path.name,
            file_digest=digest_of(table.path),
            layout=layout,
        )
        report.goes_on = started.goes_on
        take(started.load, report)
        done = actions.complete_load(
            actor=self.actor,
            load=started.load,
            seen=self.seen if is_last else None,
            counts=report.as_counts(),
            problems=report.problems,
            confirm_withdrawals=self.confirm_withdrawals,
        )
        report.withdrawn, report.held = done.count, done.held
        report.csv_path = write_csv(report, now=timezone.localtime())
        report.seconds = time.monotonic() - began
        self.progress(table.path.name)(report.rows, report.rows)
        self.reports.append(report)


def load_holdings(
    *,
    actor: Actor,
    folder: Path,
    source: str = "",
    confirm_withdrawals: bool = False,
    progress: ProgressOf = silent,
) -> list[LoadReport]:
    """Load all files of a folder as one source (its name unless given). What none of them holds is withdrawn."""
    found = look_into(folder)
    name, resolver = source or folder.resolve().name, institutions.resolver()
    run = _Run(actor, name, confirm_withdrawals, progress, InstitutionNames(resolver))
    run.names.learn(found.names)
    with one_load_of(run.source, Holds.HOLDINGS):
        for place, (table, layout) in enumerate(found.holdings, 1):
            take = partial(_take_holdings, run, table, layout)
            run.file(table, layout.name, take, is_last=place == len(found.holdings))
        for table in found.categories:
            run.file(table, "categories", partial(_take_categories, run, table))
        _link(run, found.links)
    return run.reports


def _take_holdings(run: _Run, table: Table, layout: Layout, load: Load, report: LoadReport) -> None:
    kind = KINDS[layout.holds]
    placed = list(_placed(run, report, table, layout))
    for start in range(0, len(placed), CHUNK):
        taken = actions.take_holdings(
            actor=run.actor, load=load, kind=kind, holdings=placed[start : start + CHUNK]
        )
        run.seen[kind.value] |= taken.seen
        report.counts += taken.counts


def _placed(run: _Run, report: LoadReport, table: Table, layout: Layout) -> Iterator[PlacedHolding]:
    """Yield the holdings of a file: all rows of one institution and number together, in file order."""
    groups: dict[tuple[str, str], list[ReadHolding]] = {}
    resolved: dict[str, int | None] = {}
    for row in table.rows():
        report.rows += 1
        try:
            read = read_holding(row, layout)
        except RefusedRowError as refusal:
            report.problems.append(Problem(row.line, "", True, refusal.reason, refusal.detail))
            continue
        key, institution_id = _institution(run, report, read)
        resolved[key] = institution_id
        groups.setdefault((key, read.number), []).append(read)
        for doubted in read.doubts:
            report.problems.append(Problem(read.line, read.number, False, doubted.reason, doubted.detail))
    for (key, number), rows in groups.items():
        records = holdings_of(rows)
        for ordinal, record in enumerate(records, 1):
            _doubt(report, record, number, len(records))
            written = next((row.institution_title or row.institution_path for row in record.rows), "")
            yield PlacedHolding(
                record=record,
                institution_id=resolved[key],
                institution_key=key,
                institution_as_written=written,
                ordinal=ordinal,
            )


def _institution(run: _Run, report: LoadReport, read: ReadHolding) -> tuple[str, int | None]:
    if read.is_standard:
        return "", None
    found = run.names.resolve(title=read.institution_title, path=read.institution_path)
    if not found.is_known:
        name = read.institution_title or read.institution_path
        report.problems.append(Problem(read.line, read.number, False, Doubt.INSTITUTION_UNKNOWN, name))
        return f"?{name}"[:300], None
    return found.slug, found.institution_id


def _doubt(report: LoadReport, record: HoldingRecord, number: str, records: int) -> None:
    if records > 1:
        detail = f"{records} holdings"
        report.problems += [
            Problem(row.line, number, False, Doubt.SHARED_NUMBER, detail) for row in record.rows
        ]
    if record.titles_disagree:
        report.problems += [
            Problem(
                row.line,
                number,
                False,
                Doubt.TITLES_DISAGREE,
                row.values["title_en"] or row.values["title_fr"],
            )
            for row in record.rows
        ]


def _take_categories(run: _Run, table: Table, _load: Load, report: LoadReport) -> None:
    values = []
    for row in table.rows():
        report.rows += 1
        if row.cells is None or not (row.cells["name_en"] and row.cells["name_fr"]):
            reason = Refusal.WRONG_COLUMNS if row.cells is None else Refusal.NO_TEXT
            report.problems.append(Problem(row.line, "", True, reason))
        else:
            values.append(category_values(row.cells))
    report.counts += actions.take_categories(actor=run.actor, categories=values)


def _link(run: _Run, tables: Sequence[Table]) -> None:
    """Link banks to classes by what they say themselves and by the tables of links, if there are any."""
    numbers = Numbers.of_source(run.source)
    wanted = links_in_texts(run.source, numbers)
    kept = linked_pairs(run.source)
    for table in tables:
        run.file(table, "links", partial(_take_links, run, table, numbers, kept, wanted))
    actions.link_banks(actor=run.actor, source=run.source, links=wanted)


def _take_links(  # the run's state, given to one step of it
    run: _Run,
    table: Table,
    numbers: Numbers,
    kept: set[Pair],
    wanted: set[Pair],
    _load: Load,
    report: LoadReport,
) -> None:
    for row, pair in links_in_table(table, run.names, numbers):
        report.rows += 1
        if pair is None:
            cells = row.cells or {}
            reason = Refusal.LINK_UNKNOWN if row.cells else Refusal.WRONG_COLUMNS
            detail = cells.get("related_record_number", "")
            report.problems.append(Problem(row.line, cells.get("bank_number_key", ""), True, reason, detail))
        else:
            report.counts["unchanged" if pair in kept else "new"] += 1
            wanted.add(pair)

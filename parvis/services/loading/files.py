"""Which files of a folder are of the inventory, of which layout, and in which order they are read."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from parvis.services.reading.cells import read_year
from parvis.services.reading.layouts import Layout, recognise, recognised
from parvis.services.states import Holds
from parvis.tables.table import Table, UnreadableFileError, open_table

DELIMITERS = ",;"
_SNAPSHOT = re.compile(r"_snapshot-(\d{4})-(\d{2})-(\d{2})$")
_BUDGET_YEAR = re.compile(r"-(\d{2})(\d{2})(?:-|$)")  # the chart of accounts of 2025-26 is "…-2526-…"
TRAILER = "Timestamp:"
NEARLY_ALL = (
    0.8  # a file whose rows are less of one year is of several, and gives way to one that is of the year
)
ORDER = (
    Holds.REGISTER.value,
    Holds.PROGRAMS.value,
    Holds.SERVICES.value,
    Holds.STANDARDS.value,
    Holds.SERVICE_PROGRAMS.value,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryFile:
    """A file, how it is read, and what its name says: a snapshot's day, or the fiscal year of a chart of accounts."""

    table: Table
    layout: Layout
    snapshot_on: date | None = None
    main_year: int | None = None

    @property
    def name(self) -> str:
        """Its name, by which it is known at the next load."""
        return self.table.path.name


@dataclass(frozen=True, slots=True)
class Found:
    """The files that are of the inventory, in the order in which they are read, and those that are not."""

    files: tuple[InventoryFile, ...]
    others: tuple[Path, ...]


def find_files(paths: Iterable[Path]) -> Found:
    """Find the files of the inventory among `paths`; of a folder, whatever of its CSV files is one.

    Raises LayoutError or UnreadableFileError for a file that is named itself and is none.
    """
    files: list[InventoryFile] = []
    others: list[Path] = []
    for path in paths:
        if not path.is_dir():
            table = open_table(path, delimiters=DELIMITERS)
            files.append(_file(table, recognised(table.header)))
            continue
        for inside in sorted(path.rglob("*.csv")):
            try:
                table = open_table(inside, delimiters=DELIMITERS)
            except UnreadableFileError:
                others.append(inside)
                continue
            layout = recognise(table.header)
            if layout is None:
                others.append(inside)
            else:
                files.append(_file(table, layout))
    return Found(tuple(sorted(files, key=_place)), tuple(others))


def _file(table: Table, layout: Layout) -> InventoryFile:
    stem = table.path.stem
    taken_on = _SNAPSHOT.search(stem)
    return InventoryFile(
        table=table,
        layout=layout,
        snapshot_on=date(*map(int, taken_on.groups())) if taken_on else None,
        main_year=_main_year(table, layout, stem),
    )


def _main_year(table: Table, layout: Layout, stem: str) -> int | None:
    """Return the fiscal year that a file is of, by nearly all its rows; where rows have none, by its name."""
    if column := layout.columns.get("year"):
        years = Counter(read_year(row.cells[column].strip()) for row in table.rows() if row.cells)
        years.pop(None, None)
        main, rows = max(years.items(), key=lambda one: (one[1], one[0] or 0), default=(None, 0))
        return main if rows >= years.total() * NEARLY_ALL else None
    if (named := _BUDGET_YEAR.search(stem)) and int(named[2]) == int(named[1]) + 1:
        return 2000 + int(named[1])
    return None


def _place(file: InventoryFile) -> tuple[int, bool, int, int, str]:
    """Newest first, so that what a newer file gives is there when an older one comes."""
    return (
        ORDER.index(file.layout.holds),
        file.snapshot_on is not None,
        -file.layout.generation,
        -(file.main_year or 0),
        file.name,
    )

"""The shipped facts and how a file of the same shape is read: rows in, typed rows out. No database.

A file is a CSV in UTF-8. What it holds is told by its columns, so that a government may bring its own:
jurisdictions (`division_id`), institutions (`legal_title_en`), former names (`from_year`), spellings (`text`),
purposes (`purpose_en`). Columns that a file leaves out are left as they are in the database.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from parvis.core.errors import ParvisError

_BLANKS = re.compile(r"[ \t\r\n]+")
SHIPPED = Path(__file__).parent / "data"


class Holds(StrEnum):
    """What a file holds. Their order is the order in which they are loaded."""

    JURISDICTIONS = "jurisdictions"
    INSTITUTIONS = "institutions"
    PURPOSES = "purposes"
    FORMER_NAMES = "former names"
    SPELLINGS = "spellings"


REQUIRED: dict[Holds, frozenset[str]] = {
    Holds.JURISDICTIONS: frozenset({"code", "division_id", "kind", "parent", "name_en", "name_fr"}),
    Holds.INSTITUTIONS: frozenset({"slug", "jurisdiction", "kind", "legal_title_en", "legal_title_fr"}),
    Holds.PURPOSES: frozenset({"slug", "purpose_en", "purpose_fr"}),
    Holds.FORMER_NAMES: frozenset({"slug", "title_en", "title_fr", "from_year", "until_year"}),
    Holds.SPELLINGS: frozenset({"slug", "text"}),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: where it stands and its cells, stripped, by column."""

    file: str
    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file: its name, what it holds and its rows."""

    name: str
    holds: Holds
    rows: tuple[Row, ...]


def shipped_files() -> tuple[Path, ...]:
    """Return the files that come with Parvis."""
    return tuple(sorted(SHIPPED.glob("*.csv")))


def read_files(paths: Sequence[Path]) -> tuple[DataFile, ...]:
    """Read every file and put them in the order of loading. Raises ParvisError for one that cannot be read."""
    files = [_read(path) for path in paths]
    order = list(Holds)
    return tuple(sorted(files, key=lambda file: (order.index(file.holds), file.name)))


def _read(path: Path) -> DataFile:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            holds = _holds(path, frozenset(reader.fieldnames or ()))
            return DataFile(path.name, holds, tuple(_rows(path, reader)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = _("%(file)s cannot be read: %(error)s") % {"file": path, "error": error}
        raise ParvisError(reason) from error


def _rows(path: Path, reader: "csv.DictReader[str]") -> Iterator[Row]:
    for cells in reader:
        # The non-breaking spaces of French stay.
        tidy = {key: _BLANKS.sub(" ", cells[key] or "").strip(" ") for key in cells if key}
        yield Row(path.name, reader.line_num, tidy)


def _holds(path: Path, columns: frozenset[str]) -> Holds:
    for holds, required in REQUIRED.items():
        if required <= columns:
            return holds
    raise ParvisError(
        _("%(file)s has none of the expected sets of columns; see the README of parvis/institutions.")
        % {"file": path.name}
    )

"""Rows of a CSV file with the lines on which they stand, whatever the file's line ends and quotes."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from parvis.core.errors import ParvisError

LONGEST_CELL = 1_000_000  # characters; a longer one means that a quote was never closed


class UnreadableFileError(ParvisError):
    """The file is not there, is empty, or is no CSV file."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: the line on which it begins, and its cells by column; None where it has not the header's number."""

    line: int
    cells: dict[str, str] | None
    found: int  # how many cells it has
    first: str = ""  # the first of them, where their number is wrong


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file with its header."""

    path: Path
    header: tuple[str, ...]
    delimiter: str = ","

    def rows(self) -> Iterator[TableRow]:
        """Yield every row but empty lines, in file order. Bytes that are not UTF-8 come as lone surrogates."""
        with self.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
            reader = csv.reader(stream, delimiter=self.delimiter)
            next(reader)
            line = reader.line_num + 1
            width = len(self.header)
            try:
                for values in reader:
                    if len(values) == width:
                        yield TableRow(line, dict(zip(self.header, values, strict=True)), width)
                    elif values:
                        yield TableRow(line, None, len(values), values[0])
                    line = reader.line_num + 1
            except csv.Error as error:
                raise UnreadableFileError(
                    _("%(path)s cannot be read from line %(line)d on: %(why)s")
                    % {"path": self.path, "line": line, "why": error}
                ) from error


def open_table(path: Path, *, delimiters: str = ",") -> Table:
    """Read the header of a CSV file. Of `delimiters` it has the one that gives its first line the most columns."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
            header, delimiter = _header(stream, delimiters)
    except (OSError, csv.Error) as error:
        raise UnreadableFileError(
            _("%(path)s cannot be read: %(why)s") % {"path": path, "why": error}
        ) from error
    if not header:
        raise UnreadableFileError(_("%(path)s is empty.") % {"path": path})
    return Table(path, tuple(name.strip() for name in header), delimiter)


def _header(stream: TextIO, delimiters: str) -> tuple[list[str], str]:
    best: tuple[list[str], str] = ([], delimiters[0])
    for delimiter in delimiters:
        stream.seek(0)
        header = next(csv.reader(stream, delimiter=delimiter), [])
        if len(header) > len(best[0]):
            best = (header, delimiter)
    return best


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

"""Reads a file that brings institutions on board: a CSV in UTF-8 or an Excel workbook. Rows in, typed rows out."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from parvis.core.errors import ParvisError

NEEDED = ("slug",)
OPTIONAL = (
    *("jurisdiction", "kind", "legal_title_en", "legal_title_fr", "applied_title_en", "applied_title_fr"),
    *("access_email", "access_phone", "access_url_en", "access_url_fr"),
    *("access_address_en", "access_address_fr"),
    *("regimes", "languages", "channels", "system_url"),
    *("fee_choice", "fee_amount", "fee_means", "fee_note_en", "fee_note_fr"),
    *("welcome_en", "welcome_fr", "colour_primary", "colour_accent", "is_head_deciding"),
    *("head_email", "officer_email", "invite_language"),
)
COLUMNS = (*NEEDED, *OPTIONAL)
MOST_ROWS = 5_000
LARGEST = 5_000_000  # bytes
SPREADSHEET = b"PK\x03\x04"  # an Excel workbook is a zip


@dataclass(frozen=True, slots=True)
class FileRow:
    """One line of a file: where it stands, and the cells that are not empty, by column."""

    line: int
    cells: dict[str, str]


def read_rows(content: bytes, name: str) -> list[FileRow]:
    """Return the rows of a file. Raises ParvisError, which says what to do, for one that cannot be read."""
    if len(content) > LARGEST:
        raise ParvisError(_("%(file)s has more than 5 megabytes. Divide it.") % {"file": name})
    table = _workbook(content, name) if content.startswith(SPREADSHEET) else _csv(content, name)
    header = [_tidy(cell).casefold() for cell in (table[0] if table else [])]
    _require_columns(header, name)
    rows = [
        FileRow(line, cells)
        for line, values in enumerate(table[1:], 2)
        if (
            cells := {
                column: text for column, value in zip(header, values, strict=False) if (text := _tidy(value))
            }
        )
    ]
    if len(rows) > MOST_ROWS:
        raise ParvisError(
            _("%(file)s has more than %(most)d rows. Divide it.") % {"file": name, "most": MOST_ROWS}
        )
    if not rows:
        raise ParvisError(_("%(file)s has no rows below its first line.") % {"file": name})
    return rows


def _require_columns(header: Sequence[str], name: str) -> None:
    missing = [column for column in NEEDED if column not in header]
    unknown = [column for column in header if column and column not in COLUMNS]
    doubled = sorted({column for column in header if column and header.count(column) > 1})
    if missing or unknown or doubled:
        said = {
            "file": name,
            "wrong": ", ".join([*missing, *unknown, *doubled]),
            "known": ", ".join(COLUMNS),
        }
        raise ParvisError(
            _(
                "The first line of %(file)s names the columns, each once. Look at: %(wrong)s. "
                "The columns that there may be are: %(known)s."
            )
            % said
        )


def _csv(content: bytes, name: str) -> list[list[object]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ParvisError(
            _("%(file)s is not written in UTF-8. Save it as “CSV UTF-8” or as an Excel workbook.")
            % {"file": name}
        ) from error
    first = text.partition("\n")[0]
    delimiter = (
        ";" if first.count(";") > first.count(",") else ","
    )  # Excel writes ; where the comma is decimal
    try:
        return [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)]
    except csv.Error as error:
        raise ParvisError(_("%(file)s cannot be read: %(error)s") % {"file": name, "error": error}) from error


def _workbook(content: bytes, name: str) -> list[list[object]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [list(row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]
    except CalamineError as error:
        raise ParvisError(_("%(file)s cannot be read: %(error)s") % {"file": name, "error": error}) from error


def _tidy(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).replace("\0", "").split(" ")).strip() if value is not None else ""

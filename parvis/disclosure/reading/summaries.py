"""From one row of a file to one summary as we keep it, with every reason to doubt it."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from parvis.core.bilingual import Provenance
from parvis.core.sort_key import sort_key
from parvis.disclosure.dispositions import read_disposition
from parvis.disclosure.reading.layouts import Layout
from parvis.disclosure.reading.values import KnownDate, known_date, read_date, read_pages, read_whole
from parvis.disclosure.reasons import Doubt, Refusal
from parvis.tables.table import TableRow
from parvis.tables.text import clean_text, one_line

LONGEST_NUMBER = 200
LONGEST_NAME = 300


class RefusedRowError(Exception):
    """The row cannot be taken, for this reason."""

    def __init__(self, reason: Refusal, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Doubted:
    """One reason to doubt a row, with the words that raised it."""

    reason: Doubt
    detail: str = ""


@dataclass(kw_only=True)
class ReadSummary:
    """One row as we keep it. The institution is still as the file writes it."""

    line: int
    request_number: str
    summary_en: str
    summary_fr: str
    provenance_en: str
    provenance_fr: str
    disposition: str
    disposition_as_written: str
    pages: int | None
    pages_as_written: str
    comments_en: str
    comments_fr: str
    year: int | None
    month: int | None
    dated_on: date | None
    publisher_code: str
    institution_as_written: str
    jurisdiction_as_written: str
    details: dict[str, str]
    doubts: list[Doubted] = field(default_factory=list)

    @cached_property
    def number_key(self) -> str:
        """What makes rows share a number. A row without a number is told apart by its text."""
        return self.request_number or "#" + fingerprint(self.summary_en, self.summary_fr)

    @cached_property
    def institution_key(self) -> str:
        """The institution as this file tells it apart, however its name resolves today."""
        name = self.publisher_code.casefold() or english_half_key(self.institution_as_written)
        return f"{self.jurisdiction_as_written}|{name}"[:LONGEST_NAME]

    @cached_property
    def place_in_time(self) -> tuple[int, int]:
        """Year and month for telling which version is later; unknown ones come first."""
        return self.year or 0, self.month or 0

    def digest(self, institution: str, unit: str) -> str:
        """Return the fingerprint of all that is kept of this row, the institution as resolved with it."""
        values = (
            *(self.request_number, self.summary_en, self.summary_fr, self.provenance_en, self.provenance_fr),
            *(self.disposition, self.disposition_as_written, str(self.pages), self.pages_as_written),
            *(self.comments_en, self.comments_fr, str(self.year), str(self.month), str(self.dated_on)),
            *(self.publisher_code, self.institution_as_written, self.jurisdiction_as_written),
            *(institution, unit, json.dumps(self.details, sort_keys=True)),
        )
        return fingerprint(*values)


def fingerprint(*values: str) -> str:
    """Return 32 hexadecimal digits that stand for these values."""
    joined = "\x1f".join(values).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=16).hexdigest()


@lru_cache(maxsize=20_000)
def english_half_key(title: str) -> str:
    """Return the key of the part of "English | Français" before the bar."""
    return sort_key(title.partition("|")[0])


def read_summary(row: TableRow, layout: Layout, *, today: date) -> ReadSummary:
    """Read one row. Raises RefusedRowError when it cannot be taken."""
    if row.cells is None:
        raise RefusedRowError(Refusal.WRONG_COLUMNS, str(row.found))
    cells, doubts = layout.cells(row.cells), list[Doubted]()
    summary_en, summary_fr = (_text(cells, name, doubts) for name in ("summary_en", "summary_fr"))
    if not (summary_en or summary_fr):
        raise RefusedRowError(Refusal.NO_TEXT)
    number = one_line(cells.get("request_number", ""))
    name = one_line(cells.get("institution_title", ""))
    if len(number) > LONGEST_NUMBER or len(name) > LONGEST_NAME:
        raise RefusedRowError(Refusal.TOO_LONG)
    if not number:
        doubts.append(Doubted(Doubt.NO_NUMBER))
    if summary_en == summary_fr:
        doubts.append(Doubted(Doubt.SAME_TEXT))
    when = _date(cells, number, doubts, today)
    disposition, wording = _disposition(cells, doubts)
    pages, pages_wording = _pages(cells, doubts)
    return ReadSummary(
        line=row.line,
        request_number=number,
        summary_en=summary_en,
        summary_fr=summary_fr,
        provenance_en=Provenance.SOURCE if summary_en else Provenance.MISSING,
        provenance_fr=Provenance.SOURCE if summary_fr else Provenance.MISSING,
        disposition=disposition,
        disposition_as_written=wording,
        pages=pages,
        pages_as_written=pages_wording,
        comments_en=_text(cells, "comments_en", doubts),
        comments_fr=_text(cells, "comments_fr", doubts),
        year=when.year,
        month=when.month,
        dated_on=when.day,
        publisher_code=one_line(cells.get("institution_code", ""))[:60],
        institution_as_written=name,
        jurisdiction_as_written=one_line(cells.get("jurisdiction", ""))[:120],
        details=_details(row.cells, layout, number, today, doubts),
        doubts=doubts,
    )


def _text(cells: dict[str, str], name: str, doubts: list[Doubted]) -> str:
    cleaned = clean_text(cells.get(name, ""))
    doubts += [Doubted(Doubt(reason), name) for reason in cleaned.doubts]
    return cleaned.text


def _date(cells: dict[str, str], number: str, doubts: list[Doubted], today: date) -> KnownDate:
    written = " ".join(cells.get(name, "") for name in ("date", "year", "month")).strip()
    if "date" in cells:
        found = read_date(cells["date"], today=today, number=number)
    else:
        try:
            year, month = read_whole(cells.get("year", "")), read_whole(cells.get("month", ""))
            found = known_date(year, month, today=today, number=number)
        except ValueError:
            found = KnownDate(doubt=Doubt.UNREADABLE_DATE)
    if found.doubt:
        doubts.append(Doubted(found.doubt, written))
    return found


def _disposition(cells: dict[str, str], doubts: list[Doubted]) -> tuple[str, str]:
    wording = one_line(cells.get("disposition", ""))[:LONGEST_NAME]
    wording = "" if wording == "/" else wording
    found = read_disposition(wording)
    if found.doubt:
        doubts.append(Doubted(found.doubt, wording))
    return found.code, wording


def _pages(cells: dict[str, str], doubts: list[Doubted]) -> tuple[int | None, str]:
    wording = clean_text(cells.get("pages", "")).text
    count, doubt = read_pages(wording)
    if doubt:
        doubts.append(Doubted(doubt, " ".join(wording.split())))
    return count, " ".join(wording.split())[:LONGEST_NAME] if doubt else ""


_LOOKS_LIKE_DATE = re.compile(r"^\d{4}-\d\d-\d\d$")


def _details(
    row: dict[str, str], layout: Layout, number: str, today: date, doubts: list[Doubted]
) -> dict[str, str]:
    """Keep the layout's other columns as they are, but for dates that cannot be true."""
    kept = {column: one_line(row.get(column, "")) for column in layout.keep}
    for column, value in kept.items():
        if _LOOKS_LIKE_DATE.match(value):
            found = read_date(value, today=today, number=number)
            if found.doubt:
                doubts.append(Doubted(Doubt.IMPOSSIBLE_OTHER_DATE, f"{column} {value}"))
                kept[column] = ""
    return {column: value for column, value in kept.items() if value}

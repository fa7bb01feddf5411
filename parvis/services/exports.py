"""Lists and figures as files: CSV with the mark by which spreadsheets know UTF-8, and Excel."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import xlsxwriter

from parvis.core.bilingual import Text
from parvis.services.explaining import kind_of
from parvis.services.indicators.evaluator import CountedRow
from parvis.services.indicators.model import Indicator, Of
from parvis.services.queries.services import ServiceItem, services_by_key, standards_by_key

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
SERVICE_COLUMNS = (
    *("public_id", "service_id", "fiscal_yr", "service_name_en", "service_name_fr", "institution"),
    *("service_scope", "standards", "standards_assessed", "standards_met"),
    *("points_online", "points_offline", "points_not_applicable", "points_unknown"),
)
ROW_COLUMNS = (
    *("public_id", "name_en", "name_fr", "service_name_en", "service_name_fr", "institution"),
    *("counts_as", "numerator", "denominator", "not_measured"),
)
NOTHING = (Text(), "", Text())


def service_rows(items: Iterable[ServiceItem]) -> Iterator[list[Any]]:
    """Yield services in the order of SERVICE_COLUMNS."""
    for item in items:
        points = item.points
        yield [
            *(item.public_id, item.service_id, item.fiscal_yr, item.name.en, item.name.fr),
            item.institution.slug if item.institution else item.institution_as_written,
            ",".join(item.scope),
            *(item.standards, item.judged, item.met),
            *(points.online, points.offline, points.not_applicable, points.unknown),
        ]


def counted_rows(indicator: Indicator, rows: Sequence[CountedRow]) -> Iterator[list[Any]]:
    """Yield the rows of a figure in the order of ROW_COLUMNS."""
    keys = [row.key for row in rows]
    standards = standards_by_key(keys) if indicator.of is Of.STANDARDS else {}
    services = {} if standards else services_by_key(keys)
    for row in rows:
        words, _public_id, service = standards.get(row.key, NOTHING)
        name = words or services.get(row.key, Text())
        gap = "" if row.gap is None else row.gap.value or "blank"
        yield [
            *(row.key, name.en, name.fr, service.en, service.fr, row.institution),
            *(kind_of(row), row.numerator, row.denominator, gap),
        ]


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a CSV file."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def as_xlsx(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str) -> bytes:
    """Return an Excel file with one sheet, its head frozen. Texts are never formulas."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet(title[:31].translate(dict.fromkeys(map(ord, "[]:*?/\\"), "-")))
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, columns, bold)
        number = 0
        for number, row in enumerate(rows, start=1):  # its last value is the height of the table
            sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, number, len(columns) - 1)
        sheet.set_column(0, len(columns) - 1, 18)
    return stream.getvalue()

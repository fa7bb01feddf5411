"""Answers that are files."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from parvis.services import exports
from parvis.services.api.schemas import Format


def as_file(form: Format, columns: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> HttpResponse:
    """Answer with rows as CSV or Excel."""
    content = exports.as_csv(columns, rows) if form == "csv" else exports.as_xlsx(columns, rows, name)
    response = HttpResponse(content, content_type=exports.CSV if form == "csv" else exports.XLSX)
    response["Content-Disposition"] = f'attachment; filename="parvis-{name}.{form}"'
    return response

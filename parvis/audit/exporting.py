"""The trail as a file, a line an event, however long: never more than a few thousand in memory."""

import csv
import io
import json
from collections.abc import Iterator
from enum import StrEnum

from django.db.models import QuerySet

from parvis.audit.models import Event

COLUMNS = (
    "id",
    "name",
    "happened_at",
    "actor_kind",
    "actor_id",
    "actor_name",
    "subject_type",
    "subject_id",
    "data",
    "seal__number",
    "seal__hash",
)


class Form(StrEnum):
    """How an export is written."""

    JSONL = "jsonl"
    CSV = "csv"

    @property
    def content_type(self) -> str:
        """The media type of such a file."""
        return f"{'text/csv' if self is Form.CSV else 'application/jsonl'}; charset=utf-8"


def written(events: QuerySet[Event], form: Form) -> Iterator[str]:
    """Yield the lines of an export, oldest event first. In CSV a cell that a spreadsheet would run is quoted."""
    if form is Form.CSV:
        yield _csv_line([name.replace("seal__", "seal_") for name in COLUMNS])
    for row in events.order_by("pk").values_list(*COLUMNS).iterator(chunk_size=2000):
        values = dict(zip((name.replace("seal__", "seal_") for name in COLUMNS), row, strict=True))
        values["happened_at"] = values["happened_at"].isoformat()
        if form is Form.JSONL:
            yield json.dumps(values, ensure_ascii=False) + "\n"
        else:
            values["data"] = json.dumps(values["data"], ensure_ascii=False, sort_keys=True)
            yield _csv_line(["" if one is None else _harmless(str(one)) for one in values.values()])


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _csv_line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()

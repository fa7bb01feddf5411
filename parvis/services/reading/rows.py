"""One row of a file as a yearly record: our fields, whose it is, and what is odd. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from parvis.core.sort_key import sort_key
from parvis.services.reading.cells import Cells, Doubted, joined, read_year
from parvis.services.reading.layouts import Layout
from parvis.services.reasons import Refusal
from parvis.tables.table import TableRow

NOT_IDS = frozenset(
    {
        "",
        "na",
        "n a",
        "nd",
        "none",
        "tbd",
        "not available",
        "no service standard id",
        "no service id",
        "non disponible",
    }
)
LONGEST_ID = 60

SERVICE_TEXTS = (
    "service_name_en",
    "service_name_fr",
    "service_description_en",
    "service_description_fr",
    "program_name_en",
    "program_name_fr",
    "automated_decision_system_description_en",
    "automated_decision_system_description_fr",
    "os_comments_client_interaction_en",
    "os_comments_client_interaction_fr",
    "special_remarks_en",
    "special_remarks_fr",
    "service_uri_en",
    "service_uri_fr",
)
SERVICE_CODES = (
    "service_type",
    "service_scope",
    "client_target_groups",
    "program_id",
    "client_feedback_channel",
)
SERVICE_ANSWERS = (
    "automated_decision_system",
    "service_fee",
    "os_account_registration",
    "os_authentication",
    "os_application",
    "os_decision",
    "os_issuance",
    "os_issue_resolution_feedback",
    "sin_usage",
    "cra_bn_identifier_usage",
)
SERVICE_COUNTS = (
    "num_phone_enquiries",
    "num_applications_by_phone",
    "num_website_visits",
    "num_applications_online",
    "num_applications_in_person",
    "num_applications_by_mail",
    "num_applications_by_email",
    "num_applications_by_fax",
    "num_applications_by_other",
    "num_applications_total",
)
STANDARD_TEXTS = (
    "service_name_en",
    "service_name_fr",
    "service_standard_en",
    "service_standard_fr",
    "channel_comments_en",
    "channel_comments_fr",
    "comments_en",
    "comments_fr",
    "standards_targets_uri_en",
    "standards_targets_uri_fr",
    "performance_results_uri_en",
    "performance_results_uri_fr",
)


class RefusedRowError(Exception):
    """The row is not taken."""

    def __init__(self, reason: Refusal, detail: str = "") -> None:
        self.reason, self.detail = reason, detail
        super().__init__(reason.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A row that is taken. `values` are the fields of the yearly record; readings come as `Reading`."""

    line: int
    year: int
    service_id: str  # empty where what stood there is no identifier
    id_as_written: str
    own_id: str  # the number that the institution itself gave, in files that have one
    standard_id: str
    owner_org: str
    owner_org_title: str
    values: Mapping[str, Any]
    cells: Mapping[str, str]
    digest: str
    doubts: tuple[Doubted, ...] = field(default=())

    @property
    def name(self) -> str:
        """The name of the service, in English where it has one."""
        return str(self.values.get("service_name_en") or self.values.get("service_name_fr") or "")

    @property
    def standard(self) -> str:
        """The words of the standard, in English where they are given."""
        return str(self.values.get("service_standard_en") or self.values.get("service_standard_fr") or "")

    @property
    def identifier(self) -> str:
        """By which a report names the row."""
        return " / ".join(part for part in (self.id_as_written, self.standard_id) if part) or self.name[:80]


def read_service(row: TableRow, layout: Layout) -> ReadRow:
    """Read a row of a file of services. Raises RefusedRowError."""
    cells = _cells(row, layout)
    values: dict[str, Any] = {name: cells.text(name) for name in SERVICE_TEXTS}
    if not (values["service_name_en"] or values["service_name_fr"]):
        raise RefusedRowError(Refusal.NO_NAME, cells.word("service_id"))
    values |= {name: cells.codes(name) for name in SERVICE_CODES}
    values |= {name: cells.answer(name) for name in SERVICE_ANSWERS}
    values |= {name: cells.whole(name) for name in SERVICE_COUNTS}
    values["service_recipient_type"] = cells.code("service_recipient_type")
    for name in ("last_service_review", "last_service_improvement"):
        values[name] = cells.year(name)
    return _row(row, cells, values)


def read_standard(row: TableRow, layout: Layout) -> ReadRow:
    """Read a row of a file of standards. Raises RefusedRowError."""
    cells = _cells(row, layout)
    values: dict[str, Any] = {name: cells.text(name) for name in STANDARD_TEXTS}
    if not (values["service_standard_en"] or values["service_standard_fr"]):
        raise RefusedRowError(Refusal.NO_NAME, cells.word("service_standard_id"))
    values |= {
        "type": cells.codes("type"),
        "target_type": cells.word("target_type")[:20],
        "channel": cells.code("channel"),
        "target": cells.target("target"),
        "volume_meeting_target": cells.whole("volume_meeting_target"),
        "total_volume": cells.whole("total_volume"),
        "performance": cells.part("performance"),
        "target_met": cells.answer("target_met"),
    }
    return _row(row, cells, values)


def row_digest(cells: Mapping[str, str], layout: Layout) -> str:
    """Return the fingerprint of a row as its layout reads it."""
    text = json.dumps([layout.digest, *sorted(cells.items())], ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def is_id(word: str) -> bool:
    """Tell whether what stands for an identifier is one."""
    return sort_key(word) not in NOT_IDS and len(word) <= LONGEST_ID


def _cells(row: TableRow, layout: Layout) -> Cells:
    if row.cells is None:
        raise RefusedRowError(Refusal.WRONG_COLUMNS, f"{row.found} cells: {row.first[:80]}")
    cells = Cells(layout, row.cells)
    if read_year(cells.word("year")) is None:
        raise RefusedRowError(Refusal.NO_YEAR, cells.word("year"))
    return cells


def _row(row: TableRow, cells: Cells, values: dict[str, Any]) -> ReadRow:
    year = read_year(cells.word("year"))
    if row.cells is None or year is None:  # _cells has refused it already
        raise RefusedRowError(Refusal.NO_YEAR)
    written = cells.word("service_id")
    title = cells.word("owner_org_title") or joined(
        (cells.word("owner_title_en"), cells.word("owner_title_fr"))
    )
    whole = {column: cell.encode("utf-8", "replace").decode() for column, cell in row.cells.items() if cell}
    return ReadRow(
        line=row.line,
        year=year,
        service_id=written if is_id(written) else "",
        id_as_written=written[:200],
        own_id=cells.word("own_id")[:LONGEST_ID],
        standard_id=cells.word("service_standard_id")[:80],
        owner_org=cells.word("owner_org")[:60],
        owner_org_title=title[:300],
        values=values,
        cells={column: cell.replace("\x00", "") for column, cell in whole.items()},
        digest=row_digest(row.cells, cells.layout),
        doubts=tuple(cells.doubts),
    )

"""Takes rows of files into the tables: adds and corrects, never deletes. Called by the action only."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.institutions.files import DataFile, Holds, Row
from parvis.institutions.models import FormerName, Institution, Jurisdiction, Spelling

NUMBERS = frozenset({"ended_in", "from_year", "until_year"})
INSTITUTION_COLUMNS = (
    *("open_data_slug", "kind", "schedule", "state", "ended_in", "access_email", "access_phone"),
    *("legal_title_en", "legal_title_fr", "applied_title_en", "applied_title_fr"),
    *("title_provenance_en", "title_provenance_fr", "acronym_en", "acronym_fr"),
    *("lead_department_en", "lead_department_fr", "website_en", "website_fr"),
    *("access_address_en", "access_address_fr", "access_url_en", "access_url_fr"),
    *("purpose_en", "purpose_fr"),
)


class RefusedRowError(Exception):
    """A row that cannot be taken, and why."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """Where a refused row stands and why it was refused, in the language of whoever runs the load."""

    file: str
    line: int
    reason: str


@dataclass(slots=True)
class LoadReport:
    """What a load did. `counts` is by what a file holds, then "new", "changed" and "unchanged"."""

    counts: dict[Holds, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    refused: list[RefusedRow] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)  # slugs of institutions of which anything changed

    @property
    def has_changes(self) -> bool:
        """Whether anything is new or changed."""
        return any(count["new"] or count["changed"] for count in self.counts.values())


def load(files: Iterable[DataFile]) -> LoadReport:
    """Take every row of `files`, which stand in the order of loading, or refuse it for a stated reason."""
    report = LoadReport()
    for file in files:
        take = TAKERS[file.holds]
        for row in _successors_first(file):
            try:
                outcome, slug = take(row)
            except (RefusedRowError, ValidationError) as error:
                report.refused.append(RefusedRow(row.file, row.line, _reason(error)))
            else:
                report.counts[file.holds][outcome] += 1
                if slug and outcome != "unchanged":
                    report.touched.add(slug)
    return report


def _successors_first(file: DataFile) -> Iterator[Row]:
    """Yield the rows so that a successor named in the same file comes before whom it succeeds."""
    waiting = list(file.rows)
    while waiting:
        slugs = {row.cells.get("slug") for row in waiting}
        ready = [row for row in waiting if row.cells.get("successor", "") not in slugs - {""}]
        yield from ready or waiting  # a ring of successors: let each be refused for itself
        waiting = [row for row in waiting if row not in ready] if ready else []


def _take_jurisdiction(row: Row) -> tuple[str, str]:
    cells = row.cells
    kept = Jurisdiction.objects.filter(code=cells["code"]).first()
    wanted: dict[str, Any] = {key: cells[key] for key in ("division_id", "kind", "name_en", "name_fr")}
    wanted["parent"] = _jurisdiction(cells["parent"]) if cells["parent"] else None
    if "aliases" in cells:
        wanted["aliases"] = cells["aliases"].split()
    return _keep(kept or Jurisdiction(code=cells["code"]), wanted), ""


def _take_institution(row: Row) -> tuple[str, str]:
    cells = row.cells
    kept = Institution.objects.filter(slug=cells["slug"]).first()
    wanted: dict[str, Any] = {
        column: _value(column, cells) for column in INSTITUTION_COLUMNS if column in cells
    }
    wanted["jurisdiction"] = _jurisdiction(cells["jurisdiction"])
    if "successor" in cells:
        wanted["successor"] = _institution(cells["successor"]) if cells["successor"] else None
    return _keep(kept or Institution(slug=cells["slug"]), wanted), cells["slug"]


def _take_purpose(row: Row) -> tuple[str, str]:
    wanted = {key: row.cells[key] for key in ("purpose_en", "purpose_fr")}
    return _keep(_institution(row.cells["slug"]), wanted), row.cells["slug"]


def _take_former_name(row: Row) -> tuple[str, str]:
    institution, title = _institution(row.cells["slug"]), row.cells["title_en"]
    kept = FormerName.objects.filter(institution=institution, title_en=title).first()
    columns = [key for key in ("title_fr", "from_year", "until_year", "source_note") if key in row.cells]
    wanted: dict[str, Any] = {column: _value(column, row.cells) for column in columns}
    return _keep(kept or FormerName(institution=institution, title_en=title), wanted), institution.slug


def _take_spelling(row: Row) -> tuple[str, str]:
    institution, text = _institution(row.cells["slug"]), row.cells["text"]
    kept = Spelling.objects.filter(institution=institution, text=text).first()
    wanted = {"source_note": row.cells.get("source_note", "")}
    return _keep(kept or Spelling(institution=institution, text=text), wanted), institution.slug


TAKERS: dict[Holds, Callable[[Row], tuple[str, str]]] = {
    Holds.JURISDICTIONS: _take_jurisdiction,
    Holds.INSTITUTIONS: _take_institution,
    Holds.PURPOSES: _take_purpose,
    Holds.FORMER_NAMES: _take_former_name,
    Holds.SPELLINGS: _take_spelling,
}


def _keep(row: models.Model, wanted: dict[str, Any]) -> str:
    """Bring the row to what is wanted and say what that was: new, changed or unchanged."""
    is_new = row.pk is None
    changed = [name for name, value in wanted.items() if is_new or getattr(row, name) != value]
    if not is_new and not changed:
        return "unchanged"
    for name in changed:
        setattr(row, name, wanted[name])
    if isinstance(row, Jurisdiction | Institution):
        row.keep_sort_keys()
    row.full_clean()
    row.save()
    return "new" if is_new else "changed"


def _value(column: str, cells: dict[str, str]) -> str | int | None:
    text = cells[column]
    if column == "state" and not text:
        return "active"
    if column.startswith("title_provenance") and not text:
        return "source"
    if column not in NUMBERS:
        return text
    if text and not text.isdigit():
        raise RefusedRowError(_("%(column)s is not a year: %(text)s") % {"column": column, "text": text})
    return int(text) if text else None


def _jurisdiction(code: str) -> Jurisdiction:
    if found := Jurisdiction.objects.filter(code=code).first():
        return found
    raise RefusedRowError(_("no jurisdiction has the code %(code)s") % {"code": code or "“”"})


def _institution(slug: str) -> Institution:
    if found := Institution.objects.filter(slug=slug).first():
        return found
    raise RefusedRowError(_("no institution has the slug %(slug)s") % {"slug": slug or "“”"})


def _reason(error: RefusedRowError | ValidationError) -> str:
    if not isinstance(error, ValidationError):
        return str(error.reason)
    return "; ".join(
        " ".join(messages) if column == NON_FIELD_ERRORS else f"{column}: {' '.join(messages)}"
        for column, messages in error.message_dict.items()
    )

"""Takes rows of files into the tables: adds and corrects, never deletes. Called by the action only."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
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

    def __init__(self, reason: object) -> None:
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
    report, tables = LoadReport(), _Tables()
    for file in files:
        for row in _successors_first(file):
            try:
                outcome, slug = tables.take(file.holds, row)
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


class _Tables:
    """All rows as they stand, read once, and brought up to what the files say."""

    def __init__(self) -> None:
        self.jurisdictions = {row.code: row for row in Jurisdiction.objects.select_related("parent")}
        rows = Institution.objects.select_related("jurisdiction", "successor")
        self.institutions = {row.slug: row for row in rows}
        self.former_names = {
            (row.institution.slug, row.title_en): row
            for row in FormerName.objects.select_related("institution")
        }
        self.spellings = {
            (row.institution.slug, row.text): row for row in Spelling.objects.select_related("institution")
        }

    def take(self, holds: Holds, row: Row) -> tuple[str, str]:
        """Take one row: return "new", "changed" or "unchanged", and the slug of the institution that it is about."""
        takers = {
            Holds.JURISDICTIONS: self._take_jurisdiction,
            Holds.INSTITUTIONS: self._take_institution,
            Holds.PURPOSES: self._take_purpose,
            Holds.FORMER_NAMES: self._take_former_name,
            Holds.SPELLINGS: self._take_spelling,
        }
        return takers[holds](row.cells), row.cells.get("slug", "")

    def _take_jurisdiction(self, cells: dict[str, str]) -> str:
        code = cells["code"]
        wanted: dict[str, Any] = {key: cells[key] for key in ("division_id", "kind", "name_en", "name_fr")}
        wanted["parent"] = self._jurisdiction(cells["parent"]) if cells["parent"] else None
        if "aliases" in cells:
            wanted["aliases"] = cells["aliases"].split()
        kept = self.jurisdictions.get(code) or Jurisdiction(code=code)
        outcome = _keep(kept, wanted)
        self.jurisdictions[code] = kept
        return outcome

    def _take_institution(self, cells: dict[str, str]) -> str:
        slug = cells["slug"]
        wanted: dict[str, Any] = {
            column: _value(column, cells) for column in INSTITUTION_COLUMNS if column in cells
        }
        wanted["jurisdiction"] = self._jurisdiction(cells["jurisdiction"])
        if "successor" in cells:
            wanted["successor"] = self._institution(cells["successor"]) if cells["successor"] else None
        kept = self.institutions.get(slug) or Institution(slug=slug)
        outcome = _keep(kept, wanted)
        self.institutions[slug] = kept
        return outcome

    def _take_purpose(self, cells: dict[str, str]) -> str:
        wanted = {key: cells[key] for key in ("purpose_en", "purpose_fr")}
        return _keep(self._institution(cells["slug"]), wanted)

    def _take_former_name(self, cells: dict[str, str]) -> str:
        institution, title = self._institution(cells["slug"]), cells["title_en"]
        columns = [key for key in ("title_fr", "from_year", "until_year", "source_note") if key in cells]
        wanted: dict[str, Any] = {column: _value(column, cells) for column in columns}
        key = (institution.slug, title)
        kept = self.former_names.get(key) or FormerName(institution=institution, title_en=title)
        outcome = _keep(kept, wanted)
        self.former_names[key] = kept
        return outcome

    def _take_spelling(self, cells: dict[str, str]) -> str:
        institution, text = self._institution(cells["slug"]), cells["text"]
        key = (institution.slug, text)
        kept = self.spellings.get(key) or Spelling(institution=institution, text=text)
        outcome = _keep(kept, {"source_note": cells.get("source_note", "")})
        self.spellings[key] = kept
        return outcome

    def _jurisdiction(self, code: str) -> Jurisdiction:
        if found := self.jurisdictions.get(code):
            return found
        raise RefusedRowError(_("no jurisdiction has the code %(code)s") % {"code": code or "“”"})

    def _institution(self, slug: str) -> Institution:
        if found := self.institutions.get(slug):
            return found
        raise RefusedRowError(_("no institution has the slug %(slug)s") % {"slug": slug or "“”"})


def _keep(row: models.Model, wanted: dict[str, Any]) -> str:
    """Bring the row to what is wanted and say what that was. A row that is refused is left as it was."""
    is_new = row.pk is None
    changed = [name for name, value in wanted.items() if is_new or getattr(row, name) != value]
    if not is_new and not changed:
        return "unchanged"
    before = {name: getattr(row, name, None) for name in changed} if not is_new else {}
    for name in changed:
        setattr(row, name, wanted[name])
    if isinstance(row, Jurisdiction | Institution):
        row.keep_sort_keys()
    try:
        _save(row)
    except (RefusedRowError, ValidationError):
        for name, value in before.items():
            setattr(row, name, value)
        raise
    return "new" if is_new else "changed"


def _save(row: models.Model) -> None:
    """Save the row; what its constraints refuse is told in their words.

    The database checks the constraints, once: asking it for each of them beforehand costs ten queries a row.
    """
    fetched = {field.name for field in row._meta.fields if field.is_relation}  # noqa: SLF001  # documented
    row.clean_fields(exclude=fetched)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        for constraint in row._meta.constraints:  # noqa: SLF001  # documented
            if constraint.name == name:
                raise RefusedRowError(constraint.violation_error_message) from error
        raise RefusedRowError(_("another row has this value already (%(name)s)") % {"name": name}) from error


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


def _reason(error: RefusedRowError | ValidationError) -> str:
    if not isinstance(error, ValidationError):
        return str(error.reason)
    return "; ".join(
        " ".join(messages) if column == NON_FIELD_ERRORS else f"{column}: {' '.join(messages)}"
        for column, messages in error.message_dict.items()
    )

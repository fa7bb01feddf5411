"""The rows of a fiscal year as columns, straight from the database: what the evaluator reads."""

from collections.abc import Iterable, Sequence
from typing import Any

from parvis.institutions.queries import references
from parvis.services.indicators.columns import CodeColumn, CodesColumn, Column, NumberColumn
from parvis.services.indicators.evaluator import Year
from parvis.services.indicators.model import FieldKind, Of
from parvis.services.indicators.reading import register
from parvis.services.indicators.table import Table, join
from parvis.services.indicators.verdict import verdict
from parvis.services.models import Measure, ServiceYear, Snapshot, StandardYear
from parvis.services.states import MeasureKind
from parvis.services.values import Kind, fiscal_year

MEASURES = {kind: (kind.value, f"{kind.value}_sample") for kind in MeasureKind}
JUDGED_BY = ("target", "volume_meeting_target", "total_volume")
MEASURED = frozenset(name for names in MEASURES.values() for name in names)


def years_loaded() -> tuple[int, ...]:
    """Return the fiscal years, by the calendar year in which each begins, that have a current row, oldest first."""
    return tuple(ServiceYear.objects.current().order_by("year").values_list("year", flat=True).distinct())


def year_tables(year: int, snapshot: Snapshot | None = None, fields: frozenset[str] | None = None) -> Year:
    """Return one fiscal year as it stands today, or as a snapshot has it; with `fields`, only those columns."""
    slugs = _Slugs()
    services = _services(year, snapshot, _wanted(Of.SERVICES, fields), slugs)
    standards, service_keys = _standards(year, snapshot, _wanted(Of.STANDARDS, fields), slugs)
    join(services, standards, service_keys)
    return Year(name=fiscal_year(year), services=services, standards=standards)


def _wanted(of: Of, fields: frozenset[str] | None) -> dict[str, FieldKind]:
    known = register().fields[of]
    return {name: kind for name, kind in known.items() if fields is None or name in fields}


def _services(year: int, snapshot: Snapshot | None, fields: dict[str, FieldKind], slugs: "_Slugs") -> Table:
    rows = ServiceYear.objects.in_edition(snapshot).filter(year=year).order_by("pk")
    plain = {
        name: kind for name, kind in fields.items() if name not in {*MEASURED, "institution", "service_id"}
    }
    found = _Found(rows, ("pk", "service__public_id", "institution_id", "service__service_id"), plain)
    institutions = slugs.of(found.column("institution_id"))
    columns = found.columns(plain)
    columns["institution"] = CodeColumn(institutions)
    columns["service_id"] = CodeColumn(found.column("service__service_id"))
    if MEASURED & fields.keys():
        columns |= _measures(year, snapshot, found.column("pk"))
    return Table(
        year=fiscal_year(year),
        keys=found.column("service__public_id"),
        institutions=institutions,
        columns=columns,
    )


def _standards(
    year: int, snapshot: Snapshot | None, fields: dict[str, FieldKind], slugs: "_Slugs"
) -> tuple[Table, Sequence[str]]:
    rows = StandardYear.objects.in_edition(snapshot).filter(year=year).order_by("pk")
    judged = dict.fromkeys(JUDGED_BY, FieldKind.NUMBER) if "target_met" in fields else {}
    found = _Found(
        rows, ("standard__public_id", "institution_id", "standard__service__public_id"), fields | judged
    )
    columns = found.columns(fields)
    if "target_met" in fields:
        columns["target_met"] = CodeColumn(_verdicts(found))
    table = Table(
        year=fiscal_year(year),
        keys=found.column("standard__public_id"),
        institutions=slugs.of(found.column("institution_id")),
        columns=columns,
    )
    return table, found.column("standard__service__public_id")


def _verdicts(found: "_Found") -> list[str]:
    readings = [found.column(f"{name}_number") for name in JUDGED_BY]
    return [
        verdict(given, target=target, volume_meeting_target=met, total_volume=total).value
        for given, target, met, total in zip(found.column("target_met"), *readings, strict=True)
    ]


class _Found:
    """Rows fetched as tuples, and read by column."""

    def __init__(self, rows: Any, keys: Iterable[str], fields: dict[str, FieldKind]) -> None:
        self.names = [*keys]
        for name, kind in fields.items():
            self.names += [f"{name}_number", f"{name}_kind"] if kind is FieldKind.NUMBER else [name]
        fetched = list(rows.values_list(*self.names))
        self._columns = dict(zip(self.names, zip(*fetched, strict=True), strict=True)) if fetched else {}

    def column(self, name: str) -> Sequence[Any]:
        """Return one column as fetched."""
        return self._columns.get(name, ())

    def columns(self, fields: dict[str, FieldKind]) -> dict[str, Column]:
        """Return every field as the evaluator reads it."""
        return {name: self._column(name, kind) for name, kind in fields.items()}

    def _column(self, name: str, kind: FieldKind) -> Column:
        if kind is FieldKind.NUMBER:
            return NumberColumn(self.column(f"{name}_number"), self.column(f"{name}_kind"))
        if kind is FieldKind.YEAR:
            return NumberColumn.of_years(self.column(name))
        return CodesColumn(self.column(name)) if kind is FieldKind.CODES else CodeColumn(self.column(name))


class _Slugs:
    """The slugs of institutions, asked for once for the services and the standards of a year."""

    def __init__(self) -> None:
        self._known: dict[int | None, str] = {None: ""}

    def of(self, ids: Sequence[int | None]) -> list[str]:
        """Return the slug of each; empty where no institution is known."""
        if unknown := {one for one in ids if one is not None} - self._known.keys():
            found = references(unknown)
            self._known |= {one: found[one].slug if one in found else "" for one in unknown}
        return [self._known[one] for one in ids]


def _measures(year: int, snapshot: Snapshot | None, keys: Sequence[int]) -> dict[str, Column]:
    rows = Measure.objects.filter(service_year__year=year, service_year__snapshot=snapshot)
    found = {
        (service_year, kind): (value, size)
        for service_year, kind, value, size in rows.order_by("pk").values_list(
            "service_year_id", "kind", "value", "sample_size"
        )
    }
    columns: dict[str, Column] = {}
    for kind, names in MEASURES.items():
        for place, name in enumerate(names):
            cells = [found.get((key, kind.value), (None, None))[place] for key in keys]
            kinds = [Kind.BLANK if cell is None else Kind.NUMBER for cell in cells]
            columns[name] = NumberColumn(cells, kinds)
    return columns

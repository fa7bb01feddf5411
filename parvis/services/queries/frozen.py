"""The rows of a fiscal year as an edition freezes them, from the database or from an edition."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q

from parvis.institutions.queries import references
from parvis.services.editions.freezing import FrozenRow
from parvis.services.indicators.evaluator import Year
from parvis.services.indicators.model import FieldKind, Of
from parvis.services.indicators.reading import register
from parvis.services.indicators.texts import year_of_texts
from parvis.services.indicators.verdict import verdict
from parvis.services.models import DataFile, Edition, Measure, ServiceYear, Snapshot, StandardYear
from parvis.services.queries.tables import MEASURED, MEASURES
from parvis.services.values import fiscal_year, plain

NAMES = {
    Of.SERVICES: ("service_name_en", "service_name_fr"),
    Of.STANDARDS: ("service_standard_en", "service_standard_fr"),
}
NOT_COLUMNS = frozenset({*MEASURED, "institution", "service_id"})


def current_rows(year: int, snapshot: Snapshot | None = None) -> list[FrozenRow]:
    """Return the rows of a year as they stand, or as a snapshot has them.

    The few rows of other years that the files of this year hold are among them, where no file is of those years.
    """
    files = DataFile.objects.filter(snapshot=snapshot).order_by("pk")
    others = {one.main_year for one in files} - {year, None}
    wanted = Q(year=year) | (Q(file__main_year=year) & ~Q(year__in=others))
    return [*_services(wanted, snapshot), *_standards(wanted, snapshot)]


def edition_rows(edition: Edition) -> list[FrozenRow]:
    """Return the rows that an edition froze."""
    return [
        FrozenRow(
            is_standard=row.is_standard,
            key=row.key,
            service_key=row.service_key,
            institution=row.institution,
            year=row.year,
            cells=row.cells,
        )
        for row in edition.rows.order_by("pk")
    ]


def frozen_year(rows: Sequence[FrozenRow], year: int) -> Year:
    """Return frozen rows as the evaluator reads them: those of the year itself."""
    texts = {
        is_standard: [
            {
                **row.cells,
                "key": row.key,
                "service_key": row.service_key,
                "institution": row.institution,
            }
            for row in rows
            if row.year == year and row.is_standard == is_standard
        ]
        for is_standard in (False, True)
    }
    return year_of_texts(register(), fiscal_year(year), texts[False], texts[True])


def _services(wanted: Q, snapshot: Snapshot | None) -> Iterator[FrozenRow]:
    rows = list(
        ServiceYear.objects.in_edition(snapshot)
        .filter(wanted)
        .select_related("service")
        .defer("cells")
        .order_by("pk")
    )
    measured = {one.pk: dict[str, str]() for one in rows}
    for measure in Measure.objects.filter(service_year__in=measured).order_by("pk"):
        value, size = MEASURES[measure.kind]  # type: ignore[index]  # a kind is one of its own texts
        measured[measure.service_year_id][value] = plain(measure.value)
        if measure.sample_size is not None:
            measured[measure.service_year_id][size] = str(measure.sample_size)
    slugs = _slugs(rows)
    for row in rows:
        cells = {"service_id": row.service.service_id} | _cells(row, Of.SERVICES) | measured[row.pk]
        yield FrozenRow(
            is_standard=False,
            key=row.service.public_id,
            service_key=row.service.public_id,
            institution=slugs.get(row.institution_id or 0, ""),
            year=row.year,
            cells={"institution": slugs[row.institution_id]} | cells
            if row.institution_id in slugs
            else cells,
        )


def _standards(wanted: Q, snapshot: Snapshot | None) -> Iterator[FrozenRow]:
    rows = list(
        StandardYear.objects.in_edition(snapshot)
        .filter(wanted)
        .select_related("standard__service")
        .defer("cells")
        .order_by("pk")
    )
    slugs = _slugs(rows)
    for row in rows:
        cells = _cells(row, Of.STANDARDS)
        cells["target_met"] = verdict(
            row.target_met,
            target=row.target_number,
            volume_meeting_target=row.volume_meeting_target_number,
            total_volume=row.total_volume_number,
        ).value
        yield FrozenRow(
            is_standard=True,
            key=row.standard.public_id,
            service_key=row.standard.service.public_id,
            institution=slugs.get(row.institution_id or 0, ""),
            year=row.year,
            cells={
                "service_id": row.standard.service.service_id,
                "service_standard_id": row.standard.service_standard_id,
                **cells,
            },
        )


def _cells(row: ServiceYear | StandardYear, of: Of) -> dict[str, str]:
    found = {
        name: _text(row, name, kind)
        for name, kind in register().fields[of].items()
        if name not in NOT_COLUMNS
    }
    found |= {name: getattr(row, name) for name in NAMES[of]}
    return {name: text for name, text in found.items() if text}


def _text(row: ServiceYear | StandardYear, name: str, kind: FieldKind) -> str:
    value: Any = getattr(row, name)
    if kind is FieldKind.NUMBER:
        return str(value)
    if kind is FieldKind.CODES:
        return ",".join(value)
    if kind is FieldKind.YEAR:
        return "" if value is None else fiscal_year(value)
    return str(value)


def _slugs(rows: Sequence[ServiceYear] | Sequence[StandardYear]) -> dict[int | None, str]:
    known = references(one for row in rows if (one := row.institution_id) is not None)
    return {one: reference.slug for one, reference in known.items()}

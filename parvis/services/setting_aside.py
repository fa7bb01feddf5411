"""Keeping rows that no longer stand, inside the transaction of the action that replaces them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from parvis.search.actions import announce_changes
from parvis.services.models import DataFile, Service, ServiceStandard, ServiceYear, SetAsideRow, StandardYear
from parvis.services.states import SERVICE_KIND

if TYPE_CHECKING:
    from django.db.models import QuerySet


_RELATED = {ServiceYear: ("service",), StandardYear: ("standard__service",)}


def set_aside(rows: "QuerySet[Any]", *, replaced_by: DataFile | None) -> None:
    """Keep the source rows of yearly records as they were, and take the records away."""
    records = list(rows.select_related("file", *_RELATED[rows.model]).order_by("pk"))
    SetAsideRow.objects.bulk_create(
        [row_of(record, replaced_by) for record in records if record.file is not None],
        ignore_conflicts=True,
        batch_size=500,
    )
    announce_changes(kind=SERVICE_KIND, public_ids=_services_of(records))
    rows.model._default_manager.filter(pk__in=[record.pk for record in records]).delete()  # noqa: SLF001  # documented


def keep_row(record: ServiceYear | StandardYear) -> None:
    """Keep a record's source row before a person changes the record."""
    SetAsideRow.objects.bulk_create([row_of(record, None)], ignore_conflicts=True)


def row_of(record: ServiceYear | StandardYear, replaced_by: DataFile | None) -> SetAsideRow:
    """Return a record's source row as it is kept when it no longer stands."""
    return SetAsideRow(
        file=record.file,
        line=record.line or 0,
        year=record.year,
        identifier=_identifier(record)[:200],
        cells=record.cells,
        digest=record.digest,
        replaced_by=replaced_by,
    )


def _identifier(record: ServiceYear | StandardYear) -> str:
    if isinstance(record, ServiceYear):
        return record.service.service_id
    return f"{record.standard.service.service_id} / {record.standard.service_standard_id}"


def forget_orphans() -> None:
    """Take away standards and services of which no year is left, in any edition."""
    years = StandardYear.objects.filter(standard=OuterRef("pk"))
    ServiceStandard.objects.filter(~Exists(years)).delete()
    records, standards = (
        model.objects.filter(service=OuterRef("pk")) for model in (ServiceYear, ServiceStandard)
    )
    Service.objects.filter(~Exists(records), ~Exists(standards)).delete()


def _services_of(records: Sequence[ServiceYear | StandardYear]) -> list[str]:
    keys = {one.service_id for one in records if isinstance(one, ServiceYear)}
    return sorted(Service.objects.filter(pk__in=keys).values_list("public_id", flat=True))

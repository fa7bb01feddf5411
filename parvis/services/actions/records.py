"""Taking rows of a file as yearly records: one chunk, one transaction. Safe to run twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.core.sort_key import sort_key
from parvis.search.actions import announce_changes
from parvis.services import policy
from parvis.services.models import (
    DataFile,
    FormerIdentifier,
    Load,
    Service,
    ServiceStandard,
    ServiceYear,
    SetAsideRow,
    StandardYear,
)
from parvis.services.reading.rows import ReadRow
from parvis.services.reasons import Doubt
from parvis.services.setting_aside import row_of
from parvis.services.states import SERVICE_KIND
from parvis.services.values import Reading
from parvis.tables.copying import copy_in

Record = TypeVar("Record", ServiceYear, StandardYear)
OwnerYear = tuple[int, int | str]  # a fiscal year, and the institution's key or its name as written


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A read row, the key of its service or standard, its institution; of a standard also the key of its service."""

    read: ReadRow
    key: str
    institution_id: int | None
    service: str = ""

    @property
    def owner(self) -> int | str:
        """Whose the row is: the institution, or its name as written where none is known."""
        return self.institution_id or self.read.owner_org_title


@dataclass(slots=True)
class Taken:
    """What became of a chunk: `counts` by row, the records that it stands for, and what is odd about them."""

    counts: Counter[str] = field(default_factory=Counter)
    seen: set[int] = field(default_factory=set)
    doubts: list[tuple[ReadRow, Doubt, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Chunk:
    """The rows to write, gathered before anything is written."""

    load: Load
    now: datetime
    covered: set[OwnerYear]
    taken: Taken = field(default_factory=Taken)
    aside: list[SetAsideRow] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)  # services that are new or changed


@action
def take_services(*, actor: Actor, load: Load, rows: Sequence[PlacedRow]) -> Taken:
    """Take rows as yearly records of services; a service that is not known yet is made."""
    require(policy.can_load_files(actor), _("Only this installation’s staff may load files."))
    chunk = _chunk(load, ServiceYear, rows)
    standing = [row for row in rows if not _is_covered(chunk, row)]
    services = _services(load, {row.key: row for row in standing})
    by_key = {one.pk: one for one in services.values()}
    existing: dict[tuple[int, int], ServiceYear] = {}
    for one in ServiceYear.objects.in_edition(load.file.snapshot).filter(service__in=by_key):
        one.service = by_key[one.service_id]
        existing[one.service_id, one.year] = one
    _with_files(existing.values())
    new: list[ServiceYear] = []
    for row in standing:
        service = services[row.key]
        kept = existing.get((service.pk, row.read.year))
        if kept is None:
            new.append(_fill(chunk, ServiceYear(service=service), row))
        elif _take(chunk, kept, row):
            chunk.touched.add(service.pk)
    copy_in(new)
    chunk.taken.seen.update(one.pk for one in new)
    chunk.taken.counts["new"] += len(new)
    _keep_own_identifiers(load, [(row, services[row.key].pk) for row in standing if row.read.own_id])
    _keep_own_identifiers(load, _meant_by_covered(chunk, [row for row in rows if row.read.own_id]))
    return _finish(chunk, chunk.touched | {one.service_id for one in new})


@action
def take_standards(*, actor: Actor, load: Load, rows: Sequence[PlacedRow]) -> Taken:
    """Take rows as yearly records of standards; a standard, and a service, that are not known yet are made."""
    require(policy.can_load_files(actor), _("Only this installation’s staff may load files."))
    chunk = _chunk(load, StandardYear, rows)
    standing = [row for row in rows if not _is_covered(chunk, row)]
    services = _services(load, {row.service: row for row in standing})
    standards = _standards(load, standing, services)
    by_key = {one.pk: one for one in standards.values()}
    existing: dict[tuple[int, int], StandardYear] = {}
    for one in StandardYear.objects.in_edition(load.file.snapshot).filter(standard__in=by_key):
        one.standard = by_key[one.standard_id]
        existing[one.standard_id, one.year] = one
    _with_files(existing.values())
    new: list[StandardYear] = []
    for row in standing:
        standard = standards[services[row.service].pk, row.key]
        kept = existing.get((standard.pk, row.read.year))
        if kept is None:
            new.append(_fill(chunk, StandardYear(standard=standard), row))
        elif _take(chunk, kept, row):
            chunk.touched.add(standard.service_id)
    copy_in(new)
    chunk.taken.seen.update(one.pk for one in new)
    chunk.taken.counts["new"] += len(new)
    return _finish(chunk, chunk.touched)


def _with_files(records: Iterable[ServiceYear | StandardYear]) -> None:
    """Give records their files: a load has few, so that they are fetched once and not joined to every row."""
    files = {file.pk: file for file in DataFile.objects.all()}
    for record in records:
        record.file = files[record.file_id] if record.file_id else None


def _chunk(load: Load, model: type[ServiceYear] | type[StandardYear], rows: Sequence[PlacedRow]) -> _Chunk:
    """Begin a chunk, knowing which years of which institutions files of newer generations give."""
    covered: set[OwnerYear] = set()
    if load.file.snapshot_id is None:
        newer = model.objects.current().filter(
            year__in={row.read.year for row in rows}, file__generation__gt=load.file.generation
        )
        covered = {
            (year, institution or title)
            for year, institution, title in newer.values_list("year", "institution_id", "owner_org_title")
            .order_by("year")
            .distinct()
        }
    return _Chunk(load, timezone.now(), covered)


def _is_covered(chunk: _Chunk, row: PlacedRow) -> bool:
    if (row.read.year, row.owner) not in chunk.covered:
        return False
    chunk.aside.append(_aside(chunk, row))
    chunk.taken.counts["superseded"] += 1
    return True


def _services(load: Load, rows: Mapping[str, PlacedRow]) -> dict[str, Service]:
    found = {one.key: one for one in Service.objects.filter(key__in=rows)}
    new = []
    for key, row in rows.items():
        if key in found:
            continue
        read = row.read
        name_en, name_fr = read.values["service_name_en"], read.values["service_name_fr"]
        service = Service(
            key=key,
            service_id=read.service_id or read.id_as_written or key,
            institution_id=row.institution_id,
            institution_as_written=read.owner_org_title,
            name_en=name_en or ("" if name_fr else key),
            name_fr=name_fr,
            is_invented=load.file.is_invented,
        )
        service.service_id = service.service_id[:60]
        service.keep_sort_keys()
        found[key] = service
        new.append(service)
    Service.objects.bulk_create(new)
    return found


def _standards(
    load: Load, rows: Sequence[PlacedRow], services: Mapping[str, Service]
) -> dict[tuple[int, str], ServiceStandard]:
    kept = ServiceStandard.objects.filter(service__in=services.values())
    found = {(one.service_id, one.key): one for one in kept.select_related("service")}
    new = []
    for row in rows:
        place = (services[row.service].pk, row.key)
        if place in found:
            continue
        standard = ServiceStandard(
            service=services[row.service],
            key=row.key,
            service_standard_id="" if row.key.startswith("~") else row.read.standard_id,
            name_en=row.read.values["service_standard_en"],
            name_fr=row.read.values["service_standard_fr"],
            is_invented=load.file.is_invented,
        )
        found[place] = standard
        new.append(standard)
    ServiceStandard.objects.bulk_create(new)
    return found


def _take(chunk: _Chunk, kept: Record, row: PlacedRow) -> bool:
    """Bring a record up to date with its row, unless a newer file or a person spoke; tell whether it changed."""
    file, ours = kept.file, chunk.load.file
    is_ours = file is not None and file.pk == ours.pk
    if file is not None and not is_ours and file.rank > ours.rank:
        chunk.aside.append(_aside(chunk, row, by=kept))
        chunk.taken.counts["superseded"] += 1
        return False
    is_same = kept.digest == row.read.digest
    if is_same and is_ours and kept.institution_id == row.institution_id:
        chunk.taken.seen.add(kept.pk)
        chunk.taken.counts["unchanged"] += 1
        if kept.line != row.read.line:
            type(kept).objects.filter(pk=kept.pk).update(line=row.read.line)
        return False
    if kept.edited_at is not None:
        chunk.taken.seen.add(kept.pk)
        chunk.aside.append(_aside(chunk, row, by=kept))
        chunk.taken.counts["unchanged"] += 1
        chunk.taken.doubts.append((row.read, Doubt.EDITED_HERE, f"{kept.edited_at:%Y-%m-%d}"))
        return False
    if not is_same:
        _say_changed_figures(chunk, kept, row)
        if file is not None:
            chunk.aside.append(row_of(kept, ours))
    _fill(chunk, kept, row).save()
    chunk.taken.seen.add(kept.pk)
    chunk.taken.counts["changed"] += 1
    return True


def _say_changed_figures(chunk: _Chunk, kept: Record, row: PlacedRow) -> None:
    for name, value in row.read.values.items():
        if isinstance(value, Reading) and (before := getattr(kept, name)) != value:
            detail = f"{name}: {str(before) or '—'} → {str(value) or '—'}"
            chunk.taken.doubts.append((row.read, Doubt.FIGURE_CHANGED, detail))


def _fill(chunk: _Chunk, record: Record, row: PlacedRow) -> Record:
    read, file = row.read, chunk.load.file
    for name, value in read.values.items():
        setattr(record, name, value)
    facts: dict[str, Any] = {
        "year": read.year,
        "snapshot": file.snapshot,
        "institution_id": row.institution_id,
        "owner_org": read.owner_org,
        "owner_org_title": read.owner_org_title,
        "file": file,
        "line": read.line,
        "cells": dict(read.cells),
        "digest": read.digest,
        "is_invented": file.is_invented,
        "changed_at": chunk.now,
    }
    if record.pk is None:
        facts["first_seen_at"] = chunk.now
    for name, value in facts.items():
        setattr(record, name, value)
    return record


def _aside(chunk: _Chunk, row: PlacedRow, by: ServiceYear | StandardYear | None = None) -> SetAsideRow:
    return SetAsideRow(
        file=chunk.load.file,
        line=row.read.line,
        year=row.read.year,
        identifier=row.read.identifier[:200],
        cells=dict(row.read.cells),
        digest=row.read.digest,
        replaced_by=by.file if by else None,
    )


def _meant_by_covered(chunk: _Chunk, rows: Sequence[PlacedRow]) -> list[tuple[PlacedRow, int]]:
    """Return rows that a newer file supersedes with the one service that it has under their name, if there is one."""
    covered = [row for row in rows if (row.read.year, row.owner) in chunk.covered]
    if not covered:
        return []
    named: dict[tuple[int, int | str, str], set[int]] = defaultdict(set)
    records = ServiceYear.objects.current().filter(year__in={row.read.year for row in covered})
    for year, institution, title, service, name_en, name_fr in records.values_list(
        "year", "institution_id", "owner_org_title", "service_id", "service_name_en", "service_name_fr"
    ):
        for name in {sort_key(name_en), sort_key(name_fr)} - {""}:
            named[year, institution or title, name].add(service)
    found = []
    for row in covered:
        meant = named.get((row.read.year, row.owner, sort_key(row.read.name)), set())
        if len(meant) == 1:
            found.append((row, next(iter(meant))))
    return found


def _keep_own_identifiers(load: Load, rows: Sequence[tuple[PlacedRow, int]]) -> None:
    """Keep the numbers under which an institution itself, or an older register, knew a service."""
    FormerIdentifier.objects.bulk_create(
        [
            FormerIdentifier(service_id=service, identifier=identifier, file=load.file)
            for row, service in rows
            for identifier in dict.fromkeys((row.read.own_id, row.read.service_id))
            if identifier
        ],
        ignore_conflicts=True,
    )


def _finish(chunk: _Chunk, touched: set[int]) -> Taken:
    SetAsideRow.objects.bulk_create(chunk.aside, ignore_conflicts=True, batch_size=500)
    changed = Service.objects.filter(pk__in=touched).order_by("pk").values_list("public_id", flat=True)
    announce_changes(kind=SERVICE_KIND, public_ids=list(changed))
    return chunk.taken

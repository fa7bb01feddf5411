"""What a service and a standard show of their years: the words and the owner of the last one that stands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from parvis.services.models import RegisteredService, Service, ServiceStandard, ServiceYear, StandardYear

WORDS = ("name_en", "name_fr", "sort_key_en", "sort_key_fr", "institution_id", "institution_as_written")
FACTS = ("first_year", "last_year", "is_registered")


def refresh_services(services: Iterable[int] | None = None) -> list[str]:
    """Bring services up to date with their yearly records; return the public ids of those that changed."""
    chosen = Service.objects.all() if services is None else Service.objects.filter(pk__in=services)
    registered = set(RegisteredService.objects.values_list("service_id", flat=True))
    kept = {one.pk: one for one in chosen}
    years = ServiceYear.objects.filter(service__in=kept).values_list(
        "service_id",
        "year",
        "snapshot_id",
        "service_name_en",
        "service_name_fr",
        "institution_id",
        "owner_org_title",
    )
    words = {one.pk: _values(one, WORDS) for one in kept.values()}
    facts = {one.pk: _values(one, FACTS) for one in kept.values()}
    for one in kept.values():
        one.first_year = one.last_year = None
        one.is_registered = one.key in registered
    for pk, year, snapshot, name_en, name_fr, institution, title in _last_word_last(years):
        one = kept[pk]
        one.name_en, one.name_fr = name_en, name_fr
        one.institution_id, one.institution_as_written = institution, title
        _stretch(one, year, snapshot)
    for one in kept.values():
        one.keep_sort_keys()
    renamed = [one for one in kept.values() if _values(one, WORDS) != words[one.pk]]
    columns = [name.removesuffix("_id") for name in WORDS]
    Service.objects.bulk_update(renamed, columns, batch_size=500)
    moved = [one for one in kept.values() if _values(one, FACTS) != facts[one.pk]]
    _write_facts(moved, FACTS)
    changed = {one.pk: one.public_id for one in (*renamed, *moved)}
    Service.objects.filter(pk__in=changed).update(changed_at=timezone.now())
    return list(changed.values())


def refresh_standards(standards: Iterable[int] | None = None) -> None:
    """Bring standards up to date with their yearly records."""
    chosen = (
        ServiceStandard.objects.all()
        if standards is None
        else ServiceStandard.objects.filter(pk__in=standards)
    )
    kept = {one.pk: one for one in chosen}
    years = StandardYear.objects.filter(standard__in=kept).values_list(
        "standard_id", "year", "snapshot_id", "service_standard_en", "service_standard_fr"
    )
    names, facts = ("name_en", "name_fr"), ("first_year", "last_year")
    before = {one.pk: (_values(one, names), _values(one, facts)) for one in kept.values()}
    for one in kept.values():
        one.first_year = one.last_year = None
    for pk, year, snapshot, name_en, name_fr in _last_word_last(years):
        one = kept[pk]
        one.name_en, one.name_fr = name_en, name_fr
        _stretch(one, year, snapshot)
    renamed = [one for one in kept.values() if _values(one, names) != before[one.pk][0]]
    ServiceStandard.objects.bulk_update(renamed, names, batch_size=500)
    _write_facts([one for one in kept.values() if _values(one, facts) != before[one.pk][1]], facts)


def _last_word_last(years: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Order snapshots first, then what stands, each by year: the last word is that of the last year that stands."""
    return sorted(years, key=lambda row: (row[2] is None, row[1]))


def _stretch(one: Service | ServiceStandard, year: int, snapshot: int | None) -> None:
    if snapshot is None:
        one.first_year = min(one.first_year or year, year)
        one.last_year = max(one.last_year or year, year)


def _values(one: Service | ServiceStandard, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(one, name) for name in names)


def _write_facts(rows: Sequence[Service] | Sequence[ServiceStandard], names: Sequence[str]) -> None:
    """Write facts that many rows share by one UPDATE for each value."""
    groups: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row in rows:
        groups[_values(row, names)].append(row.pk)
    for values, keys in groups.items():
        facts = dict(zip(names, values, strict=True))
        type(rows[0])._default_manager.filter(pk__in=keys).update(**facts)  # noqa: SLF001  # documented

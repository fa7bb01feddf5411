"""Reads by which a load finds whose a row is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from parvis.core.sort_key import sort_key
from parvis.institutions import queries as institutions
from parvis.services.identity import Known, Registered
from parvis.services.models import RegisteredService, Service, ServiceYear, Snapshot, StandardYear


@dataclass(frozen=True, slots=True)
class ReportedService:
    """A service with a record of a year: its key, its institution and its name then."""

    key: str
    institution_id: int | None
    name: str


@dataclass(slots=True)
class ReportedServices:
    """The services of each identifier and year."""

    by_id: dict[tuple[str, int], list[ReportedService]] = field(default_factory=lambda: defaultdict(list))

    def find(self, *, service_id: str, year: int, institution_id: int | None, name: str) -> str:
        """Return the key of the service meant: of the same institution first, then the likest name; empty for none."""
        found = self.by_id.get((service_id, year), [])
        if not service_id or not found:
            return ""
        wanted = sort_key(name)

        def likeness(one: ReportedService) -> tuple[bool, float]:
            return one.institution_id == institution_id, fuzz.ratio(wanted, sort_key(one.name))

        return max(found, key=likeness).key


def registered_services() -> dict[str, Registered]:
    """Return what the register says of each identifier; the owner is the institution's slug or its name as written."""
    rows = list(RegisteredService.objects.all())
    slugs = _slugs(row.institution_id for row in rows)
    return {
        row.service_id: Registered(
            slugs.get(row.institution_id or 0, _folded(row.institution_as_written)),
            row.name_en or row.name_fr,
        )
        for row in rows
    }


def known_services() -> dict[str, Known]:
    """Return owners and names of each service, by the key of its identity."""
    known: dict[str, Known] = defaultdict(Known)
    rows = list(
        Service.objects.values_list("key", "institution_id", "institution_as_written", "name_en", "name_fr")
    )
    slugs = _slugs(row[1] for row in rows)
    for key, institution, written, name_en, name_fr in rows:
        known[key].owners.add(slugs.get(institution or 0, _folded(written)))
        known[key].names.update(name for name in (name_en, name_fr) if name)
    return dict(known)


def reported_services(*, snapshot: Snapshot | None) -> ReportedServices:
    """Return the services that have a record, by identifier and year, in one edition."""
    found = ReportedServices()
    rows = ServiceYear.objects.in_edition(snapshot).values_list(
        "service__service_id", "service__key", "year", "institution_id", "service_name_en", "service_name_fr"
    )
    for service_id, key, year, institution, name_en, name_fr in rows:
        found.by_id[service_id, year].append(ReportedService(key, institution, name_en or name_fr))
    return found


def records_by_identifier() -> dict[tuple[int, str], list[ServiceYear]]:
    """Return the records that stand, by fiscal year and identifier; several services may share one."""
    found: dict[tuple[int, str], list[ServiceYear]] = defaultdict(list)
    rows = ServiceYear.objects.current().select_related("service").order_by("pk")
    for row in rows.only("year", "public_id", "institution", "snapshot", "service__service_id"):
        found[row.year, row.service.service_id].append(row)
    return found


def years_of(snapshot: Snapshot | None) -> tuple[int, ...]:
    """Return the fiscal years of which an edition has services or standards, in order."""
    years: set[int] = set()
    for model in (ServiceYear, StandardYear):
        years.update(model.objects.in_edition(snapshot).order_by().values_list("year", flat=True).distinct())
    return tuple(sorted(years))


def _slugs(ids: Iterable[int | None]) -> dict[int, str]:
    wanted = {one for one in ids if one is not None}
    return {pk: reference.slug for pk, reference in institutions.references(wanted).items()}


def _folded(title: str) -> str:
    return title.partition(" | ")[0].casefold()

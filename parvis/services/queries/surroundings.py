"""What is known around the records of a fiscal year, in a few queries: what the rules of quality compare with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from parvis.services.models import ProgramCode, RegisteredService, ServiceYear, Snapshot, StandardYear
from parvis.services.models.services import APPLICATIONS
from parvis.services.quality.checks import Around
from parvis.services.values import Number, fiscal_year


@dataclass(slots=True)
class Surroundings:
    """The registers, and what other years and editions say, for one year of one edition."""

    year: int
    snapshot: Snapshot | None
    register: dict[str, int | None] = field(default_factory=dict)
    programs: dict[str, frozenset[int | None]] = field(default_factory=dict)
    applications: dict[int, dict[int, Number]] = field(default_factory=dict)  # by service, then year
    standard_volumes: dict[int, Number] = field(default_factory=dict)  # by service, of this year
    earlier: dict[int, dict[str, Number]] = field(default_factory=dict)  # by standard
    bearers: dict[str, int] = field(default_factory=dict)  # services by identifier of standard

    def of_service(self, record: ServiceYear) -> Around:
        """Return what is known around a record of a service."""
        service = record.service
        by_year = self.applications.get(service.pk, {})
        return Around(
            service_id=service.service_id,
            institution_id=record.institution_id,
            main_year=record.file.main_year if record.file else None,
            is_registered=service.service_id in self.register if self.register else None,
            registered_owner=self.register.get(service.service_id),
            programs=self.programs,
            applications=applications(record),
            applications_by_year=by_year,
            standards_volume=self.standard_volumes.get(service.pk, 0),
        )

    def of_standard(self, record: StandardYear) -> Around:
        """Return what is known around a record of a standard."""
        identifier = record.standard.service_standard_id
        return Around(
            service_id=record.standard.service.service_id,
            institution_id=record.institution_id,
            main_year=record.file.main_year if record.file else None,
            earlier_volumes=self.earlier.get(record.standard_id, {}),
            services_of_identifier=self.bearers.get(identifier, 1) if identifier else 1,
        )


def surroundings(year: int, snapshot: Snapshot | None) -> Surroundings:
    """Gather what is known around the records of one year of one edition."""
    found = Surroundings(year, snapshot)
    found.register = dict(RegisteredService.objects.values_list("service_id", "institution_id"))
    found.programs = _programs()
    found.applications = _applications(snapshot, year)
    standards = StandardYear.objects.in_edition(snapshot).filter(year=year)
    for service, volume in standards.values_list("standard__service_id", "total_volume_number"):
        if volume:
            found.standard_volumes[service] = found.standard_volumes.get(service, 0) + volume
    found.earlier = _earlier_volumes(snapshot, year)
    bearers: dict[str, set[int]] = defaultdict(set)
    for identifier, service in standards.values_list("standard__service_standard_id", "standard__service_id"):
        bearers[identifier].add(service)
    found.bearers = {identifier: len(services) for identifier, services in bearers.items()}
    return found


def applications(record: ServiceYear) -> Number:
    """Return the applications of a record, those channels added up that report a number."""
    return sum(reading.number or 0 for name in APPLICATIONS if (reading := getattr(record, name)).is_number)


def _programs() -> dict[str, frozenset[int | None]]:
    owners: dict[str, set[int | None]] = defaultdict(set)
    for code, institution in ProgramCode.objects.values_list("code", "institution_id"):
        owners[code].add(institution)
    return {code: frozenset(found) for code, found in owners.items()}


def _applications(snapshot: Snapshot | None, year: int) -> dict[int, dict[int, Number]]:
    """Return the applications of each service by year: of this edition for this year, of what stands for others."""
    columns = [f"{name}_number" for name in APPLICATIONS]
    found: dict[int, dict[int, Number]] = defaultdict(dict)
    others = ServiceYear.objects.current().exclude(year=year)
    own = ServiceYear.objects.in_edition(snapshot).filter(year=year)
    for rows in (others, own):
        for service, of_year, *numbers in rows.values_list("service_id", "year", *columns):
            found[service][of_year] = sum(number or 0 for number in numbers)
    return found


def _earlier_volumes(snapshot: Snapshot | None, year: int) -> dict[int, dict[str, Number]]:
    """Return the volumes of each standard that came before: of earlier years, and of snapshots of this year."""
    found: dict[int, dict[str, Number]] = defaultdict(dict)
    for standard, when, number in (*_of_years(year), *_of_snapshots(snapshot, year)):
        if number:
            found[standard][when] = number
    return found


def _of_years(year: int) -> Iterator[tuple[int, str, Number | None]]:
    rows = StandardYear.objects.current().filter(year__lt=year).order_by("-year")
    for standard, of_year, number in rows.values_list("standard_id", "year", "total_volume_number"):
        yield standard, fiscal_year(of_year), number


def _of_snapshots(snapshot: Snapshot | None, year: int) -> Iterable[tuple[int, str, Number | None]]:
    rows = StandardYear.objects.filter(year=year, snapshot__isnull=False).order_by("-snapshot__taken_on")
    if snapshot is not None:
        rows = rows.filter(snapshot__taken_on__lt=snapshot.taken_on)
    return rows.values_list("standard_id", "snapshot__label", "total_volume_number")

"""What who owns services has to do: the records that may be changed, and what each lacks for the yearly update."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.core.roles import Role
from parvis.institutions.queries import InstitutionReference, references
from parvis.services import policy
from parvis.services.models import Finding, Measure, Service, ServiceYear, StandardYear
from parvis.services.reporting import SERVICE_ASKED, STANDARD_ASKED, blanks
from parvis.services.states import Severity

STILL_REPORTED = 3  # years: a service that was last reported before is taken for ended
DOUBTS = (Severity.ERROR.value, Severity.WARNING.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptStandard:
    """A standard in the list of what is to be done."""

    public_id: str  # of its record of the year
    name: Text
    blanks: tuple[str, ...]
    doubts: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be done."""
        return not self.blanks and not self.doubts


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptService:
    """A service in the list of what is to be done; `record_id` is empty where the year is not begun."""

    service_public_id: str
    service_id: str
    name: Text
    record_id: str
    last_year: int
    blanks: tuple[str, ...]
    doubts: int
    standards: tuple[KeptStandard, ...]
    is_invented: bool

    @property
    def is_begun(self) -> bool:
        """Whether the year has its record."""
        return bool(self.record_id)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be done, its standards included."""
        return (
            self.is_begun
            and not self.blanks
            and not self.doubts
            and all(one.is_done for one in self.standards)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """The services of an institution, and how far its update of a year is."""

    institution: InstitutionReference
    year: int
    services: tuple[KeptService, ...]

    @property
    def done(self) -> int:
        """How many services are complete."""
        return sum(one.is_done for one in self.services)

    @property
    def begun(self) -> int:
        """How many services have a record of the year."""
        return sum(one.is_begun for one in self.services)


def kept_institutions(actor: Actor) -> tuple[InstitutionReference, ...]:
    """Return the institutions whose services the actor may bring up to date, in the order of their slugs."""
    if actor.holds(Role.CENTRAL_OFFICE):
        ids: Iterable[int | None] = (
            ServiceYear.objects.current()
            .order_by("institution")
            .values_list("institution_id", flat=True)
            .distinct()
        )
    else:
        ids = actor.institutions(Role.SERVICE_OWNER)
    known = references(one for one in ids if one is not None)
    return tuple(sorted(known.values(), key=lambda one: one.slug))


def keeping(actor: Actor, institution: InstitutionReference, year: int) -> Keeping:
    """Return what is to be done for the update of a year, of services that are reported or were lately."""
    services = Service.objects.filter(
        institution_id=institution.id, last_year__gte=year - STILL_REPORTED
    ).order_by("sort_key_en", "pk")
    records = {
        one.service_id: one
        for one in policy.editable_by(actor, ServiceYear.objects.filter(service__in=services, year=year))
        .select_related("service")
        .defer("cells")
    }
    results = defaultdict[int, list[StandardYear]](list)
    rows = policy.editable_by(actor, StandardYear.objects.filter(standard__service__in=services, year=year))
    for one in rows.select_related("standard").defer("cells").order_by("pk"):
        results[one.standard.service_id].append(one)
    doubts = _doubts(list(records.values()), [one for some in results.values() for one in some])
    return Keeping(
        institution=institution,
        year=year,
        services=tuple(_kept(one, records.get(one.pk), results[one.pk], doubts) for one in services),
    )


def _doubts(records: Sequence[ServiceYear], results: Sequence[StandardYear]) -> dict[tuple[bool, int], int]:
    found: dict[tuple[bool, int], int] = defaultdict(int)
    doubted = Finding.objects.filter(severity__in=DOUBTS, confirmed_at__isnull=True).order_by("pk")
    for pk in doubted.filter(service_year__in=records).values_list("service_year_id", flat=True):
        found[False, pk or 0] += 1
    for pk in doubted.filter(standard_year__in=results).values_list("standard_year_id", flat=True):
        found[True, pk or 0] += 1
    return found


def _kept(
    service: Service,
    record: ServiceYear | None,
    results: Sequence[StandardYear],
    doubts: dict[tuple[bool, int], int],
) -> KeptService:
    return KeptService(
        service_public_id=service.public_id,
        service_id=service.service_id,
        name=service.name,
        record_id=record.public_id if record else "",
        last_year=service.last_year or 0,
        blanks=blanks(record, SERVICE_ASKED) if record else (),
        doubts=doubts.get((False, record.pk), 0) if record else 0,
        standards=tuple(
            KeptStandard(
                public_id=one.public_id,
                name=one.name,
                blanks=blanks(one, STANDARD_ASKED),
                doubts=doubts.get((True, one.pk), 0),
            )
            for one in results
        ),
        is_invented=service.is_invented,
    )


def editable_service_year(actor: Actor, public_id: str) -> ServiceYear | None:
    """Return a record that the actor may change, with its service; None where there is none or they may not."""
    rows = policy.editable_by(actor, ServiceYear.objects.filter(public_id=public_id))
    return rows.select_related("service", "file").first()


def editable_standard_year(actor: Actor, public_id: str) -> StandardYear | None:
    """Return a standard's record that the actor may change; None where there is none or they may not."""
    rows = policy.editable_by(actor, StandardYear.objects.filter(public_id=public_id))
    return rows.select_related("standard__service", "file").first()


def editable_service(actor: Actor, public_id: str) -> Service | None:
    """Return a service whose last record the actor may change; None where there is none or they may not."""
    rows = policy.editable_by(actor, ServiceYear.objects.filter(service__public_id=public_id))
    record = rows.select_related("service").order_by("-year").first()
    return record.service if record else None


def year_before(record: ServiceYear | StandardYear) -> ServiceYear | StandardYear | None:
    """Return what was reported of the same the last time before."""
    if isinstance(record, ServiceYear):
        rows = ServiceYear.objects.current().filter(service_id=record.service_id)
    else:
        rows = StandardYear.objects.current().filter(standard_id=record.standard_id)
    return rows.filter(year__lt=record.year).order_by("-year").first()


def standards_beside(record: ServiceYear) -> tuple[StandardYear, ...]:
    """Return the records of the standards of a service for the same year."""
    rows = StandardYear.objects.current().filter(standard__service_id=record.service_id, year=record.year)
    return tuple(rows.defer("cells").order_by("pk"))


def record_beside(result: StandardYear) -> ServiceYear | None:
    """Return the record of the service of a standard for the same year."""
    return (
        ServiceYear.objects.current().filter(service_id=result.standard.service_id, year=result.year).first()
    )


def measures_of(record: ServiceYear) -> dict[str, Measure]:
    """Return the measures of a record by kind."""
    return {one.kind: one for one in Measure.objects.filter(service_year=record).order_by("pk")}

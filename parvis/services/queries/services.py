"""Services and standards as pages, the API and exports show them: the last year that stands, and all years."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from parvis.core.bilingual import Language, Text
from parvis.core.sort_key import sort_key
from parvis.institutions.queries import InstitutionReference, references, references_by_slug
from parvis.services.indicators.verdict import performance, verdict
from parvis.services.models import Service, ServiceStandard, ServiceYear, StandardYear
from parvis.services.values import Answer, Reading, fiscal_year

POINTS = (
    "os_account_registration",
    "os_authentication",
    "os_application",
    "os_decision",
    "os_issuance",
    "os_issue_resolution_feedback",
)
CHANNELS = (
    "num_applications_online",
    "num_applications_by_phone",
    "num_applications_in_person",
    "num_applications_by_mail",
    "num_applications_by_email",
    "num_applications_by_fax",
    "num_applications_by_other",
    "num_phone_enquiries",
    "num_website_visits",
)
PER_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardResult:
    """What a standard reached in a year. `result` is ours, from the volumes, where the source gives none."""

    year: int
    target: Reading
    met_volume: Reading
    total_volume: Reading
    result: Decimal | None
    verdict: Answer
    channel: str
    types: tuple[str, ...]
    comments: Text

    @property
    def fiscal_yr(self) -> str:
        """The fiscal year as files write it."""
        return fiscal_year(self.year)

    @property
    def is_over(self) -> bool:
        """Whether more was met than handled, which cannot be."""
        return self.result is not None and self.result > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardItem:
    """A standard with its results, the latest year first."""

    public_id: str
    identifier: str
    name: Text
    service_public_id: str
    service_name: Text
    results: tuple[StandardResult, ...]

    @property
    def last(self) -> StandardResult | None:
        """The result of the last year."""
        return self.results[0] if self.results else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """How many of the six interaction points are online, apply, or say nothing."""

    online: int
    offline: int
    not_applicable: int
    unknown: int

    @property
    def applicable(self) -> int:
        """How many apply."""
        return self.online + self.offline

    @property
    def is_end_to_end(self) -> bool:
        """Whether every point that applies is online."""
        return bool(self.online) and not self.offline and not self.unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceItem:
    """A service as a line of a list shows it, by its last year."""

    public_id: str
    service_id: str
    name: Text
    institution: InstitutionReference | None
    institution_as_written: str
    year: int
    scope: tuple[str, ...]
    points: Points
    standards: int
    judged: int
    met: int
    is_invented: bool = False

    @property
    def fiscal_yr(self) -> str:
        """The fiscal year as files write it."""
        return fiscal_year(self.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceList:
    """One page of services."""

    items: tuple[ServiceItem, ...]
    count: int
    page: int
    last_page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFilter:
    """What a list is narrowed by. Empty means whichever. `year` 0 is the last year of each service."""

    sought: str = ""
    institution: str = ""
    scope: str = ""
    online: str = ""  # all | some | none | not-applicable
    standards: str = ""  # met | missed | not-assessed | none


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDetail:
    """All about a service. `years` are its records, the latest first; `standards` with their results."""

    item: ServiceItem
    service: Service
    years: tuple[ServiceYear, ...]
    standards: tuple[StandardItem, ...]

    @property
    def last(self) -> ServiceYear:
        """The record of the last year."""
        return self.years[0]

    @property
    def current(self) -> tuple[StandardItem, ...]:
        """The standards with a result of the last year."""
        return tuple(one for one in self.standards if one.last and one.last.year == self.item.year)

    @property
    def earlier(self) -> tuple[StandardItem, ...]:
        """The standards that were reported in earlier years only."""
        return tuple(one for one in self.standards if one.last and one.last.year != self.item.year)


def service_list(
    wanted: ServiceFilter, *, page: int, language: Language, per_page: int = PER_PAGE
) -> ServiceList:
    """Return one page of the services that fit, in alphabetical order of `language`."""
    page = max(1, page)
    items, count = service_part(wanted, offset=(page - 1) * per_page, limit=per_page, language=language)
    last = max(1, -(-count // per_page))
    if page > last:
        return service_list(wanted, page=last, language=language, per_page=per_page)
    return ServiceList(items=items, count=count, page=page, last_page=last)


def service_part(
    wanted: ServiceFilter, *, offset: int, limit: int, language: Language
) -> tuple[tuple[ServiceItem, ...], int]:
    """Return some of the services that fit, in alphabetical order of `language`, and how many fit in all."""
    rows = _narrowed(wanted)
    ordered = rows.order_by(f"service__sort_key_{language}", "service__pk")
    return service_items(list(ordered[offset : offset + limit])), rows.count()


def all_services(wanted: ServiceFilter) -> tuple[ServiceItem, ...]:
    """Return every service that fits, for exports."""
    return service_items(list(_narrowed(wanted).order_by("service__sort_key_en", "service__pk")))


def services_by_key(keys: Sequence[str]) -> dict[str, Text]:
    """Return the names of services by public id."""
    rows = Service.objects.filter(public_id__in=keys).order_by("pk")
    return {
        public_id: Text(en, fr) for public_id, en, fr in rows.values_list("public_id", "name_en", "name_fr")
    }


def standards_by_key(keys: Sequence[str]) -> dict[str, tuple[Text, str, Text]]:
    """Return, of standards by public id: their words, the public id of their service, and its name."""
    rows = ServiceStandard.objects.filter(public_id__in=keys).select_related("service").order_by("pk")
    return {row.public_id: (row.name, row.service.public_id, row.service.name) for row in rows}


def service_items(rows: Sequence[ServiceYear]) -> tuple[ServiceItem, ...]:
    """Return yearly records, with their services fetched, as lines of a list."""
    known = references(row.institution_id for row in rows if row.institution_id is not None)
    counts = _counts(rows)
    return tuple(
        ServiceItem(
            public_id=row.service.public_id,
            service_id=row.service.service_id,
            name=row.service.name,
            institution=known.get(row.institution_id or 0),
            institution_as_written=row.owner_org_title,
            year=row.year,
            scope=tuple(row.service_scope),
            points=points_of(row),
            standards=sum(counts[row.service_id, row.year].values()),
            judged=counts[row.service_id, row.year][Answer.YES] + counts[row.service_id, row.year][Answer.NO],
            met=counts[row.service_id, row.year][Answer.YES],
            is_invented=row.is_invented,
        )
        for row in rows
    )


def points_of(row: ServiceYear) -> Points:
    """Count the interaction points of a record."""
    said = [getattr(row, name) for name in POINTS]
    online, offline, not_applicable = (
        said.count(one) for one in (Answer.YES, Answer.NO, Answer.NOT_APPLICABLE)
    )
    return Points(
        online=online,
        offline=offline,
        not_applicable=not_applicable,
        unknown=len(said) - online - offline - not_applicable,
    )


def service_detail(public_id: str) -> ServiceDetail | None:
    """Return all about a service that has a record, or None."""
    service = Service.objects.filter(public_id=public_id).first()
    if service is None:
        return None
    years = tuple(
        ServiceYear.objects.current()
        .filter(service=service)
        .select_related("service")
        .defer("cells")
        .order_by("-year")
    )
    if not years:
        return None
    standards = ServiceStandard.objects.filter(service=service).select_related("service").order_by("pk")
    return ServiceDetail(
        item=service_items(years[:1])[0], service=service, years=years, standards=_with_results(standards)
    )


def standard_detail(public_id: str) -> tuple[StandardItem, ServiceItem] | None:
    """Return a standard with its results, and its service; None where there is none or nothing was reported."""
    found = _with_results(
        ServiceStandard.objects.filter(public_id=public_id).select_related("service").order_by("pk")
    )
    if not found:
        return None
    service = service_detail(found[0].service_public_id)
    return (found[0], service.item) if service else None


def _with_results(standards: QuerySet[ServiceStandard]) -> tuple[StandardItem, ...]:
    kept = list(standards)
    results = defaultdict[int, list[StandardResult]](list)
    rows = StandardYear.objects.current().filter(standard__in=kept).defer("cells").order_by("-year", "pk")
    for row in rows:
        results[row.standard_id].append(_result(row))
    return tuple(
        StandardItem(
            public_id=one.public_id,
            identifier=one.service_standard_id,
            name=one.name,
            service_public_id=one.service.public_id,
            service_name=one.service.name,
            results=tuple(results[one.pk]),
        )
        for one in kept
        if results[one.pk]
    )


def _result(row: StandardYear) -> StandardResult:
    volumes = {
        "volume_meeting_target": _whole(row.volume_meeting_target),
        "total_volume": _whole(row.total_volume),
    }
    given, target = row.performance.number, row.target.number
    return StandardResult(
        year=row.year,
        target=row.target,
        met_volume=row.volume_meeting_target,
        total_volume=row.total_volume,
        result=Decimal(given) if given is not None else performance(**volumes),
        verdict=verdict(row.target_met, target=None if target is None else Decimal(target), **volumes),
        channel=row.channel,
        types=tuple(row.type),
        comments=Text(row.comments_en, row.comments_fr),
    )


def _whole(reading: Reading) -> int | None:
    return None if reading.number is None else int(reading.number)


def _counts(rows: Sequence[ServiceYear]) -> dict[tuple[int, int], dict[Answer, int]]:
    found: dict[tuple[int, int], dict[Answer, int]] = defaultdict(lambda: dict.fromkeys(Answer, 0))
    standards = (
        StandardYear.objects.current()
        .filter(standard__service__in={row.service_id for row in rows}, year__in={row.year for row in rows})
        .order_by("pk")
        .values_list(
            "standard__service_id",
            "year",
            "target_met",
            "target_number",
            "volume_meeting_target_number",
            "total_volume_number",
        )
    )
    for service, year, given, target, met, total in standards:
        found[service, year][
            verdict(given, target=target, volume_meeting_target=met, total_volume=total)
        ] += 1
    return found


def _narrowed(wanted: ServiceFilter) -> QuerySet[ServiceYear]:
    rows = (
        ServiceYear.objects.current()
        .filter(year=F("service__last_year"))
        .select_related("service")
        .defer("cells")
    )
    if key := sort_key(wanted.sought):
        rows = rows.filter(
            Q(service__sort_key_en__contains=key)
            | Q(service__sort_key_fr__contains=key)
            | Q(service__service_id=wanted.sought.strip())
        )
    if wanted.institution:
        known = references_by_slug([wanted.institution])
        rows = rows.filter(institution_id__in=[one.id for one in known.values()])
    if wanted.scope:
        rows = rows.filter(service_scope__contains=[wanted.scope])
    if wanted.online:
        rows = rows.filter(_online(wanted.online))
    return _by_standards(rows, wanted.standards) if wanted.standards else rows


def _online(wanted: str) -> Q:
    any_yes, any_no, any_unknown = Q(), Q(), Q()
    all_not_applicable = Q()
    for name in POINTS:
        any_yes |= Q(**{name: "Y"})
        any_no |= Q(**{name: "N"})
        any_unknown |= Q(**{f"{name}__in": ["ND", ""]})
        all_not_applicable &= Q(**{name: "NA"})
    return {
        "all": any_yes & ~any_no & ~any_unknown,
        "some": any_yes & (any_no | any_unknown),
        "none": ~any_yes & any_no,
        "not-applicable": all_not_applicable,
    }.get(wanted, Q())


def _by_standards(rows: QuerySet[ServiceYear], wanted: str) -> QuerySet[ServiceYear]:
    own = StandardYear.objects.current().filter(standard__service=OuterRef("service"), year=OuterRef("year"))
    computed = Q(target_met="", target_number__gt=0, total_volume_number__gt=0)
    reached = Q(volume_meeting_target_number__gte=F("target_number") * F("total_volume_number"))
    met = own.filter(Q(target_met="Y") | (computed & reached))
    missed = own.filter(Q(target_met="N") | (computed & ~reached))
    if wanted == "met":
        return rows.filter(Exists(met), ~Exists(missed))
    if wanted == "missed":
        return rows.filter(Exists(missed))
    if wanted == "not-assessed":
        return rows.filter(Exists(own), ~Exists(met), ~Exists(missed))
    return rows.filter(~Exists(own)) if wanted == "none" else rows

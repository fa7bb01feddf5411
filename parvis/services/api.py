"""Services, standards and figures as data."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import Field, Query, Router, Schema

from parvis.api.paging import Page, Paging, next_address
from parvis.api.schemas import BilingualText
from parvis.core.bilingual import Text
from parvis.services import describing, exports
from parvis.services.indicators.evaluator import EVERYONE, Result
from parvis.services.indicators.model import Indicator
from parvis.services.indicators.reading import register
from parvis.services.queries import editions as editions_read
from parvis.services.queries.figures import results, rows_of
from parvis.services.queries.services import (
    CHANNELS,
    POINTS,
    ServiceDetail,
    ServiceFilter,
    ServiceItem,
    StandardItem,
    StandardResult,
    all_services,
    service_detail,
    service_part,
)
from parvis.services.values import Kind
from parvis.theme.page import twins

router = Router(auth=None, tags=["services"])
Format = Literal["csv", "xlsx"]
Reported = int | float | str | None
YEAR = r"^[0-9]{4}-[0-9]{4}$"


class ServicesWanted(Schema):
    """Which services are wanted. | Quels services sont voulus."""

    q: str = Field(
        "", max_length=200, description="Part of the name, or the number | Partie du nom, ou le numéro"
    )
    institution: str = Field("", description="Slug of the institution | Identifiant de l’institution")
    scope: str = Field("", description="EXTERN, ENTERPRISE, INTERN, CLUSTER")
    online: Literal["", "all", "some", "none", "not-applicable"] = ""
    standards: Literal["", "met", "missed", "not-assessed", "none"] = ""

    def filter(self) -> ServiceFilter:
        """Return the filter of the list."""
        return ServiceFilter(
            sought=self.q,
            institution=self.institution,
            scope=self.scope,
            online=self.online,
            standards=self.standards,
        )


class ServiceLine(Schema):
    """A service by its last year. | Un service selon son dernier exercice."""

    public_id: str
    address: BilingualText
    service_id: str
    name: BilingualText
    institution: str | None
    fiscal_yr: str
    service_scope: list[str]
    standards: int
    standards_assessed: int
    standards_met: int
    points_online: int
    points_offline: int
    points_not_applicable: int
    points_unknown: int

    @classmethod
    def of(cls, item: ServiceItem) -> "ServiceLine":
        """Return the API's form of a line of a list."""
        pages = twins("service_detail", item.public_id)
        return cls(
            public_id=item.public_id,
            address=BilingualText.of(Text(pages["en"], pages["fr"])),
            service_id=item.service_id,
            name=BilingualText.of(item.name),
            institution=item.institution.slug if item.institution else None,
            fiscal_yr=item.fiscal_yr,
            service_scope=list(item.scope),
            standards=item.standards,
            standards_assessed=item.judged,
            standards_met=item.met,
            points_online=item.points.online,
            points_offline=item.points.offline,
            points_not_applicable=item.points.not_applicable,
            points_unknown=item.points.unknown,
        )


class StandardYearData(Schema):
    """A standard in a year: numbers, "NA", "ND", or null for a blank. | Une norme dans un exercice."""

    fiscal_yr: str
    target: Reported
    volume_meeting_target: Reported
    total_volume: Reported
    performance: float | None
    target_met: str | None

    @classmethod
    def of(cls, one: StandardResult) -> "StandardYearData":
        """Return the API's form of a result."""
        return cls(
            fiscal_yr=one.fiscal_yr,
            target=_reported(one.target.as_json()),
            volume_meeting_target=_reported(one.met_volume.as_json()),
            total_volume=_reported(one.total_volume.as_json()),
            performance=None if one.result is None else float(one.result),
            target_met=one.verdict.value or None,
        )


class Standard(Schema):
    """A service standard with its years. | Une norme de service et ses exercices."""

    public_id: str
    service_standard_id: str | None
    name: BilingualText
    years: list[StandardYearData]

    @classmethod
    def of(cls, item: StandardItem) -> "Standard":
        """Return the API's form of a standard."""
        return cls(
            public_id=item.public_id,
            service_standard_id=item.identifier or None,
            name=BilingualText.of(item.name),
            years=[StandardYearData.of(one) for one in item.results],
        )


class ServiceYearData(Schema):
    """What was reported for a year, by the official names. | Ce qui a été déclaré, selon les noms officiels."""

    fiscal_yr: str
    description: BilingualText
    answers: dict[str, str | None]
    volumes: dict[str, Reported]


class ServiceData(ServiceLine):
    """All about a service. | Tout sur un service."""

    years: list[ServiceYearData]
    service_standards: list[Standard]

    @classmethod
    def of_detail(cls, found: ServiceDetail) -> "ServiceData":
        """Return the API's form of all about a service."""
        return cls(
            **ServiceLine.of(found.item).model_dump(),
            years=[
                ServiceYearData(
                    fiscal_yr=year.fiscal_yr,
                    description=BilingualText.of(year.description),
                    answers={name: getattr(year, name) or None for name in POINTS},
                    volumes={name: _reported(getattr(year, name).as_json()) for name in CHANNELS},
                )
                for year in found.years
            ],
            service_standards=[Standard.of(one) for one in found.standards],
        )


class Alternative(Schema):
    """The figure under another denominator. | Le chiffre selon un autre dénominateur."""

    id: str
    numerator: float
    denominator: float
    value: float | None


class Figure(Schema):
    """A figure with all that explains it. | Un chiffre et tout ce qui l’explique."""

    indicator: str
    definition_version: int
    fiscal_yr: str
    institution: str | None = Field(description="Null: all together | Nul : toutes ensemble")
    numerator: float
    denominator: float | None
    value: float | None = Field(description="Null: not measured, never zero | Nul : non mesuré, jamais zéro")
    rows_in_scope: int
    rows_measured: int
    not_measured: dict[str, int] = Field(description="By reason: NA, ND, blank | Par motif : NA, ND, blank")
    alternatives: list[Alternative]

    @classmethod
    def of(cls, result: Result) -> "Figure":
        """Return the API's form of a figure."""
        return cls(
            indicator=result.indicator,
            definition_version=result.version,
            fiscal_yr=result.year,
            institution=result.institution or None,
            numerator=result.numerator,
            denominator=result.denominator,
            value=result.value,
            rows_in_scope=result.rows,
            rows_measured=result.measured,
            not_measured={_gap(kind): count for kind, count in result.gaps.items()},
            alternatives=[
                Alternative(id=one.id, numerator=one.numerator, denominator=one.denominator, value=one.value)
                for one in result.alternatives
            ],
        )


class IndicatorData(Schema):
    """What an indicator counts. | Ce que compte un indicateur."""

    id: str
    name: BilingualText
    sentence: BilingualText
    numerator: BilingualText
    denominator: BilingualText
    of: str
    unit: BilingualText
    direction: str
    source: BilingualText
    versions: list[dict[str, str | int | None]]

    @classmethod
    def of_indicator(cls, one: Indicator) -> "IndicatorData":
        """Return the API's form of an indicator."""
        return cls(
            id=one.id,
            name=BilingualText.of(one.name),
            sentence=BilingualText.of(one.sentence),
            numerator=BilingualText.of(one.numerator),
            denominator=BilingualText.of(one.denominator),
            of=one.of.value,
            unit=BilingualText.of(one.unit),
            direction=one.direction.value,
            source=BilingualText.of(one.source),
            versions=[
                {
                    "number": version.number,
                    "from": version.from_year,
                    "until": version.until_year or None,
                    "scope": version.scope,
                    "numerator": version.numerator,
                    "denominator": version.denominator or None,
                }
                for version in one.versions
            ],
        )


class FigureRow(Schema):
    """A row that a figure opens. | Une ligne qu’un chiffre ouvre."""

    public_id: str
    institution: str
    numerator: float
    denominator: float | None
    not_measured: str | None


class FigureWithRows(Schema):
    """A figure and its rows. | Un chiffre et ses lignes."""

    figure: Figure
    rows: list[FigureRow]


class Edition(Schema):
    """A published edition. | Une édition publiée."""

    public_id: str
    address: BilingualText
    fiscal_yr: str
    number: int
    as_of: str
    published_at: str
    why: BilingualText
    rows_hash: str
    services: int
    standards: int

    @classmethod
    def of(cls, one: editions_read.EditionItem) -> "Edition":
        """Return the API's form of an edition."""
        pages = twins("service_edition", one.public_id)
        return cls(
            public_id=one.public_id,
            address=BilingualText.of(Text(pages["en"], pages["fr"])),
            fiscal_yr=one.fiscal_yr,
            number=one.number,
            as_of=one.as_of.isoformat(),
            published_at=one.published_at.isoformat(),
            why=BilingualText.of(one.why),
            rows_hash=one.rows_hash,
            services=one.services,
            standards=one.standards,
        )


@router.get(
    "/services.{form}",
    operation_id="download_services",
    summary="Download the services that fit | Télécharger les services voulus",
)
def download_services(request: HttpRequest, form: Format, wanted: Query[ServicesWanted]) -> HttpResponse:  # noqa: ARG001  # the framework gives it
    """CSV or Excel. | CSV ou Excel."""
    rows = exports.service_rows(all_services(wanted.filter()))
    return _file(form, exports.SERVICE_COLUMNS, rows, "services")


@router.get(
    "/services",
    operation_id="list_services",
    summary="List services | Énumérer les services",
    response=Page[ServiceLine],
)
def list_services(
    request: HttpRequest, wanted: Query[ServicesWanted], paging: Query[Paging]
) -> Page[ServiceLine]:
    """In alphabetical order of the English name. | Dans l’ordre alphabétique du nom anglais."""
    items, count = service_part(wanted.filter(), offset=paging.offset, limit=paging.limit, language="en")
    return Page[ServiceLine](
        count=count,
        next=next_address(request, paging, count),
        items=[ServiceLine.of(item) for item in items],
    )


@router.get(
    "/services/{public_id}",
    operation_id="get_service",
    summary="Read one service | Lire un service",
    response=ServiceData,
)
def get_service(request: HttpRequest, public_id: str) -> ServiceData:  # noqa: ARG001  # the framework gives it
    """With its years and standards. | Avec ses exercices et ses normes."""
    return ServiceData.of_detail(_service(public_id))


@router.get(
    "/services/{public_id}/cpsv-ap.jsonld",
    operation_id="get_service_cpsv_ap",
    summary="Read one service as CPSV-AP 3.2 | Lire un service selon CPSV-AP 3.2",
)
def get_service_cpsv_ap(request: HttpRequest, public_id: str) -> HttpResponse:  # noqa: ARG001  # the framework gives it
    """In JSON-LD. | En JSON-LD."""
    found = describing.public_service(_service(public_id))
    return JsonResponse(found, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})


@router.get(
    "/indicators",
    operation_id="list_indicators",
    summary="List what figures count | Énumérer ce que comptent les chiffres",
    response=list[IndicatorData],
)
def list_indicators(request: HttpRequest) -> list[IndicatorData]:  # noqa: ARG001  # the framework gives it
    """With every definition that each has had. | Avec toutes leurs définitions."""
    return [IndicatorData.of_indicator(one) for one in register().indicators.values()]


@router.get(
    "/figures",
    operation_id="list_figures",
    summary="List figures of all, or of one institution | Énumérer les chiffres de toutes, ou d’une institution",
    response=list[Figure],
)
def list_figures(
    request: HttpRequest, institution: str = "", year: str = Query("", pattern="^$|" + YEAR)
) -> list[Figure]:  # noqa: ARG001  # the framework gives it
    """Of every year, or of one. | De tous les exercices, ou d’un seul."""
    years = [int(year[:4])] if year else None
    return [Figure.of(one) for one in results(institution=institution, years=years)]


@router.get(
    "/figures/{indicator}/{year}.{form}",
    operation_id="download_figure_rows",
    summary="Download the rows of a figure | Télécharger les lignes d’un chiffre",
)
def download_figure_rows(
    request: HttpRequest,  # noqa: ARG001  # the framework gives it
    indicator: str,
    year: str,
    form: Format,
    institution: str = "",
) -> HttpResponse:
    """CSV or Excel. | CSV ou Excel."""
    known, figure = _figure(indicator, year, institution)
    rows = exports.counted_rows(known, rows_of(known, int(figure.year[:4]), institution))
    return _file(form, exports.ROW_COLUMNS, rows, f"{indicator}-{year}")


@router.get(
    "/figures/{indicator}/{year}",
    operation_id="get_figure",
    summary="Read one figure with its rows | Lire un chiffre avec ses lignes",
    response=FigureWithRows,
)
def get_figure(request: HttpRequest, indicator: str, year: str, institution: str = "") -> FigureWithRows:  # noqa: ARG001  # the framework gives it
    """What it counts, over what, and the rows. | Ce qu’il compte, sur quoi, et les lignes."""
    known, figure = _figure(indicator, year, institution)
    return FigureWithRows(
        figure=Figure.of(figure),
        rows=[
            FigureRow(
                public_id=row.key,
                institution=row.institution,
                numerator=row.numerator,
                denominator=row.denominator,
                not_measured=None if row.gap is None else _gap(row.gap),
            )
            for row in rows_of(known, int(year[:4]), institution)
        ],
    )


@router.get(
    "/editions",
    operation_id="list_editions",
    summary="List published editions of figures | Énumérer les éditions publiées des chiffres",
    response=list[Edition],
)
def list_editions(request: HttpRequest) -> list[Edition]:  # noqa: ARG001  # the framework gives it
    """The latest first. | La plus récente d’abord."""
    return [Edition.of(one) for one in editions_read.edition_list()]


@router.get(
    "/editions/{public_id}/figures",
    operation_id="list_edition_figures",
    summary="List the figures of an edition | Énumérer les chiffres d’une édition",
    response=list[Figure],
)
def list_edition_figures(request: HttpRequest, public_id: str) -> list[Figure]:  # noqa: ARG001  # the framework gives it
    """As they were published. | Tels qu’ils ont été publiés."""
    if editions_read.edition_detail(public_id) is None:
        raise Http404
    return [Figure.of(one) for one in editions_read.edition_figures(public_id, institution=None)]


def _service(public_id: str) -> ServiceDetail:
    found = service_detail(public_id)
    if found is None:
        raise Http404
    return found


def _figure(indicator: str, year: str, institution: str) -> tuple[Indicator, Result]:
    known = register().indicators.get(indicator)
    is_year = year[:4].isdigit() and len(year) == len("2023-2024")
    found = (
        results(indicators=[indicator], years=[int(year[:4])], institution=institution or EVERYONE)
        if known and is_year
        else []
    )
    if known is None or not found or found[0].year != year:
        raise Http404
    return known, found[0]


def _file(form: Format, columns: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> HttpResponse:
    content = exports.as_csv(columns, rows) if form == "csv" else exports.as_xlsx(columns, rows, name)
    response = HttpResponse(content, content_type=exports.CSV if form == "csv" else exports.XLSX)
    response["Content-Disposition"] = f'attachment; filename="parvis-{name}.{form}"'
    return response


def _gap(kind: Kind) -> str:
    return kind.value or "blank"


def _reported(value: Decimal | int | str | None) -> Reported:
    return float(value) if isinstance(value, Decimal) else value

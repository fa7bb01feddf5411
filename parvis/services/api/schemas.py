"""What the API says of services and figures."""

from decimal import Decimal
from typing import Literal

from ninja import Field, Schema

from parvis.api.schemas import BilingualText
from parvis.core.bilingual import Text
from parvis.services.indicators.evaluator import Result
from parvis.services.indicators.model import Indicator
from parvis.services.queries import editions as editions_read
from parvis.services.queries.services import (
    CHANNELS,
    POINTS,
    ServiceDetail,
    ServiceFilter,
    ServiceItem,
    StandardItem,
    StandardResult,
)
from parvis.services.values import Kind
from parvis.theme.page import twins

Format = Literal["csv", "xlsx"]
Reported = int | float | str | None
YEAR = r"^[0-9]{4}-[0-9]{4}$"


class ServicesWanted(Schema):
    """Which services are wanted. | Quels services sont voulus."""

    q: str = Field(
        "", max_length=200, description="Part of the name, or the number | Partie du nom, ou le numéro"
    )
    institution: str = Field("", description="Slug of the institution | Identifiant de l’institution")
    scope: str = Field(
        "",
        description="For whom: EXTERN, ENTERPRISE, INTERN, CLUSTER | Pour qui : EXTERN, ENTERPRISE, INTERN, CLUSTER",
    )
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


class FiguresWanted(Schema):
    """Which figures are wanted. | Quels chiffres sont voulus."""

    institution: str = Field("", description="Slug; empty for all | Identifiant ; vide pour toutes")
    year: str = Field("", pattern="^$|" + YEAR, description="Fiscal year, 2023-2024 | Exercice, 2023-2024")


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
            target=reported(one.target.as_json()),
            volume_meeting_target=reported(one.met_volume.as_json()),
            total_volume=reported(one.total_volume.as_json()),
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
                    volumes={name: reported(getattr(year, name).as_json()) for name in CHANNELS},
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
            not_measured={gap_code(kind): count for kind, count in result.gaps.items()},
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


def gap_code(kind: Kind) -> str:
    """Return why there is no value, as a word of the API."""
    return kind.value or "blank"


def reported(value: Decimal | int | str | None) -> Reported:
    """Return a reading as JSON: a number, a code, or null."""
    return float(value) if isinstance(value, Decimal) else value

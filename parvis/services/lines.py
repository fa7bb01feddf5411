"""A figure as pages show it: its sentence, its value, over how many, how it moved, and where its page stands."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from parvis.services import charts, wording
from parvis.services.indicators.evaluator import EVERYONE, Result
from parvis.services.indicators.model import Amount, Family, Indicator, Of
from parvis.services.indicators.reading import register
from parvis.services.values import Kind
from parvis.theme.page import current_language

GAPS = ((Kind.NOT_APPLICABLE, "na"), (Kind.NO_DATA, "nd"), (Kind.BLANK, "blank"))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the bar that says of how many rows a figure speaks: where it begins and how long it is, of 100."""

    kind: str
    name: str
    count: int
    start: float
    length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A figure of one year with what a page says of it."""

    indicator: Indicator
    result: Result
    name: str
    value: str
    unit: str  # of a number that has one to be said beside it; empty for shares and means
    told: str
    move: wording.Move | None
    parts: tuple[Part, ...]
    url: str

    @property
    def is_measured(self) -> bool:
        """Whether there is a value."""
        return self.result.value is not None

    @property
    def missing(self) -> tuple[Part, ...]:
        """What is not measured, by reason."""
        return tuple(part for part in self.parts if part.kind in {code for _kind, code in GAPS})


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyLines:
    """The figures of a family, in the order of the register."""

    family: Family
    name: str
    lines: tuple[FigureLine, ...]


def figure_url(indicator: str, year: str, institution: str = EVERYONE, edition: int | None = None) -> str:
    """Return the permanent address of a figure in the page's language."""
    path = (
        reverse("service_figure_of", args=[indicator, year, institution])
        if institution
        else reverse("service_figure", args=[indicator, year])
    )
    return f"{path}?edition={edition}" if edition else path


def line(result: Result, before: Result | None = None, edition: int | None = None) -> FigureLine:
    """Return a figure as a page shows it; `before` is the one that it is held against."""
    indicator, language = register().indicators[result.indicator], current_language()
    return FigureLine(
        indicator=indicator,
        result=result,
        name=indicator.name.in_(language),
        value=wording.value_of(indicator, result.value, language),
        unit=wording.unit(indicator, result.numerator, language)
        if indicator.kind in (Amount.COUNT, Amount.SUM)
        else "",
        told=wording.told(indicator, result, language) if result.value is not None else "",
        move=wording.move(indicator, before, result, language),
        parts=parts(result, of=indicator.of),
        url=figure_url(result.indicator, result.year, result.institution, edition),
    )


def parts(result: Result, *, of: Of) -> tuple[Part, ...]:
    """Return of how many rows in scope a figure speaks, and why the others say nothing."""
    counted = [("measured", "", result.measured)]
    counted += [(code, wording.gap_name(kind, of=of), result.gaps.get(kind, 0)) for kind, code in GAPS]
    found, start = [], 0.0
    for kind, name, count in counted:
        length = count / result.rows * 100 if result.rows else 0.0
        if count:
            found.append(Part(kind, name, count, round(start, 2), round(length, 2)))
        start += length
    return tuple(found)


def by_family(results: Iterable[Result], year: str, begun: Container[str] = ()) -> tuple[FamilyLines, ...]:
    """Return the public figures of a year by family, each held against the last whole year before that has it.

    `begun` are the years of which few records are there yet: nothing is held against them, nor they against others.
    """
    known, before = dict[tuple[str, str], Result](), dict[str, Result]()
    for result in sorted(results, key=lambda one: one.year):
        known[result.indicator, result.year] = result
        if year not in begun and result.year not in begun and result.year < year and result.value is not None:
            before[result.indicator] = result
    families = []
    for family in register().families:
        lines = [
            line(one, before.get(name))
            for name, indicator in register().indicators.items()
            if indicator.family == family.id and indicator.is_public and (one := known.get((name, year)))
        ]
        measured = [one for one in lines if one.is_measured]
        if measured:
            families.append(
                FamilyLines(family=family, name=family.name.in_(current_language()), lines=tuple(measured))
            )
    return tuple(families)


def trend_points(indicator: Indicator, results: Sequence[Result]) -> list[charts.Point]:
    """Return a figure through the years for its chart."""
    return [
        charts.Point(
            year=one.year,
            value=one.value,
            label=short(indicator, one.value),
            version=one.version,
        )
        for one in results
        if one.value is not None
    ]


def short(indicator: Indicator, value: float | None) -> str:
    """Write a value for a chart: millions where there are."""
    language = current_language()
    if indicator.kind is Amount.SUM and value is not None and value >= wording.MILLION:
        return f"{wording.amount(round(value / wording.MILLION, 1), language)}{wording.NO_BREAK}M"
    return wording.value_of(indicator, value, language)

"""Figures as they stand: as last calculated, and calculated anew where the rows of their year have changed since."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache

from django.db.models import Count, Max

from parvis.services.indicators.evaluator import (
    EVERYONE,
    Alternative,
    CountedRow,
    Result,
    Year,
    counted_rows,
    evaluate,
)
from parvis.services.indicators.model import Indicator
from parvis.services.indicators.reading import register
from parvis.services.models import DataChange, Edition, ServiceYear, StoredFigure
from parvis.services.models.figures import FigureValues
from parvis.services.queries.tables import year_tables
from parvis.services.values import Kind, fiscal_year

LEAST_OF_FILE = 0.1  # of a file of several years: with fewer of its rows, a year is not what it is about
WITNESS = "services"  # the indicator whose figure says when the figures of its year were calculated
NAMES = 0  # the year under which changes of names and owners are counted
GAP_FIELDS = {Kind.NOT_APPLICABLE: "not_applicable", Kind.NO_DATA: "no_data", Kind.BLANK: "blank"}


def data_versions() -> dict[int, str]:
    """Return the version of the rows of each fiscal year; NAMES holds that of names and owners."""
    rows = DataChange.objects.values("year").annotate(last=Max("pk"), count=Count("pk")).order_by("year")
    return {row["year"]: f"{row['last']}.{row['count']}" for row in rows}


def figure_years(versions: dict[int, str]) -> tuple[int, ...]:
    """Return the years that have figures: those that a file is of, alone or among few others, or that people report.

    A file may hold a few rows of another year; of these alone a figure would say that all others are gone.
    """
    return _figure_years(str(versions))


@lru_cache(maxsize=4)
def _figure_years(_version: str) -> tuple[int, ...]:
    groups = (
        ServiceYear.objects.current()
        .order_by("year", "file")
        .values_list("year", "file", "file__main_year")
        .annotate(count=Count("pk"))
    )
    found, of_file = list(groups), Counter[int | None]()
    for _year, file, _main, count in found:
        of_file[file] += count
    return tuple(
        sorted(
            {
                year
                for year, file, main, count in found
                if file is None or main == year or (main is None and count >= of_file[file] * LEAST_OF_FILE)
            }
        )
    )


def has_invented() -> bool:
    """Whether some of the rows that figures count are invented examples."""
    return ServiceYear.objects.current().filter(is_invented=True).exists()


def page_version() -> str:
    """Return the version of all that pages about services show: rows, names and editions."""
    last = Edition.objects.aggregate(last=Max("pk"))["last"]
    return f"{data_versions()} {last}"


def stale_years(versions: dict[int, str]) -> tuple[int, ...]:
    """Return the years whose figures have not been calculated from their rows as these stand.

    The figures of a year are written together, in one transaction, so that one of them is witness for all: how many
    services there are, of everyone. Of a year before its definition begins nothing else is counted either.
    """
    defined = register().indicators[WITNESS].version_in
    witnesses = StoredFigure.objects.filter(indicator=WITNESS, institution=EVERYONE)
    fresh = dict(witnesses.order_by("year").values_list("year", "data_version"))
    return tuple(
        year
        for year in figure_years(versions)
        if defined(fiscal_year(year)) and fresh.get(year) != versions[year]
    )


@lru_cache(maxsize=24)
def calculated(year: int, version: str) -> dict[str, dict[str, Result]]:  # noqa: ARG001  # makes the memory forget
    """Return every figure of a year by indicator and institution, from its rows."""
    rows = year_tables(year)
    return {name: evaluate(indicator, rows) for name, indicator in register().indicators.items()}


def results(
    *,
    institution: str | None = None,
    indicators: Collection[str] | None = None,
    years: Collection[int] | None = None,
) -> list[Result]:
    """Return figures, in the order of the register and then by year; None means whichever."""
    versions = data_versions()
    wanted = [year for year in figure_years(versions) if years is None or year in years]
    rows = StoredFigure.objects.filter(year__in=wanted)
    if institution is not None:
        rows = rows.filter(institution=institution)
    if indicators is not None:
        rows = rows.filter(indicator__in=indicators)
    stored = defaultdict[int, list[Result]](list)
    for row in rows.order_by("pk"):
        if row.data_version == versions[row.year]:
            stored[row.year].append(as_result(row, fiscal_year(row.year)))
    stale = set(stale_years(versions)) & set(wanted)
    found = [one for year in wanted if year not in stale for one in stored[year]]
    for year in stale:
        found += _chosen(calculated(year, versions[year]), institution, indicators)
    order = {name: place for place, name in enumerate(register().indicators)}
    return sorted(
        (one for one in found if one.indicator in order),
        key=lambda one: (order[one.indicator], one.year, one.institution),
    )


def _chosen(
    everything: dict[str, dict[str, Result]], institution: str | None, indicators: Collection[str] | None
) -> Iterator[Result]:
    for name, by_institution in everything.items():
        if indicators is None or name in indicators:
            for key, one in by_institution.items():
                if institution is None or key == institution:
                    yield one


def as_result(row: FigureValues, year: str) -> Result:
    """Return a stored figure as the evaluator gave it."""
    return Result(
        indicator=row.indicator,
        version=row.version,
        year=year,
        institution=getattr(row, "institution", EVERYONE),
        numerator=row.numerator,
        denominator=row.denominator,
        value=row.value,
        rows=row.rows,
        measured=row.measured,
        gaps={kind: count for kind, name in GAP_FIELDS.items() if (count := getattr(row, name))},
        alternatives=tuple(
            Alternative(id=name, numerator=parts[0], denominator=parts[1])
            for name, parts in row.alternatives.items()
        ),
    )


def stored_values(result: Result) -> dict[str, object]:
    """Return what a stored figure keeps of a result."""
    return {
        "indicator": result.indicator,
        "version": result.version,
        "institution": result.institution,
        "numerator": result.numerator,
        "denominator": result.denominator,
        "value": result.value,
        "rows": result.rows,
        "measured": result.measured,
        "alternatives": {one.id: [one.numerator, one.denominator] for one in result.alternatives},
        **{name: result.gaps.get(kind, 0) for kind, name in GAP_FIELDS.items()},
    }


def rows_of(indicator: Indicator, year: int, institution: str = EVERYONE) -> tuple[CountedRow, ...]:
    """Return the rows that a figure opens, each with what it adds, in the order of loading."""
    version = indicator.version_in(fiscal_year(year))
    if version is None:
        return ()
    rows: Year = year_tables(year, fields=register().fields_of(version))
    return counted_rows(indicator, rows, institution)

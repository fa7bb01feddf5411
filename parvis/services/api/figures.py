"""Figures and editions as data."""

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from parvis.services import exports
from parvis.services.api.files import as_file
from parvis.services.api.schemas import (
    Edition,
    Figure,
    FigureRow,
    FiguresWanted,
    FigureWithRows,
    Format,
    IndicatorData,
    gap_code,
)
from parvis.services.indicators.evaluator import EVERYONE, Result
from parvis.services.indicators.model import Indicator
from parvis.services.indicators.reading import register
from parvis.services.queries import editions as editions_read
from parvis.services.queries.figures import results, rows_of

router = Router(auth=None, tags=["services"])


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
def list_figures(request: HttpRequest, wanted: Query[FiguresWanted]) -> list[Figure]:  # noqa: ARG001  # the framework gives it
    """Of every year, or of one. | De tous les exercices, ou d’un seul."""
    years = [int(wanted.year[:4])] if wanted.year else None
    return [Figure.of(one) for one in results(institution=wanted.institution, years=years)]


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
    return as_file(form, exports.ROW_COLUMNS, rows, f"{indicator}-{year}")


@router.get(
    "/figures/{indicator}/{year}",
    operation_id="get_figure",
    summary="Read one figure with its rows | Lire un chiffre avec ses lignes",
    response=FigureWithRows,
)
def get_figure(request: HttpRequest, indicator: str, year: str, institution: str = "") -> FigureWithRows:  # noqa: ARG001  # the framework gives it
    """Return what it counts, over what, and the rows. | Ce qu’il compte, sur quoi, et les lignes."""
    known, figure = _figure(indicator, year, institution)
    return FigureWithRows(
        figure=Figure.of(figure),
        rows=[
            FigureRow(
                public_id=row.key,
                institution=row.institution,
                numerator=row.numerator,
                denominator=row.denominator,
                not_measured=None if row.gap is None else gap_code(row.gap),
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
    """Return the latest first. | La plus récente d’abord."""
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

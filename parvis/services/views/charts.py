"""Charts as images of their own: the policy of the site allows no styles inside a page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.core.pages import public_page
from parvis.services import charts, lines
from parvis.services.indicators.model import Amount
from parvis.services.indicators.reading import register
from parvis.services.kept import kept_page
from parvis.services.queries.figures import results
from parvis.services.queries.services import StandardItem, StandardResult, service_detail, standard_detail
from parvis.theme import formats
from parvis.theme.page import current_language

AT_MOST = 40  # standards on one chart
LONGEST = 30  # letters of a standard's words beside its bar


@public_page
@require_safe
@kept_page
def trend(request: HttpRequest, indicator: str) -> HttpResponse:
    """Draw a figure through the years."""
    known = register().indicators.get(indicator)
    found = results(indicators=[indicator], institution=request.GET.get("institution", "")) if known else []
    points = lines.trend_points(known, found) if known else []
    if known is None or not points:
        raise Http404
    return _svg(
        charts.svg(
            charts.trend(
                points,
                is_share=known.kind is Amount.SHARE,
                language=current_language(),
                break_label=_("New definition"),
            )
        )
    )


@public_page
@require_safe
@kept_page
def standard(_request: HttpRequest, public_id: str) -> HttpResponse:
    """Draw the results of a standard beside its targets, year by year."""
    found = standard_detail(public_id)
    if found is None:
        raise Http404
    return _drawn([_point(one.fiscal_yr, one) for one in reversed(found[0].results)])


@public_page
@require_safe
@kept_page
def service(_request: HttpRequest, public_id: str) -> HttpResponse:
    """Draw the last results of a service's standards beside their targets."""
    found = service_detail(public_id)
    if found is None:
        raise Http404
    last = [(one, one.last) for one in found.current if one.last]
    return _drawn(
        [_point(_name(one, place), result) for place, (one, result) in enumerate(last[:AT_MOST], start=1)]
    )


def _drawn(points: list[charts.Point]) -> HttpResponse:
    if not any(point.value is not None for point in points):
        raise Http404
    words = (_("Result"), _("Target"))
    return _svg(charts.svg(charts.results(points, language=current_language(), words=words)))


def _point(name: str, result: StandardResult) -> charts.Point:
    language = current_language()
    value = None if result.result is None else min(float(result.result), 1.0)
    target = float(result.target.number) if result.target.number else None
    return charts.Point(
        year=name,
        value=value,
        label="" if result.result is None else formats.percent(float(result.result), 1, language),
        target=target,
    )


def _name(standard: StandardItem, place: int) -> str:
    """Return the words of a standard as far as they fit, with its place in the table."""
    words = standard.name.shown(current_language()).text
    short = words if len(words) <= LONGEST else words[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
    return f"{place}. {short}"


def _svg(drawn: str) -> HttpResponse:
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=300"
    return response

"""How all services do together, and those of each department."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.core.pages import public_page
from parvis.institutions.queries import references_by_slug
from parvis.services import crumbs, lines
from parvis.services.indicators.evaluator import EVERYONE
from parvis.services.kept import kept_page
from parvis.services.queries.coverage import PartialYear, partial_years, year_shown
from parvis.services.queries.figures import has_invented, results
from parvis.services.queries.overviews import department_rows
from parvis.services.queries.services import ServiceFilter, service_list
from parvis.theme.page import Page, current_language, render_page

SHOWN = 10  # services that a department's page lists before the list itself


@public_page
@require_safe
@kept_page
def government(request: HttpRequest) -> HttpResponse:
    """Show how the services of all departments do, in the last year or in another."""
    found = results(institution=EVERYONE)
    years = sorted({one.year for one in found}, reverse=True)
    begun = partial_years()
    year = _year_shown(request, years, begun)
    page = Page(
        title=_("How government services do"),
        description=_(
            "What services promise, what they achieve, and over how many of how many it is measured."
        ),
        crumbs=crumbs.services_crumbs()[:1],
        canonical=("year",),
    )
    context = {
        "year": year,
        "years": years,
        "begun": begun.get(year),
        "families": lines.by_family(found, year, begun),
        "departments": department_rows(year, current_language()) if year else (),
        "institution": None,
        "has_invented": has_invented(),
    }
    return render_page(request, "services/government.html", page, context)


@public_page
@require_safe
@kept_page
def departments(request: HttpRequest) -> HttpResponse:
    """List the departments that have services, with a few figures of each."""
    years = sorted({one.year for one in results(indicators=["services"], institution=EVERYONE)}, reverse=True)
    begun = partial_years()
    year = _year_shown(request, years, begun)
    page = Page(
        title=_("Departments and their services"),
        description=_("Every department with services in the inventory: how many, and how they do."),
        crumbs=crumbs.services_crumbs(),
        canonical=("year",),
    )
    context = {
        "year": year,
        "years": years,
        "begun": begun.get(year),
        "departments": department_rows(year, current_language()) if year else (),
        "has_invented": has_invented(),
    }
    return render_page(request, "services/departments.html", page, context)


@public_page
@require_safe
@kept_page
def department(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how the services of one department do."""
    institution = references_by_slug([slug]).get(slug)
    found = results(institution=slug)
    if institution is None or not found:
        raise Http404
    years = sorted({one.year for one in found}, reverse=True)
    begun = partial_years()
    year = _year_shown(request, years, begun)
    name = institution.title.shown(current_language()).text
    page = Page(
        title=_("Services of %(name)s") % {"name": name},
        description=_("What these services promise, what they achieve, and what is not measured."),
        crumbs=crumbs.services_crumbs(),
        canonical=("year",),
    )
    listed = service_list(
        ServiceFilter(institution=slug), page=1, language=current_language(), per_page=SHOWN
    )
    context = {
        "institution": institution,
        "year": year,
        "years": years,
        "begun": begun.get(year),
        "families": lines.by_family(found, year, begun),
        "listed": listed,
        "has_invented": has_invented(),
    }
    return render_page(request, "services/department.html", page, context)


def _year_shown(request: HttpRequest, years: list[str], begun: dict[str, PartialYear]) -> str:
    try:
        return year_shown(request.GET.get("year", ""), years, begun)
    except LookupError:
        raise Http404 from None

"""Figures: their list, each through the years, and each in a year with the rows that it opens."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.core.pages import public_page
from parvis.institutions.queries import InstitutionReference, references_by_slug
from parvis.services import crumbs, explaining, lines
from parvis.services.indicators.evaluator import EVERYONE
from parvis.services.indicators.model import Indicator
from parvis.services.indicators.reading import register
from parvis.services.kept import kept_page
from parvis.services.queries.editions import edition_of
from parvis.services.queries.figures import has_invented, results
from parvis.theme.page import Crumb, Page, current_language, render_page

YEAR_LENGTH = len("2023-2024")


@public_page
@require_safe
@kept_page
def figure_index(request: HttpRequest) -> HttpResponse:
    """List every indicator: what it counts, and where it is shown."""
    language = current_language()
    families = [
        (
            family.name.in_(language),
            [one for one in register().indicators.values() if one.family == family.id],
        )
        for family in register().families
    ]
    page = Page(
        title=_("All figures and what they count"),
        description=_(
            "Every figure about services: what it counts, over what, by which formula, since when."
        ),
        crumbs=crumbs.services_crumbs(),
    )
    return render_page(request, "services/figure_index.html", page, {"families": families})


@public_page
@require_safe
@kept_page
def indicator_page(request: HttpRequest, indicator: str) -> HttpResponse:
    """Show one figure through the years, with all definitions that it has had."""
    known = _indicator(indicator)
    slug = request.GET.get("institution", EVERYONE)
    institution = references_by_slug([slug]).get(slug) if slug else None
    if slug and institution is None:
        raise Http404
    found = results(indicators=[indicator], institution=slug)
    name = known.name.in_(current_language())
    page = Page(
        title=f"{name}: {institution.title.shown(current_language()).text}" if institution else name,
        description=known.sentence.in_(current_language()),
        crumbs=crumbs.figures_crumbs(),
        canonical=("institution",),
    )
    shown = [lines.line(one, before) for before, one in zip([None, *found], found, strict=False)]
    context = {
        "indicator": known,
        "institution": institution,
        "lines": list(reversed(shown)),
        "has_chart": any(one.is_measured for one in shown),
        "definition": explaining.definition(known, known.versions[-1]),
        "has_invented": has_invented(),
    }
    return render_page(request, "services/indicator_page.html", page, context)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figure is asked for."""

    indicator: Indicator
    year: str
    institution: InstitutionReference | None


@public_page
@require_safe
@kept_page
def figure_page(request: HttpRequest, indicator: str, year: str, institution: str = EVERYONE) -> HttpResponse:
    """Show one figure: over how many of how many, as of when, by which formula, and the rows that it opens."""
    asked = _asked(indicator, year, institution)
    number = request.GET.get("edition", "")
    edition = (
        edition_of(int(year[:4]), int(number)) if number.isdigit() and len(number) < YEAR_LENGTH else None
    )
    if number and edition is None:
        raise Http404
    shown = explaining.explained(
        asked.indicator,
        year,
        institution,
        edition=edition,
        kind=request.GET.get("rows", ""),
        page=_number(request.GET.get("page", "")),
    )
    if shown is None:
        raise Http404
    name, language = asked.indicator.name.in_(current_language()), current_language()
    whose = asked.institution.title.shown(language).text if asked.institution else _("all departments")
    page = Page(
        title=_("%(name)s, %(year)s: %(whose)s") % {"name": name, "year": year, "whose": whose},
        description=shown.line.told or asked.indicator.sentence.in_(language),
        crumbs=(
            *crumbs.figures_crumbs(),
            Crumb(name, reverse("service_indicator", args=[indicator])),
        ),
        canonical=("edition", "rows", "page"),
    )
    context = {
        "shown": shown,
        "indicator": asked.indicator,
        "institution": asked.institution,
        "year": year,
        "whose": whose,
        "has_invented": has_invented(),
    }
    return render_page(request, "services/figure_page.html", page, context)


def _asked(indicator: str, year: str, institution: str) -> Asked:
    is_year = len(year) == YEAR_LENGTH and year[:4].isdigit() and year[4] == "-" and year[5:].isdigit()
    reference = references_by_slug([institution]).get(institution) if institution else None
    if not is_year or (institution and reference is None):
        raise Http404
    return Asked(_indicator(indicator), year, reference)


def _indicator(name: str) -> Indicator:
    found = register().indicators.get(name)
    if found is None:
        raise Http404
    return found


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < YEAR_LENGTH else 1

"""Services and standards: the list, and the page of each."""

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.core.pages import public_page
from parvis.institutions.queries import references_by_slug
from parvis.services import crumbs, describing, policy
from parvis.services.kept import kept_page
from parvis.services.queries.services import (
    CHANNELS,
    POINTS,
    ServiceFilter,
    service_detail,
    service_list,
    standard_detail,
)
from parvis.theme.page import Crumb, Page, current_language, render_page

if TYPE_CHECKING:
    from parvis.core.pages import ActingRequest

PAGE_DIGITS = 7  # no list is that long


def wanted_of(request: HttpRequest) -> ServiceFilter:
    """Return what a list is narrowed by, from the address."""
    given = {
        name: request.GET.get(name, "").strip()[:200]
        for name in ("institution", "scope", "online", "standards")
    }
    return ServiceFilter(sought=request.GET.get("q", "").strip()[:200], **given)


@public_page
@require_safe
@kept_page
def service_index(request: HttpRequest) -> HttpResponse:
    """Show every service in alphabetical order, or those that fit."""
    wanted = wanted_of(request)
    number = request.GET.get("page", "1")
    page_number = int(number) if number.isdigit() and len(number) < PAGE_DIGITS else 1
    found = service_list(wanted, page=page_number, language=current_language())
    institution = (
        references_by_slug([wanted.institution]).get(wanted.institution) if wanted.institution else None
    )
    page = Page(
        title=_("All services"),
        description=_("Every service of the inventory, with what it promises and what it achieves."),
        crumbs=crumbs.services_crumbs(),
        canonical=("institution", "page"),
        is_indexed=not (wanted.sought or wanted.scope or wanted.online or wanted.standards),
    )
    context = {
        "found": found,
        "wanted": wanted,
        "institution": institution,
        "choices": describing.list_choices(),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "services/service_index.html", page, context)


@public_page
@require_safe
@kept_page
def service_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one service: what it promises, what it achieved, how people reach it, what is online."""
    found = service_detail(public_id)
    if found is None:
        raise Http404
    language = current_language()
    name = found.item.name.shown(language)
    page = Page(
        title=name.text,
        description=found.last.description.shown(language).text[:300],
        crumbs=crumbs.department_crumbs(found.item.institution),
        data=describing.government_service(found),
    )
    context = {
        "found": found,
        "service": found.item,
        "record": found.last,
        "sentence": describing.service_sentence(found),
        "points": [(field, getattr(found.last, field)) for field in POINTS],
        "volumes": [(field, [getattr(year, field) for year in found.years]) for field in CHANNELS],
        "labels": describing.labels(),
        "has_chart": any(one.last and one.last.result is not None for one in found.current),
        "may_edit": policy.can_edit(cast("ActingRequest", request).actor, found.last),
    }
    return render_page(request, "services/service_page.html", page, context)


@public_page
@require_safe
@kept_page
def standard_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one standard: the promise, and what was achieved in each year."""
    found = standard_detail(public_id)
    if found is None:
        raise Http404
    standard, service = found
    language = current_language()
    name = service.name.shown(language)
    page = Page(
        title=standard.name.shown(language).text or _("Service standard"),
        description=describing.standard_sentence(standard),
        crumbs=(
            *crumbs.department_crumbs(service.institution),
            Crumb(
                name.text,
                reverse("service_detail", args=[service.public_id]),
                name.language if name.is_fallback else "",
            ),
        ),
    )
    context = {
        "standard": standard,
        "service": service,
        "sentence": describing.standard_sentence(standard),
        "has_chart": any(one.result is not None for one in standard.results),
    }
    return render_page(request, "services/standard_page.html", page, context)

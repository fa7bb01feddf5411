"""Editions: what was published, and what each changes from the one before it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.core.pages import public_page
from parvis.services import comparing, crumbs, lines
from parvis.services.kept import kept_page
from parvis.services.queries.editions import (
    EditionItem,
    comparison,
    edition_detail,
    edition_figures,
    edition_list,
)
from parvis.theme.page import Crumb, Page, render_page


@public_page
@require_safe
@kept_page
def edition_index(request: HttpRequest) -> HttpResponse:
    """List every edition, the latest first."""
    page = Page(
        title=_("Editions"),
        description=_(
            "Figures as they were published: each edition is frozen, and says what it changed and why."
        ),
        crumbs=crumbs.services_crumbs(),
    )
    return render_page(request, "services/edition_index.html", page, {"editions": edition_list()})


@public_page
@require_safe
@kept_page
def edition_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the figures of an edition as they were published."""
    edition = _found(public_id)
    results = edition_figures(public_id)
    page = Page(
        title=_title(edition),
        description=_("Figures of %(year)s as published, frozen with their rows.")
        % {"year": edition.fiscal_yr},
        crumbs=_crumbs(),
    )
    context = {
        "edition": edition,
        "lines": [lines.line(one, edition=edition.number) for one in results if one.value is not None],
        "editions": edition_list(edition.year),
    }
    return render_page(request, "services/edition_page.html", page, context)


@public_page
@require_safe
@kept_page
def changes_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what an edition changes from the one before it: rows, numbers, verdicts, and what that does to figures."""
    edition = _found(public_id)
    found = comparison(public_id)
    if found is None:
        raise Http404
    page = Page(
        title=_("What changed: %(title)s") % {"title": _title(edition)},
        description=_(
            "Rows that went and came, numbers and verdicts that changed, and the effect on each figure."
        ),
        crumbs=(*_crumbs(), Crumb(_title(edition), reverse("service_edition", args=[public_id]))),
    )
    context = {"edition": edition, "found": comparing.shown(found)}
    return render_page(request, "services/edition_changes.html", page, context)


def _found(public_id: str) -> EditionItem:
    edition = edition_detail(public_id)
    if edition is None:
        raise Http404
    return edition


def _title(edition: EditionItem) -> str:
    return _("%(year)s, edition %(number)s") % {"year": edition.fiscal_yr, "number": edition.number}


def _crumbs() -> tuple[Crumb, ...]:
    return *crumbs.services_crumbs(), Crumb(_("Editions"), reverse("service_editions"))

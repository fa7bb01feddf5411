"""The page of a holding: a class of records or a personal information bank, as its institution describes it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.core.pages import public_page
from parvis.disclosure.queries import HoldingDetail, WithdrawnRecord, holding_detail
from parvis.theme.page import Page, current_language, render_page
from parvis.web.crumbs import home_crumb, institution_crumbs
from parvis.web.views.errors import error_page


@public_page
@require_safe
def holding_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what an institution says that it holds, and how to ask for it."""
    found = holding_detail(public_id)
    if isinstance(found, WithdrawnRecord):
        return error_page(request, 410)
    if found is None:
        raise Http404
    page = Page(
        title=_title(found),
        description=_description(found),
        crumbs=(home_crumb(), *institution_crumbs(found.item.institution)),
    )
    return render_page(request, "web/holding_page.html", page, {"holding": found})


def _title(found: HoldingDetail) -> str:
    language = current_language()
    name, number = found.item.name.shown(language).text, found.item.number.shown(language).text
    return f"{name} ({number})" if number and number != name else name


def _description(found: HoldingDetail) -> str:
    language = current_language()
    first = next((part.text.shown(language).text for part in found.parts), "")
    words = {"kind": found.kind_title.in_(language), "name": found.item.name.shown(language).text}
    return first[:300] or _("%(kind)s: %(name)s") % words

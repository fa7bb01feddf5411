"""The page of one released summary, and references to it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from parvis.core.pages import public_page
from parvis.disclosure.queries import SummaryDetail, WithdrawnRecord, summary_detail
from parvis.theme.page import Page, current_language, render_page
from parvis.web import records
from parvis.web.crumbs import home_crumb, institution_crumbs
from parvis.web.views.errors import error_page

FORMATS = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems"}


@public_page
@require_safe
def record_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one record in both languages, how the request ended, and what a reader can do next."""
    found = records.record_page(public_id)
    if isinstance(found, WithdrawnRecord):
        return error_page(request, 410)
    if found is None:
        raise Http404
    item = found.record.item
    page = Page(
        title=records.title(item),
        description=found.record.text.shown(current_language()).text[:300],
        crumbs=(home_crumb(), *institution_crumbs(item.institution)),
        data=records.described(found.record),
    )
    return render_page(request, "web/record_page.html", page, {"found": found, "record": found.record})


@public_page
@require_safe
def record_citation(_request: HttpRequest, public_id: str, suffix: str) -> HttpResponse:
    """Give a reference to the record for a reference manager."""
    record = summary_detail(public_id)
    if not isinstance(record, SummaryDetail) or suffix not in FORMATS:
        raise Http404
    citation = records.citation(record.item)
    content = citation.bibtex() if suffix == "bib" else citation.ris()
    response = HttpResponse(content, content_type=f"{FORMATS[suffix]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{public_id}.{suffix}"'
    return response

"""The one search page."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.core.pages import ActingRequest, public_page
from parvis.recommend import actions as recommend
from parvis.search import queries
from parvis.search.queries import SearchQuery, SearchState
from parvis.theme.page import Page, current_language, render_page
from parvis.web.crumbs import home_crumb
from parvis.web.results import present


@public_page
@require_safe
def search(request: ActingRequest) -> HttpResponse:
    """Show what was found, the ways to narrow it, or honestly that nothing was or that search is not available."""
    answer = queries.search(SearchQuery.from_parameters(request.GET, current_language()))
    sought = answer.query.text
    if sought and answer.state == SearchState.READY and not answer.is_found and answer.query.page == 1:
        recommend.note_unanswered(actor=request.actor, text=sought, language=answer.query.language)
    page = Page(
        title=_("“%(sought)s”: search") % {"sought": sought} if sought else _("Search"),
        description=_("Search summaries of answered access requests, institutions and what they hold."),
        crumbs=(home_crumb(),),
        is_indexed=not request.GET,
    )
    context = {"results": present(answer, request.GET, reverse("search")), "sought": sought}
    is_down = answer.state == SearchState.UNAVAILABLE
    return render_page(request, "web/search.html", page, context, status=503 if is_down else 200)

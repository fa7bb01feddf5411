"""Feeds in Atom: what was answered lately, by all institutions or by one, in the language of the address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.core.pages import public_page
from parvis.disclosure.queries import SummaryItem, latest_summaries
from parvis.institutions.queries import references_by_slug
from parvis.theme.jurisdiction import current_theme
from parvis.theme.page import absolute, current_language
from parvis.web import records

ENTRIES = 30


@public_page
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """List the latest answered requests; with `institution`, those of one."""
    slug, language = request.GET.get("institution", ""), current_language()
    institution = references_by_slug([slug]).get(slug) if slug else None
    if slug and institution is None:
        raise Http404
    title = _("Latest answers")
    if institution:
        title = f"{title}: {institution.title.shown(language).text}"
    place = reverse("institution_detail", args=[slug]) if slug else reverse("home")
    feed = Atom1Feed(
        title=f"{title} – {current_theme().name.in_(language)}",
        link=absolute(place),
        description="",
        language=f"{language}-CA",
        feed_url=absolute(request.get_full_path()),
    )
    for item in latest_summaries(institution.id if institution else None, ENTRIES):
        _add(feed, item)
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Content-Language"] = language
    return response


def _add(feed: Atom1Feed, item: SummaryItem) -> None:
    address = absolute(reverse("summary_detail", args=[item.public_id]))
    feed.add_item(
        title=records.title(item),
        link=address,
        description=item.text.shown(current_language()).text,
        author_name=records.publisher(item),
        updateddate=item.changed_at,
        unique_id=address,
        categories=[item.disposition_title.shown(current_language()).text] if item.disposition else [],
    )

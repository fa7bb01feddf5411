"""What machines read to find the pages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.core.pages import public_page
from parvis.theme.jurisdiction import current_theme
from parvis.theme.page import absolute, current_language
from parvis.web import sitemap

XML = "application/xml; charset=utf-8"


@public_page
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Let every robot read the pages, but for searches: their number has no end, and all they find stands elsewhere."""
    lines = [
        "User-agent: *",
        "Disallow: /en/search?",
        "Disallow: /fr/recherche?",
        "",
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public_page
@require_safe
def opensearch(_request: HttpRequest) -> HttpResponse:
    """Tell browsers how to search here from their own search box (OpenSearch 1.1)."""
    language = current_language()
    context = {
        "name": current_theme().name.in_(language)[:16],  # the format allows no more
        "description": _("Search summaries of answered access requests, institutions and what they hold."),
        "language": language,
        "icon": absolute(static("theme/icon.svg")),
        "address": absolute(reverse("search")),
    }
    content = render_to_string("web/opensearch.xml", context)
    return HttpResponse(content, content_type="application/opensearchdescription+xml; charset=utf-8")


@public_page
@require_safe
def sitemap_index(_request: HttpRequest) -> HttpResponse:
    """List the parts of the sitemap."""
    addresses = [absolute(reverse("sitemap_part", args=part)) for part in sitemap.parts()]
    return HttpResponse(render_to_string("web/sitemap_index.xml", {"addresses": addresses}), content_type=XML)


@public_page
@require_safe
def sitemap_part(_request: HttpRequest, section: str, number: int) -> HttpResponse:
    """List the pages of one part, in both languages."""
    entries = sitemap.entries(section, number)
    if not entries:
        raise Http404
    return HttpResponse(render_to_string("web/sitemap_part.xml", {"entries": entries}), content_type=XML)

"""What machines read to find the pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from parvis.core.pages import public_page


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

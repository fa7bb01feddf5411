"""Serves what a jurisdiction brings (strict CSP allows neither colours nor logo inline), and the staff index."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.core.pages import ActingRequest, public_page
from parvis.theme.jurisdiction import current_theme
from parvis.theme.page import Page, render_page
from parvis.theme.staff import staff_crumbs, staff_pages

FOR_EVER = "public, max-age=31536000, immutable"


@public_page
@require_safe
def stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve the colours as CSS custom properties."""
    return _kept(request, digest, current_theme().stylesheet, "text/css; charset=utf-8")


@public_page
@require_safe
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve the logo."""
    return _kept(request, digest, current_theme().logo, "image/svg+xml")


def _kept(_request: HttpRequest, digest: str, content: str, content_type: str) -> HttpResponse:
    if digest != current_theme().digest:
        raise Http404
    return HttpResponse(content, content_type=content_type, headers={"Cache-Control": FOR_EVER})


@require_safe
def staff_index(request: ActingRequest) -> HttpResponse:
    """List the pages for those who run the installation; to others there is no such page."""
    pages = staff_pages(request.actor)
    if not pages:
        raise Http404
    framed = Page(title=_("Staff pages"), crumbs=staff_crumbs()[:1], is_indexed=False)
    return render_page(request, "theme/staff.html", framed, {"pages": pages})

"""Serves what a jurisdiction brings: a stylesheet of its colours, and its logo. Strict CSP allows neither inline."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from parvis.core.pages import public_page
from parvis.theme.jurisdiction import current_theme

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

"""What machines ask: is it alive, may visitors be sent here, and its figures."""

import hmac
import ipaddress

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from parvis.core.pages import public_page
from parvis.web.health import is_ready, parts
from parvis.web.metrics import exposition


@public_page
@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as this process can answer at all. Asks nothing else."""
    return JsonResponse({"status": "ok"})


@public_page
@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when visitors may be sent here, 503 otherwise, and how each part stands."""
    found = parts()
    ready = is_ready(found)
    told = {part.name: {"state": part.state, "reason": part.reason} for part in found}
    return JsonResponse({"status": "ok" if ready else "failing", "parts": told}, status=200 if ready else 503)


@public_page  # by its own key, not by sign-in
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer who has the token; without one set, this very machine, unless the site is public. Others get a 404."""
    if not _may_scrape(request):
        raise Http404
    return HttpResponse(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_scrape(request: HttpRequest) -> bool:
    if token := settings.METRICS_TOKEN:
        return hmac.compare_digest(
            request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()
        )
    # Behind a proxy on this machine every visitor comes from loopback: a public site has to set the token.
    is_forwarded = settings.IS_SECURE or any(
        name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")
    )
    try:
        return not is_forwarded and ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False

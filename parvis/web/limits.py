"""How often one client may ask, page or API: 429 in the language and form of what was asked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from parvis.api.errors import throttled
from parvis.limits.clients import client_digest
from parvis.limits.counting import Limit, spend
from parvis.web.views.errors import error_page

if TYPE_CHECKING:
    from parvis.core.actor import Actor

MINUTE = 60.0
API = "api:"
UNCOUNTED = frozenset({"healthz", "readyz", "metrics"})  # monitoring asks as often as it likes


class LimitsMiddleware:
    """Counts each request that reaches a view, by client and kind, and answers 429 when it was one too many."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let the request through, or say when to come back."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in UNCOUNTED:
            return None
        kind = "api" if name.startswith(API) else "search" if name == "search" else "pages"
        wait = spend(Limit(kind, settings.LIMITS[kind], MINUTE), _client(request))
        return too_many(request, wait, is_api=kind == "api") if wait else None


def _client(request: HttpRequest) -> str:
    """Return a signed-in person, wherever they sit, or else the client: one office often has one address."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # ActorMiddleware stands before this one
    return f"person:{actor.person_id}" if actor.person_id else client_digest(request)


def too_many(request: HttpRequest, wait: int, *, is_api: bool) -> HttpResponse:
    """Answer 429 and say after how many seconds to come back."""
    response = throttled() if is_api else error_page(request, 429)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response

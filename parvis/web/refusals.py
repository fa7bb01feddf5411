"""What a rule refuses and no view has caught is told to the person, never a fault of ours."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from parvis.core.errors import NotAllowedError, ParvisError
from parvis.web.views.errors import error_page

FORBIDDEN, CONFLICT = 403, 409


class RefusalMiddleware:
    """Answers 403 for what one may not do, 409 for what cannot be done now, with the reason in words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal of a page; the API answers its own."""
        if not isinstance(exception, ParvisError):
            return None
        status = FORBIDDEN if isinstance(exception, NotAllowedError) else CONFLICT
        return error_page(request, status, reason=str(exception))

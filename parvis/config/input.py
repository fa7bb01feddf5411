"""What no address may hold, refused once for every page and the whole API."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from parvis.api.errors import problem

API = "/api/"


class RefuseNulMiddleware:
    """Answers 400 to an address with a NUL character: PostgreSQL keeps none, so it could only fail further in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" not in request.path and "%00" not in request.META.get("QUERY_STRING", ""):
            return self.get_response(request)
        if request.path.startswith(API):
            return problem(400, _("The address holds a character that is no text. Take it out."))
        raise BadRequest("NUL in the address")

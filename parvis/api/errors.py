"""Every error of the API is problem+json (RFC 9457), in the caller's language, with an id when the fault is ours."""

import secrets
from http import HTTPStatus
from typing import Any

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from parvis.core.errors import NotAllowedError, NotReadyError, ParvisError
from parvis.core.states import StaleStateError

logger = structlog.get_logger(__name__)


class FieldProblem(Schema):
    """One thing that is wrong with what was sent."""

    where: str
    message: str


class Problem(Schema):
    """What an error answers (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    id: str = ""
    errors: list[FieldProblem] = []


def problem(
    status: int, detail: str = "", *, errors: list[FieldProblem] | None = None, problem_id: str = ""
) -> HttpResponse:
    """Return an error response. `detail` says in the caller's language what to do."""
    body = Problem(
        title=_title(status), status=status, detail=detail, id=problem_id, errors=errors or []
    ).model_dump_json(exclude_defaults=False)
    response = HttpResponse(body, status=status, content_type="application/problem+json")
    response["Content-Language"] = get_language() or "en"
    return response


def _title(status: int) -> str:
    titles = {
        400: _("The request cannot be understood"),
        401: _("Sign-in is needed"),
        403: _("This is not allowed"),
        404: _("Nothing is at this address"),
        409: _("This has changed in the meantime"),
        410: _("This was withdrawn"),
        422: _("Some values are not valid"),
        429: _("Too many requests"),
        500: _("Something failed on our side"),
        503: _("This is not available at the moment"),
    }
    return titles.get(status) or HTTPStatus(status).phrase


def install(api: NinjaAPI) -> None:
    """Make every error of this API a problem document."""
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, _not_signed_in)
    api.add_exception_handler(Throttled, _throttled)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(ParvisError, _refused)
    api.add_exception_handler(Exception, _failed)


def _not_found(_request: HttpRequest, _error: Any) -> HttpResponse:
    return not_found()


def not_found() -> HttpResponse:
    """Return the answer for what does not exist."""
    return problem(404, _("Check the address, or search for what you are looking for."))


def _invalid(_request: HttpRequest, error: Any) -> HttpResponse:
    fields = [
        FieldProblem(where=".".join(str(part) for part in one["loc"]), message=str(one["msg"]))
        for one in error.errors
    ]
    return problem(
        422, _("Correct the values named under “errors”, then send the request again."), errors=fields
    )


def _not_signed_in(_request: HttpRequest, _error: Any) -> HttpResponse:
    return problem(401, _("Send a valid token with the request."))


def _throttled(_request: HttpRequest, error: Any) -> HttpResponse:
    response = throttled()
    if error.wait is not None:
        response["Retry-After"] = str(int(error.wait) + 1)
    return response


def throttled() -> HttpResponse:
    """Return the answer for one request too many; the caller adds when to come back."""
    return problem(429, _("Wait a moment, then send the request again."))


def _http_error(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, str(error))


def _refused(_request: HttpRequest, error: Any) -> HttpResponse:
    if isinstance(error, NotAllowedError):
        return problem(403, str(error))
    return problem(409 if isinstance(error, StaleStateError | NotReadyError) else 422, str(error))


def _failed(_request: HttpRequest, error: Any) -> HttpResponse:
    problem_id = secrets.token_hex(6)
    logger.error("api_failed", error_id=problem_id, exc_info=error)
    return problem(500, _("Try again in a moment. If it goes on, tell us this id."), problem_id=problem_id)

"""What a visitor reads when something is not there or went wrong. None of these pages asks the database."""

from dataclasses import dataclass
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import LANGUAGES, Language
from parvis.theme.page import Page, frame

LOG = structlog.get_logger("parvis.web")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mishap:
    """What went wrong, said to a person, and what to do about it."""

    status: int
    title: Promise
    message: Promise
    advice: Promise


MISHAPS = {
    mishap.status: mishap
    for mishap in (
        Mishap(
            status=400,
            title=_("This request could not be understood"),
            message=_("Something in the address or in the form is not as this site expects it."),
            advice=_("Go back, check what you entered, and try again."),
        ),
        Mishap(
            status=403,
            title=_("You may not open this page"),
            message=_("It is open only to people who have been given access to it."),
            advice=_("If you have an account, sign in and try again."),
        ),
        Mishap(
            status=404,
            title=_("There is no page at this address"),
            message=_("The address may be mistyped, or the page may have moved."),
            advice=_("Search for what you were looking for, or start from the home page."),
        ),
        Mishap(
            status=409,
            title=_("This cannot be done now"),
            message=_("Something stands in the way, or has changed since you opened the page."),
            advice=_("Go back, reload the page, and see where it stands."),
        ),
        Mishap(
            status=410,
            title=_("This record is no longer published"),
            message=_("It stood here before. The institution that published it has since withdrawn it."),
            advice=_("You can ask the institution for it, or search for similar records."),
        ),
        Mishap(
            status=429,
            title=_("Too many pages were asked for at once"),
            message=_(
                "From your connection came more requests in a minute than this site answers to one visitor."
            ),
            advice=_(
                "Wait a minute, then reload the page. For many records at once, use the API or the open data."
            ),
        ),
        Mishap(
            status=500,
            title=_("Something went wrong on our side"),
            message=_("The page could not be made. This is a fault of the site, not of what you did."),
            advice=_("Try again in a few minutes. If it happens again, tell us the number below."),
        ),
    )
}


FORM_OUTDATED = Mishap(
    status=403,
    title=_("This form is no longer valid"),
    message=_(
        "It was open too long, or this browser does not keep the cookie that protects it. Nothing was changed."
    ),
    advice=_("Allow cookies for this site, open the page again, and send the form once more."),
)


def error_page(
    request: HttpRequest, status: int, *, reason: str = "", mishap: Mishap | None = None
) -> HttpResponse:
    """Answer with the page for `status`: in the language of the address, or in both when the address has none.

    `reason` says in the reader's language why it was refused; `mishap` is one that is more particular.
    """
    known: Language | None = next(
        (one for one in LANGUAGES if request.path_info.startswith(f"/{one}/")), None
    )
    shown = (known,) if known else LANGUAGES
    mishap = mishap or MISHAPS[status]
    context: dict[str, Any] = {
        "mishap": mishap,
        "languages": shown,
        "reason": reason,
        "error_id": structlog.contextvars.get_contextvars().get("request_id", ""),
    }
    with translation.override(shown[0]):
        titles = []
        for language in shown:
            with translation.override(language):
                titles.append(str(mishap.title))
        context["frame"] = frame(request, Page(title=" | ".join(titles), is_indexed=False))
        response = HttpResponse(render_to_string("web/error.html", context), status=status)
    response["Content-Language"] = ", ".join(shown)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Answer 400."""
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Answer 403."""
    return error_page(request, 403)


def form_outdated(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Answer 403 to a form whose token does not fit: another site wrote it, or it is old."""
    return error_page(request, 403, mishap=FORM_OUTDATED)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Answer 404."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, and log what happened under the number that the page shows."""
    LOG.error("server error", exc_info=True)  # noqa: LOG014  # Django calls this while it handles the exception
    return error_page(request, 500)

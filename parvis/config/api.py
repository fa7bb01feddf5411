"""The API, assembled from each room's router."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import translation
from django.views.decorators.http import require_GET
from ninja import NinjaAPI

from parvis import __version__
from parvis.access.api import router as access
from parvis.api import errors
from parvis.api.openapi import in_language
from parvis.core.bilingual import LANGUAGES, Language
from parvis.core.pages import public_page
from parvis.disclosure.api import router as disclosure
from parvis.institutions.api import router as institutions
from parvis.institutions.api import staff_router as institutions_staff
from parvis.recommend.api import router as recommend
from parvis.search.api import router as search
from parvis.services.api import router as services
from parvis.web.api import router as law

DESCRIPTION = (
    "Everything that the public pages show. Texts come in both official languages. | "
    "Tout ce que montrent les pages publiques. Les textes viennent dans les deux langues officielles."
)

api = NinjaAPI(
    title="Parvis",
    version=__version__,
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
)
errors.install(api)
api.add_router("", institutions)
api.add_router("", institutions_staff)
api.add_router("", disclosure)
api.add_router("", law)
api.add_router("", search)
api.add_router("", services)
api.add_router("", recommend)
api.add_router("", access)


def document(language: Language) -> dict[str, Any]:
    """Return the OpenAPI document in one language, made from the one source."""
    with translation.override(language):
        schema: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    localized: dict[str, Any] = in_language(schema, language)
    localized["info"]["x-language"] = language
    return localized


@public_page
@require_GET
def openapi_document(_request: HttpRequest, language: Language) -> HttpResponse:
    """Serve the OpenAPI document in one language."""
    response = JsonResponse(document(language), json_dumps_params={"ensure_ascii": False})
    response["Content-Language"] = language
    return response


@public_page
def nothing_here(_request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001  # the route gives it
    """Answer an address that the API does not have, as the API answers every error."""
    return errors.not_found()


def urls() -> list[URLPattern]:
    """Return the addresses of the API. Each router declares its own authentication, so no page sign-in applies."""
    patterns: list[URLPattern] = [
        path(f"openapi.{language}.json", openapi_document, {"language": language}, name=f"openapi_{language}")
        for language in LANGUAGES
    ]
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern):
            login_not_required(pattern.callback)
            patterns.append(pattern)
    return [*patterns, path("<path:rest>", nothing_here, name="nothing_here")]

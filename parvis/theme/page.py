"""What every page has besides its own content: its title, where it stands, and its twin in the other language."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from parvis.core.bilingual import LANGUAGES, Language, other_language
from parvis.theme.jurisdiction import current_theme

LANGUAGE_NAMES: Mapping[Language, str] = {"en": "English", "fr": "Français"}


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way to a page."""

    title: str
    url: str
    language: str = ""  # where it is not the page's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the frame around the content needs to know.

    `title` and `description` are in the page's language. `canonical` names the parameters that make it another
    page, all others only arrange the same one. `data` is schema.org's description of what the page is about.
    """

    title: str
    description: str = ""
    crumbs: tuple[Crumb, ...] = ()
    canonical: tuple[str, ...] = ()
    is_indexed: bool = True
    data: Mapping[str, Any] = field(default_factory=dict)
    feed: str = ""  # the address of the feed that follows this page


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """All that `theme/base.html` shows around the content."""

    page: Page
    site_name: str
    tagline: str
    contact_email: str
    has_logo: bool
    digest: str
    language: Language
    other: Language
    other_name: str
    other_url: str
    canonical_url: str
    alternates: tuple[tuple[str, str], ...]
    section: str  # the name of the address that answered, to mark the way in the navigation
    json_ld: SafeString

    @property
    def full_title(self) -> str:
        """What the browser's tab says."""
        return (
            self.site_name if self.page.title == self.site_name else f"{self.page.title} – {self.site_name}"
        )


def current_language() -> Language:
    """Return the official language in which the page is being written."""
    return "fr" if (translation.get_language() or "en").startswith("fr") else "en"


def render_page(
    request: HttpRequest,
    template: str,
    page: Page,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Answer with `template`, which extends `theme/base.html`, framed by `page`."""
    whole = {**(context or {}), "frame": frame(request, page)}
    response = HttpResponse(render_to_string(template, whole, request), status=status)
    response["Content-Language"] = current_language()
    return response


def frame(request: HttpRequest, page: Page) -> Frame:
    """Return what stands around the content of a page."""
    theme, language = current_theme(), current_language()
    other = other_language(language)
    query = {name: value for name in page.canonical if (value := request.GET.get(name))}
    return Frame(
        page=page,
        site_name=theme.name.in_(language),
        tagline=theme.tagline.in_(language),
        contact_email=theme.contact_email,
        has_logo=bool(theme.logo),
        digest=theme.digest if theme.logo or theme.colours else "",
        language=language,
        other=other,
        other_name=LANGUAGE_NAMES[other],
        other_url=address_in(request, other, request.GET.lists()),
        canonical_url=absolute(address_in(request, language, query)),
        alternates=_alternates(request, query) if page.is_indexed else (),
        section=request.resolver_match.view_name if request.resolver_match else "",
        json_ld=_json_ld(page.data),
    )


def _alternates(request: HttpRequest, query: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    twins = tuple((one, absolute(address_in(request, one, query))) for one in LANGUAGES)
    is_home = request.resolver_match is not None and request.resolver_match.view_name == "home"
    return *twins, ("x-default", absolute("/") if is_home else twins[0][1])


def address_in(request: HttpRequest, language: Language, query: Any = ()) -> str:
    """Return the address of the page that answers `request`, in `language`; its home where the page has no twin."""
    match = request.resolver_match
    with translation.override(language):
        try:
            path = (
                reverse(match.view_name, args=match.args, kwargs=match.kwargs) if match else reverse("home")
            )
        except NoReverseMatch:
            path = reverse("home")
    written = urlencode(list(query.items()) if isinstance(query, dict) else list(query), doseq=True)
    return f"{path}?{written}" if written else path


def twins(view_name: str, *parameters: str) -> dict[Language, str]:
    """Return the public address of a page in each language. Empty parameters are left out."""
    found: dict[Language, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = absolute(reverse(view_name, args=[one for one in parameters if one]))
    return found


def absolute(path: str) -> str:
    """Return the public address of a path."""
    return f"{settings.BASE_URL}{path}"


def _json_ld(data: Mapping[str, Any]) -> SafeString:
    if not data:
        return mark_safe("")
    written = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    # Inside a script element only these could end it; JSON reads the escapes back.
    return mark_safe(written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S308  # escaped above

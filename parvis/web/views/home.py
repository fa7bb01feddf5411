"""The first page."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.core.pages import public_page
from parvis.disclosure.queries import latest_summaries, totals
from parvis.institutions.queries import jurisdiction_list
from parvis.theme.jurisdiction import current_theme
from parvis.theme.page import Page, absolute, current_language, render_page


@public_page
@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send a visitor of the bare address to the home page in the language that the browser asks for."""
    with (
        translation.override(translation.get_language_from_request(request)),
        translation.override(current_language()),
    ):
        response = HttpResponseRedirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the search box, what this place is, and the ways on."""
    page = Page(
        title=_("Find what governments have released"),
        description=_(
            "Search answered access to information requests, institutions and what they hold, in English and in French."
        ),
        feed=reverse("feed"),
        data={
            "@type": "WebSite",
            "name": current_theme().name.in_(current_language()),
            "url": absolute(reverse("home")),
        },
    )
    here = totals()
    context = {
        "totals": here,
        "latest": latest_summaries(limit=5),
        "institutions": sum(one.institutions for one in jurisdiction_list()),
        "holdings": here.classes_of_records + here.personal_information_banks,
    }
    return render_page(request, "web/home.html", page, context)

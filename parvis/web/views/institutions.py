"""Institutions: the list, and the page of each."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.core.pages import public_page
from parvis.institutions.queries import InstitutionDetail, institution_list, jurisdiction_list, live_look
from parvis.theme.page import Page, absolute, current_language, render_page
from parvis.web import institutions
from parvis.web.crumbs import home_crumb, institutions_crumb

FOR_EVER = (
    "public, max-age=31536000, immutable"  # a changed colour has another digest, and so another address
)


@public_page
@require_safe
def institution_index(request: HttpRequest) -> HttpResponse:
    """Show every institution in alphabetical order, or those that fit what is sought."""
    sought, jurisdiction = request.GET.get("q", "").strip()[:200], request.GET.get("jurisdiction", "")
    found = institution_list(query=sought, jurisdiction=jurisdiction, language=current_language())
    page = Page(
        title=_("Institutions"),
        description=_(
            "Public institutions, federal, provincial and municipal: what each does, what it released, "
            "and how to reach its access office."
        ),
        crumbs=(home_crumb(),),
        canonical=("jurisdiction",),
        is_indexed=not sought,
    )
    context = {
        "found": found,
        "sought": sought,
        "jurisdiction": jurisdiction,
        "jurisdictions": [one for one in jurisdiction_list() if one.institutions],
    }
    return render_page(request, "web/institution_index.html", page, context)


@public_page
@require_safe
def institution_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one institution: what it does, how to reach it, what it released and what it holds."""
    found = institutions.institution_page(slug)
    if found is None:
        raise Http404
    detail = found.institution
    title, purpose = detail.title.shown(current_language()), detail.purpose.shown(current_language())
    page = Page(
        title=title.text,
        description=purpose.text,
        crumbs=(home_crumb(), institutions_crumb()),
        data=_organization(detail),
        feed=f"{reverse('feed')}?institution={slug}" if found.numbers.released else "",
    )
    return render_page(request, "web/institution_page.html", page, {"found": found, "institution": detail})


@public_page
@require_safe
def institution_colours(_request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """Serve the colours of a live institution for its page: the content policy allows none inside it."""
    look = live_look(slug)
    if not look.digest or digest != look.digest:
        raise Http404
    headers = {"Cache-Control": FOR_EVER}
    return HttpResponse(look.stylesheet, content_type="text/css; charset=utf-8", headers=headers)


def _organization(detail: InstitutionDetail) -> dict[str, Any]:
    """Describe an institution as schema.org does, leaving out what is not known."""
    language = current_language()
    known = {
        "name": detail.title.shown(language).text,
        "alternateName": [text for text in (detail.acronym.en, detail.acronym.fr) if text],
        "description": detail.purpose.in_(language),
        "url": detail.website.shown(language).text,
        "email": detail.access_contact.email,
        "telephone": detail.access_contact.phone,
        "areaServed": detail.jurisdiction.title.shown(language).text,
    }
    here = absolute(reverse("institution_detail", args=[detail.reference.slug]))
    return {
        "@type": "GovernmentOrganization",
        "@id": here,
        **{name: value for name, value in known.items() if value},
    }

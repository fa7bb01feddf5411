"""What the pages of this room share: how they are framed, and how they find what the address names."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.contrib import messages
from django.contrib.messages import get_messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from parvis.core.actor import Actor
from parvis.core.errors import ParvisError
from parvis.core.pages import ActingRequest
from parvis.institutions.models import Institution
from parvis.institutions.queries.institutions import institution_row
from parvis.theme.page import Crumb, Page, current_language, render_page

Row = TypeVar("Row")
CONFLICT = 409


def show(
    request: HttpRequest,
    template: str,
    title: str,
    context: Mapping[str, Any] | None = None,
    *,
    crumbs: tuple[Crumb, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """Answer with a page that nobody indexes or keeps. `said` is what was just done."""
    page = Page(title=title, crumbs=(Crumb(_("Home"), reverse("home")), *crumbs), is_indexed=False)
    whole = {"said": [str(one) for one in get_messages(request)], **(context or {})}
    response = render_page(request, template, page, whole, status=status)
    add_never_cache_headers(response)
    return response


def say(request: HttpRequest, message: object) -> None:
    """Say on the next page what was done."""
    messages.success(request, str(message))


def found_or_404(row: Row | None) -> Row:
    """Return the row, or answer that nothing is there: what one may not know of is not there."""
    if row is None:
        raise Http404
    return row


def institution_or_404(actor: Actor, slug: str, *may: Callable[[Actor, int], bool]) -> Institution:
    """Return the institution of this slug where one of these rules opens its page to the actor."""
    row = found_or_404(institution_row(slug))
    if not any(rule(actor, row.pk) for rule in may):
        raise Http404
    return row


def institution_crumb(institution: Institution) -> Crumb:
    """Return the way to an institution's public page."""
    name = institution.title.shown(current_language())
    address = reverse("institution_detail", args=[institution.slug])
    return Crumb(name.text, address, name.language if name.is_fallback else "")


def done(form: Form, deed: Callable[[], object]) -> bool:
    """Do the deed of a form that holds together; what refuses it is told at the form, which keeps what was typed."""
    if not form.is_valid():
        return False
    try:
        deed()
    except ParvisError as error:
        form.add_error(None, str(error))
        return False
    return True


def acts_elsewhere(request: ActingRequest, institution: Institution) -> bool:
    """Tell whether the actor could act for this institution and does not: the page then offers to switch."""
    held = {grant.institution_id for grant in request.actor.grants}
    return institution.pk in held and request.actor.institution_id != institution.pk

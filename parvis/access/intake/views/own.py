"""One's own requests: by account, or by links that are sent to the address that one gave."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from parvis.access import queries
from parvis.access.actions.links import send_own_links
from parvis.access.intake.allowances import wait_for_links
from parvis.access.intake.views.drafts import AddressForm
from parvis.access.intake.views.frames import say, show
from parvis.core.pages import ActingRequest, public_page
from parvis.theme.page import current_language

SHOWN = 100


@require_safe
def own(request: ActingRequest) -> HttpResponse:
    """Show what a signed-in person began and sent."""
    sent = queries.own_submissions(request.actor)[:SHOWN]
    context = {
        "drafts": queries.own_drafts(request.actor),
        "sent": [queries.followed(row) for row in sent],
    }
    return show(request, "access/ask/own.html", _("Your requests"), context)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: ActingRequest) -> HttpResponse:
    """Send the links of what was sent with an address. The answer is the same whether there was anything or not."""
    form, wait = AddressForm(request.POST if request.method == "POST" else None), 0
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        wait = wait_for_links(request, request.actor, address)
        if not wait:
            send_own_links(actor=request.actor, address=address, language=current_language())
            say(
                request,
                _(
                    "If requests were sent with this address, their links are on the way. It may take a minute."
                ),
            )
            return redirect("access_links")
    return show(request, "access/ask/links.html", _("Find my requests again"), {"form": form}, wait=wait)

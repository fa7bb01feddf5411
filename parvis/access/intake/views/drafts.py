"""What one does with a draft besides answering: come back later, or delete it."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from parvis.access.actions.links import send_draft_link
from parvis.access.intake.actions import discard_draft
from parvis.access.intake.allowances import wait_for_links
from parvis.access.intake.keys import drop_key
from parvis.access.intake.views.frames import draft_or_404, say, sent_already, show
from parvis.core.pages import ActingRequest, public_page
from parvis.theme.page import absolute, current_language


class AddressForm(forms.Form):
    """Where a link is sent."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Enter an e-mail address such as name@example.org."),
            "invalid": gettext_lazy("Enter an e-mail address such as name@example.org."),
        },
    )


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def later(request: ActingRequest, public_id: str) -> HttpResponse:
    """Give the private link by which a guest comes back: shown on request, or sent to an address."""
    draft, key = draft_or_404(request, public_id)
    if sent := sent_already(draft):
        return sent
    go = request.POST.get("go", "")
    form, wait = AddressForm(request.POST if go == "mail" else None), 0
    if go == "mail" and key and form.is_valid():
        address = form.cleaned_data["email"]
        wait = wait_for_links(request, request.actor, address)
        if not wait:
            send_draft_link(
                actor=request.actor, draft=draft, key=key, address=address, language=current_language()
            )
            say(request, _("The link is on its way. It may take a minute to arrive."))
            return redirect("access_later", public_id=public_id)
    with translation.override(current_language()):
        link = absolute(reverse("access_back", args=[key])) if go == "show" and key else ""
    context = {"draft": draft, "form": form, "link": link, "has_key": bool(key)}
    return show(request, "access/ask/later.html", _("Continue later"), context, wait=wait)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: ActingRequest, public_id: str) -> HttpResponse:
    """Delete a draft, once that was confirmed."""
    draft, key = draft_or_404(request, public_id)
    if sent := sent_already(draft):
        return sent
    if request.method == "POST":
        discard_draft(actor=request.actor, draft=draft, key=key)
        drop_key(request, public_id)
        say(request, _("Your draft was deleted."))
        return redirect("access_ask")
    return show(request, "access/ask/discard.html", _("Delete this draft?"), {"draft": draft})

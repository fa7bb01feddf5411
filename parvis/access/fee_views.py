"""A fee that came by cheque or at the office: the officer who has it in hand notes it, and the clock begins."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from parvis.access import policy
from parvis.access.actions.receiving import note_fee
from parvis.access.states import PaidBy, RequestState
from parvis.access.views import case_or_404, desk_crumb
from parvis.core.errors import ParvisError
from parvis.core.pages import ActingRequest
from parvis.theme.page import Crumb, Page, render_page
from parvis.theme.staff import staff_crumbs


class FeeCameForm(forms.Form):
    """On which day it came, and how."""

    paid_on = forms.DateField(
        label=gettext_lazy("On which day did the fee come?"),
        help_text=gettext_lazy("The time to answer runs from this day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Enter the day on which the fee came."),
            "invalid": gettext_lazy("Enter a day such as 2026-03-31."),
        },
    )
    by = forms.ChoiceField(
        label=gettext_lazy("How did it come?"),
        choices=PaidBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def fee_came(request: ActingRequest, public_id: str) -> HttpResponse:
    """Ask when and how the fee came, and note it."""
    row = case_or_404(request, public_id)
    if not policy.can_work(request.actor, row):
        raise Http404
    if row.state != RequestState.AWAITING_FEE:
        messages.info(request, _("This request does not wait for a fee (any more)."))
        return redirect("access_case", public_id=public_id)
    form = FeeCameForm(request.POST or None, initial={"paid_on": timezone.localdate(), "by": PaidBy.CHEQUE})
    if request.method == "POST" and form.is_valid():
        try:
            note_fee(
                actor=request.actor,
                access_request=row,
                paid_on=form.cleaned_data["paid_on"],
                by=PaidBy(form.cleaned_data["by"]),
            )
        except ParvisError as refused:
            form.add_error("paid_on", str(refused))
        else:
            messages.success(request, _("The fee is noted, and the request is received."))
            return redirect("access_case", public_id=public_id)
    crumbs = (*staff_crumbs(), desk_crumb(), Crumb(row.number, reverse("access_case", args=[public_id])))
    page = Page(title=_("The fee came"), crumbs=crumbs, is_indexed=False)
    response = render_page(request, "access/fee_came.html", page, {"form": form, "row": row})
    response["Cache-Control"] = "no-store"
    return response

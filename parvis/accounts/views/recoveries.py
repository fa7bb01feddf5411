"""For those who run the installation: recoveries that wait to be confirmed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.accounts import actions, policy, queries
from parvis.accounts.middleware import AccountRequest
from parvis.accounts.models import Recovery
from parvis.accounts.views.frames import confirmed, show
from parvis.core.errors import ParvisError
from parvis.theme.staff import staff_crumbs


@require_safe
def recoveries(request: AccountRequest) -> HttpResponse:
    """List the open recoveries; to others there is no such page."""
    if not policy.can_list_recoveries(request.actor):
        raise Http404
    rows = [
        {"recovery": one, "can_confirm": policy.can_confirm_recovery(request.actor, one)}
        for one in queries.open_recoveries(request.actor)
    ]
    return show(
        request,
        "accounts/recoveries.html",
        _("Account recoveries"),
        {"rows": rows},
        crumbs=staff_crumbs()[1:],
    )


@confirmed
@require_POST
def recovery_decide(request: AccountRequest, public_id: str) -> HttpResponse:
    """Confirm or stop a recovery."""
    recovery = _open_one(request, public_id)
    try:
        if "confirm" in request.POST:
            actions.confirm_recovery(actor=request.actor, recovery=recovery)
            messages.success(request, _("Confirmed. The person is told, and can go on in 24 hours."))
        else:
            actions.stop_recovery(actor=request.actor, recovery=recovery)
            messages.success(request, _("Stopped. The person is told."))
    except ParvisError as error:
        messages.error(request, str(error))
    return redirect("recoveries")


def _open_one(request: AccountRequest, public_id: str) -> Recovery:
    found = None
    if policy.can_list_recoveries(request.actor):
        found = queries.open_recoveries(request.actor).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found

"""In whose name one acts: seen on every page, switched here and nowhere else."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.accounts.acting import SESSION_KEY
from parvis.core.pages import ActingRequest
from parvis.institutions.actions.acting import switch_institution
from parvis.institutions.queries.memberships import institutions_to_act_for, own_memberships
from parvis.institutions.views.frames import say, show
from parvis.theme.page import current_language


@require_http_methods(["GET", "HEAD", "POST"])
def act_for(request: ActingRequest) -> HttpResponse:
    """Show the roles that one holds, and let one choose the institution in whose name one acts."""
    if request.method == "POST":
        chosen = switch_institution(actor=request.actor, slug=request.POST.get("institution", ""))
        request.session[SESSION_KEY] = chosen.id
        say(
            request,
            _("You now act for %(institution)s.")
            % {"institution": chosen.title.shown(current_language()).text},
        )
        return redirect(_goes_on_to(request))
    context = {
        "memberships": own_memberships(request.actor),
        "choices": institutions_to_act_for(request.actor),
        "acting_id": request.actor.institution_id,
        "is_strong": request.actor.is_strong,
        "next": request.GET.get("next", ""),
    }
    return show(request, "institutions/act_for.html", _("Your roles"), context)


def _goes_on_to(request: ActingRequest) -> str:
    """Return the page to which one goes on: one of this site, or the page of one's roles."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if wanted and is_ours else reverse("act_for")

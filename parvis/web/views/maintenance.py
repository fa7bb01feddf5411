"""The maintenance page: how the installation stands, and failed tasks to be run again."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from parvis.core.errors import NotAllowedError, ParvisError
from parvis.core.pages import ActingRequest
from parvis.theme.page import Page, render_page
from parvis.theme.staff import staff_crumbs
from parvis.web import actions, policy
from parvis.web.maintenance import maintenance as standing

LONGEST_NUMBER = 18  # digits, as a bigint holds them


@never_cache
@require_safe
def maintenance(request: ActingRequest) -> HttpResponse:
    """Show how queues, index, disk, trail, backups and mail stand."""
    if not policy.can_maintain(request.actor):
        raise Http404
    return _page(request)


@require_POST
def retry_job(request: ActingRequest) -> HttpResponse:
    """Put a failed task into the queue again; say on the same page why it cannot be."""
    given = request.POST.get("job", "")
    job_id = int(given) if given.isdecimal() and len(given) <= LONGEST_NUMBER else 0
    try:
        actions.retry_job(actor=request.actor, job_id=job_id)
    except NotAllowedError:
        raise Http404 from None
    except ParvisError as error:
        return _page(request, problem=str(error), status=409)
    return redirect("maintenance")


def _page(request: ActingRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    page = Page(title=_("Maintenance"), crumbs=staff_crumbs(), is_indexed=False)
    context = {"stands": standing(), "problem": problem}
    return render_page(request, "web/maintenance.html", page, context, status=status)

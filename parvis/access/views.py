"""The desk of an institution, and a case as its people see it. Who asks stands on a page of its own, looks noted."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.access import policy, queries
from parvis.access.models import AccessRequest
from parvis.access.queries.alike import requests_alike
from parvis.access.queries.cases import payments_to_give_back
from parvis.access.queries.files import file_bytes, kept_file
from parvis.access.queries.requesters import requester_of, vouched_by
from parvis.access.queries.working import CaseWork, versions_of
from parvis.access.serving import as_download
from parvis.access.states import ENDED, PERSONAL_KINDS, AttachmentState, Purpose, RequestState
from parvis.audit.actions import record_read
from parvis.core.pages import ActingRequest
from parvis.theme.page import Crumb, Page, render_page
from parvis.theme.staff import staff_crumbs


@require_safe
def desk(request: ActingRequest) -> HttpResponse:
    """Show the open requests of one's institutions, the first due first."""
    if not policy.can_see_desk(request.actor):
        raise Http404
    lines = queries.desk(request.actor, timezone.localdate(), institution_id=request.actor.institution_id)
    context = {"lines": lines, "refunds": payments_to_give_back(request.actor)}
    page = Page(title=_("Requests to answer"), crumbs=staff_crumbs(), is_indexed=False)
    return _private(render_page(request, "access/desk.html", page, context))


@require_safe
def case(request: ActingRequest, public_id: str) -> HttpResponse:
    """Show one request: what is asked, when it is due and why, its files and its history."""
    row = case_or_404(request, public_id)
    page = Page(title=row.number, crumbs=(*staff_crumbs(), desk_crumb()), is_indexed=False)
    if row.kind in PERSONAL_KINDS:
        record_read(actor=request.actor, subject=row, why="case", institution=row.institution.slug)
    detail = queries.case_detail(row)
    context = {
        "case": detail,
        "versions": versions_of(detail.texts),
        "work": CaseWork(request.actor, row),
        "alike": requests_alike(request.actor, row),
        "acts_elsewhere": policy.could_change(request.actor, row),
        "institution": row.institution,
        "may_work": policy.can_work(request.actor, row),
        "may_clarify": policy.can_work(request.actor, row) and row.state not in ENDED,
        "may_hold": policy.can_hold(request.actor, row) and row.purged_at is None,
        "files": [kept_file(one) for one in (*detail.files, *detail.proofs)],
        "may_open_proofs": policy.can_open_file(request.actor, row, Purpose.IDENTITY),
        "may_see_requester": policy.can_see_requester(request.actor, row),
        "said": [str(one) for one in messages.get_messages(request)],
        "may_note_fee": row.state == RequestState.AWAITING_FEE and policy.can_work(request.actor, row),
    }
    return _private(render_page(request, "access/case.html", page, context))


@require_safe
def requester(request: ActingRequest, public_id: str) -> HttpResponse:
    """Show who asks, to who has to write to them; the trail notes it."""
    row = case_or_404(request, public_id)
    if not policy.can_see_requester(request.actor, row):
        raise Http404
    asker = requester_of(row)
    record_read(actor=request.actor, subject=row, why="requester", institution=row.institution.slug)
    crumbs = (*staff_crumbs(), desk_crumb(), Crumb(row.number, reverse("access_case", args=[row.public_id])))
    context = {"asker": asker, "vouched": vouched_by(asker), "row": row}
    page = Page(title=_("Who asks"), crumbs=crumbs, is_indexed=False)
    return _private(render_page(request, "access/requester.html", page, context))


@require_safe
def file(request: ActingRequest, public_id: str, file_id: str) -> HttpResponse:
    """Give a file that a scan cleared; proof of who somebody is to the privacy desk alone, and the trail notes it."""
    row = case_or_404(request, public_id)
    attachment = row.submission.attachments.filter(public_id=file_id, state=AttachmentState.CLEAN).first()
    if attachment is None or not policy.can_open_file(request.actor, row, attachment.purpose):
        raise Http404
    kept = kept_file(attachment)
    record_read(
        actor=request.actor,
        subject=row,
        why=f"file-{attachment.purpose}",
        institution=row.institution.slug,
        file=file_id,
    )
    return as_download(file_bytes(attachment), attachment.media_type, kept.name)


def case_or_404(request: ActingRequest, public_id: str) -> AccessRequest:
    """Return a request that the actor may know of; else answer 404."""
    row = queries.case_of(request.actor, public_id)
    if row is None:
        raise Http404
    return row


def desk_crumb() -> Crumb:
    """Return the step of the way that leads to the desk."""
    return Crumb(_("Requests to answer"), reverse("access_desk"))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response

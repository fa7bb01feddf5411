"""What officers do on a case: clarify its text, link it, hold it, note its fee. Whoever may not finds no such page."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.access import policy, queries
from parvis.access.actions.receiving import note_fee
from parvis.access.actions.working import (
    clarify_text,
    lift_hold,
    link_requests,
    place_hold,
    unlink_requests,
)
from parvis.access.answers import Requested
from parvis.access.models import AccessRequest
from parvis.access.queries.working import CaseWork, other_end, request_by_number
from parvis.access.states import PERSONAL_KINDS, PaidBy, Relation, RequestState
from parvis.access.views import case_or_404, desk_crumb
from parvis.access.working_forms import ClarifyForm, FeeCameForm, HoldForm, LinkForm
from parvis.audit.actions import record_read
from parvis.core.actor import Actor
from parvis.core.errors import ParvisError
from parvis.core.pages import ActingRequest
from parvis.theme.page import Crumb, Page, render_page
from parvis.theme.staff import staff_crumbs

May = Callable[[Actor, AccessRequest], bool]
READ_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_POST)
def clarify(request: ActingRequest, public_id: str) -> HttpResponse:
    """Write down what was agreed with the requester, as a new version of the text."""
    row = _row_or_404(request, public_id, policy.can_work)
    newest = queries.texts_of(row)[-1]
    requested = Requested() if newest.is_erased else newest.requested
    form = ClarifyForm(request.POST if request.method == "POST" else None, requested=requested)
    if request.method == "POST" and form.is_valid():
        try:
            clarify_text(
                actor=request.actor,
                access_request=row,
                requested=form.clarified(),
                why=form.cleaned_data["why"],
            )
        except ParvisError as refused:
            form.add_error("text", str(refused))
        else:
            return _done(request, row, _("The clearer text is kept. The first one stays as it was written."))
    if row.kind in PERSONAL_KINDS:
        record_read(actor=request.actor, subject=row, why="clarify", institution=row.institution.slug)
    return _form_page(request, row, form, _("Clarify the text"), _("Keep the clearer text"))


@require_http_methods(READ_OR_POST)
def link(request: ActingRequest, public_id: str) -> HttpResponse:
    """Link a request to another one, by its number."""
    row = _row_or_404(request, public_id, policy.can_work)
    form = LinkForm(
        request.POST if request.method == "POST" else None, initial={"relation": Relation.SIMILAR.value}
    )
    if request.method == "POST" and form.is_valid():
        other = request_by_number(request.actor, form.cleaned_data["number"])
        if other is None:
            form.add_error("number", _("You know of no request with this number. Look at it again."))
        else:
            try:
                link_requests(
                    actor=request.actor,
                    access_request=row,
                    other=other,
                    relation=Relation(form.cleaned_data["relation"]),
                )
            except ParvisError as refused:
                form.add_error("number", str(refused))
            else:
                return _done(request, row, _("%(number)s is linked.") % {"number": other.number})
    return _form_page(request, row, form, _("Link to another request"), _("Link them"))


@require_POST
def unlink(request: ActingRequest, public_id: str, other_id: str, relation: str) -> HttpResponse:
    """Take a link away."""
    row = _row_or_404(request, public_id, policy.can_work)
    other = other_end(request.actor, other_id)
    if other is None or relation not in Relation.values:
        raise Http404
    unlink_requests(actor=request.actor, access_request=row, other=other, relation=Relation(relation))
    return _done(request, row, _("%(number)s is no longer linked.") % {"number": other.number})


@require_http_methods(READ_OR_POST)
def hold(request: ActingRequest, public_id: str) -> HttpResponse:
    """Place a legal hold, with its reason."""
    row = _row_or_404(request, public_id, policy.can_hold)
    form = HoldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            place_hold(actor=request.actor, access_request=row, why=form.cleaned_data["why"])
        except ParvisError as refused:
            form.add_error("why", str(refused))
        else:
            return _done(request, row, _("The request is kept until the hold is lifted."))
    return _form_page(request, row, form, _("Place a legal hold"), _("Keep this request"))


@require_http_methods(READ_OR_POST)
def lift(request: ActingRequest, public_id: str, hold_id: str) -> HttpResponse:
    """Lift a legal hold, once that was confirmed."""
    row = _row_or_404(request, public_id, policy.can_hold)
    standing = CaseWork(request.actor, row).holds
    line = next((one for one in standing if one.row.public_id == hold_id), None)
    if line is None:
        return _done(request, row, _("This legal hold stands no more."))
    if request.method == "POST":
        lift_hold(actor=request.actor, hold=line.row)
        return _done(request, row, _("The legal hold is lifted. The schedule counts again."))
    page = Page(title=_("Lift this legal hold?"), crumbs=_crumbs(row), is_indexed=False)
    return _private(render_page(request, "access/case/lift.html", page, {"row": row, "line": line}))


@require_http_methods(READ_OR_POST)
def fee_came(request: ActingRequest, public_id: str) -> HttpResponse:
    """Note that a fee came by cheque or at the office: whoever has it in hand does, and the clock begins."""
    row = _row_or_404(request, public_id, policy.can_work)
    if row.state != RequestState.AWAITING_FEE:
        return _done(request, row, _("This request does not wait for a fee (any more)."))
    form = FeeCameForm(
        request.POST if request.method == "POST" else None,
        initial={"paid_on": timezone.localdate(), "by": PaidBy.CHEQUE},
    )
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
            return _done(request, row, _("The fee is noted, and the request is received."))
    return _form_page(request, row, form, _("The fee came"), _("Note it"), is_about_fee=True)


def _row_or_404(request: ActingRequest, public_id: str, may: May) -> AccessRequest:
    row = case_or_404(request, public_id)
    if not may(request.actor, row):
        raise Http404
    return row


def _crumbs(row: AccessRequest) -> tuple[Crumb, ...]:
    return (*staff_crumbs(), desk_crumb(), Crumb(row.number, reverse("access_case", args=[row.public_id])))


def _form_page(
    request: ActingRequest,
    row: AccessRequest,
    form: Form,
    title: str,
    does: str,
    *,
    is_about_fee: bool = False,
) -> HttpResponse:
    """Ask one thing about a case; `does` is what the button says."""
    page = Page(title=title, crumbs=_crumbs(row), is_indexed=False)
    context = {"form": form, "row": row, "does": does, "is_about_fee": is_about_fee}
    return _private(render_page(request, "access/case/form.html", page, context))


def _done(request: ActingRequest, row: AccessRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("access_case", public_id=row.public_id)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response

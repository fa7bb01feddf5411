"""Following one's own requests: by account, or by the private link that a guest was given."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.access import queries
from parvis.access.actions.ending import withdraw_request
from parvis.access.intake.keys import held_key, hold_key
from parvis.access.models import Submission
from parvis.access.queries.following import submission_by_key
from parvis.access.queries.receipts import receipt_bytes, receipt_of
from parvis.core.pages import ActingRequest, public_page
from parvis.theme.page import Crumb, Page, render_page


def submission_or_404(request: ActingRequest, public_id: str) -> tuple[Submission, str]:
    """Return a submission that this browser may follow, with the key that opens it; else answer 404."""
    key = held_key(request, public_id)
    submission = queries.submission_of(request.actor, public_id, key)
    if submission is None:
        raise Http404
    return submission, key


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def back(request: ActingRequest, key: str) -> HttpResponse:
    """Open what a private link stands for. A button does it, so that no scanner of mail opens it for others.

    From then on the key stands in the session, and in no address that a browser passes on.
    """
    submission = submission_by_key(key)
    draft = None if submission else queries.draft_by_key(key)
    found = submission or draft
    if request.method == "POST" and found is not None:
        hold_key(request, found.public_id, key)
        name = "access_submission" if submission else "access_review"
        return redirect(reverse(name, args=[found.public_id]))
    page = Page(title=_("Back to your request"), crumbs=_crumbs(), is_indexed=False)
    status = 200 if found is not None else 404
    response = render_page(
        request, "access/back.html", page, {"found": found, "is_sent": bool(submission)}, status=status
    )
    response["Referrer-Policy"] = "no-referrer"
    return _private(response)


@public_page
@require_safe
def submission(request: ActingRequest, public_id: str) -> HttpResponse:
    """Show what was sent: its parts with their days, the receipt, and what can still be done."""
    row, _key = submission_or_404(request, public_id)
    page = Page(title=_("Your request"), crumbs=_crumbs(), is_indexed=False)
    return _private(render_page(request, "access/submission.html", page, {"whole": queries.followed(row)}))


@public_page
@require_safe
def receipt(request: ActingRequest, public_id: str, part: str) -> HttpResponse:
    """Give the receipt as PDF, or its detached seal."""
    row, _key = submission_or_404(request, public_id)
    made = receipt_of(row)
    if made is None:
        raise Http404
    name = queries.followed(row).parts[0].row.number
    if part == "seal":
        response = HttpResponse(made.document_seal, content_type="application/json")
        response["Content-Disposition"] = f'attachment; filename="{name}.seal.json"'
    else:
        response = HttpResponse(receipt_bytes(made), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return _private(response)


@public_page
@require_POST
def withdraw(request: ActingRequest, public_id: str, part: str) -> HttpResponse:
    """Withdraw one part of a submission."""
    row, key = submission_or_404(request, public_id)
    wanted = row.parts.filter(public_id=part).first()
    if wanted is None:
        raise Http404
    withdraw_request(actor=request.actor, access_request=wanted, key=key)
    return redirect(reverse("access_submission", args=[public_id]))


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb(_("Home"), reverse("home")),)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response

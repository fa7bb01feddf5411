"""Following one's own requests: by account, or by the private link that a guest was given."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from parvis.access import policy, queries
from parvis.access.actions.ending import withdraw_request
from parvis.access.actions.working import clarify_text
from parvis.access.answers import Answers, Requested
from parvis.access.intake.forms.wanted import WhatForm
from parvis.access.intake.keys import held_keys, hold_key
from parvis.access.intake.situation import Situation
from parvis.access.intake.views.frames import say, show
from parvis.access.models import AccessRequest, Draft, Submission
from parvis.access.queries.following import submission_by_key
from parvis.access.queries.receipts import receipt_bytes, receipt_of
from parvis.access.states import ENDED
from parvis.core.actor import Actor
from parvis.core.pages import ActingRequest, public_page
from parvis.theme.page import Crumb, Page, current_language, render_page


def submission_or_404(request: ActingRequest, public_id: str) -> tuple[Submission, str]:
    """Return a submission that this browser may follow, with the key that opens it; else answer 404."""
    keys = held_keys(request)
    submission = queries.submission_of(request.actor, public_id, *keys)
    if submission is None:
        raise Http404
    return submission, next((key for key in keys if policy.can_follow(Actor.public(), submission, key)), "")


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
    response["Referrer-Policy"] = "same-origin"  # with no-referrer a browser hides the origin of the button
    return _private(response)


@public_page
@require_safe
def submission(request: ActingRequest, public_id: str) -> HttpResponse:
    """Show what was sent: its parts with their days, the receipt, and what can still be done."""
    row, _key = submission_or_404(request, public_id)
    context = {
        "whole": queries.followed(row),
        "pay_url": reverse("access_pay", args=[public_id]),
        "is_guest": request.actor.person_id is None,
    }
    return show(request, "access/submission.html", _("Your request"), context)


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
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActingRequest, public_id: str, part: str) -> HttpResponse:
    """Withdraw one part of a submission, once that was confirmed."""
    row, key = submission_or_404(request, public_id)
    wanted = _part_or_404(row, part)
    if wanted.state in ENDED:
        return redirect("access_submission", public_id=public_id)
    if request.method == "POST":
        withdraw_request(actor=request.actor, access_request=wanted, key=key)
        say(request, _("%(number)s is withdrawn.") % {"number": wanted.number})
        return redirect("access_submission", public_id=public_id)
    context = {"row": wanted, "public_id": public_id}
    return show(request, "access/ask/withdraw.html", _("Withdraw this request?"), context)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def clarify(request: ActingRequest, public_id: str, part: str) -> HttpResponse:
    """Write a clearer text; the first one stays as it was written."""
    row, key = submission_or_404(request, public_id)
    wanted = _part_or_404(row, part)
    if wanted.state in ENDED:
        return redirect("access_submission", public_id=public_id)
    newest = queries.texts_of(wanted)[-1]
    requested = newest.requested if not newest.is_erased else Requested()
    now = Situation(
        draft=Draft(), answers=Answers(requested=requested), parts=(), language=current_language()
    )
    form = WhatForm(request.POST if request.method == "POST" else None, situation=now)
    if request.method == "POST" and form.is_valid():
        text = replace(requested, text=form.cleaned_data["text"])
        clarify_text(actor=request.actor, access_request=wanted, requested=text, why="", key=key)
        say(request, _("Your clearer text is kept, and the institution sees it."))
        return redirect("access_submission", public_id=public_id)
    context = {"row": wanted, "form": form, "public_id": public_id}
    return show(request, "access/ask/clarify.html", _("Say it more clearly"), context)


def _part_or_404(row: Submission, part: str) -> AccessRequest:
    found = row.parts.filter(public_id=part).select_related("institution").first()
    if found is None:
        raise Http404
    return found


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb(_("Home"), reverse("home")),)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response

"""What was released already and is worth reading first. It is counted, without a trace of who reads."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from parvis.access.actions.journeys import count_journey
from parvis.access.intake import journey
from parvis.access.intake.actions import discard_draft
from parvis.access.intake.keys import drop_key
from parvis.access.intake.views.frames import draft_or_404, say, sent_already, show, situation_of
from parvis.access.states import Outcome
from parvis.core.pages import ActingRequest, public_page
from parvis.disclosure.queries import SummaryDetail, summary_detail
from parvis.recommend import queries as recommend


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def already(request: ActingRequest, public_id: str) -> HttpResponse:
    """Show the released records that stand near the text, and end the journey happily where one is what is needed."""
    draft, key = draft_or_404(request, public_id)
    if sent := sent_already(draft):
        return sent
    now = situation_of(request, draft)
    onward = journey.address_of(journey.after(journey.BY_NAME["what"], now), draft)
    if request.method == "POST":
        found = summary_detail(request.POST.get("record", "")[:32])
        if not isinstance(found, SummaryDetail):
            return redirect(onward)
        discard_draft(actor=request.actor, draft=draft, key=key, is_satisfied=True)
        drop_key(request, draft.public_id)
        return _ended(request, found)
    institution = next(iter(now.answers.institutions), None)
    similar = recommend.similar_records(now.answers.requested.text, now.language, institution)
    if similar.is_available and not similar.records:
        return redirect(onward)
    answer = recommend.present(similar, recommend.LikelyHolders(is_available=False), now.language)
    if answer.records and request.method == "GET":
        count_journey(actor=request.actor, outcome=Outcome.SHOWN)
    shown = [
        replace(one, url=reverse("access_opened", args=[one.record.hit.public_id])) for one in answer.records
    ]
    context = {
        "records": shown,
        "similar": similar,
        "draft": draft,
        "onward": onward,
        "back_url": reverse("access_what", args=[draft.public_id]),
    }
    return show(request, "access/ask/already.html", _("Already answered: worth reading first"), context)


def _ended(request: ActingRequest, found: SummaryDetail) -> HttpResponse:
    if not found.item.pages or found.item.institution is None:
        return redirect("summary_detail", public_id=found.item.public_id)
    say(request, _("Your draft was deleted. You can have a copy of the same pages, without a fee."))
    return redirect(f"{reverse('access_ask')}?record={found.item.public_id}")


@public_page
@require_safe
def opened(request: ActingRequest, public_id: str) -> HttpResponse:
    """Count that a record was opened, and go to it."""
    if not isinstance(summary_detail(public_id), SummaryDetail):
        raise Http404
    if request.method == "GET":
        count_journey(actor=request.actor, outcome=Outcome.OPENED)
    return redirect("summary_detail", public_id=public_id)

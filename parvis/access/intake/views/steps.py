"""The pages of the journey: one question each. What was typed is kept, whatever button is pressed."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.access import queries
from parvis.access.intake import choosing, journey
from parvis.access.intake.actions import keep_answers, send_draft
from parvis.access.intake.allowances import wait_to_send
from parvis.access.intake.forms.asked import Question
from parvis.access.intake.forms.whom import InstitutionsForm
from parvis.access.intake.journey import Step
from parvis.access.intake.situation import Situation
from parvis.access.intake.slots import slots_of, take_files
from parvis.access.intake.views.frames import (
    claim,
    draft_or_404,
    sent_already,
    show,
    situation_of,
    verified_by,
)
from parvis.access.models import Draft
from parvis.access.queries.blockers import sending_blockers
from parvis.access.states import RequestState
from parvis.core.bilingual import other_language
from parvis.core.errors import NotReadyError
from parvis.core.pages import ActingRequest, public_page
from parvis.theme.page import address_in, current_language

ONWARD = "next"  # of `go`: what the button that was pressed wants


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: ActingRequest, public_id: str, name: str) -> HttpResponse:
    """Ask one question."""
    draft, key = draft_or_404(request, public_id)
    if sent := sent_already(draft):
        return sent
    one = journey.BY_NAME[name]
    if request.method == "POST":
        claim(request, draft, key)
    now = situation_of(request, draft)
    if not one.applies(now) or one.form is None:
        return redirect(journey.address_of(journey.first_open(now), draft))
    if request.method == "POST":
        return _take(request, one, now, key)
    return _again(request, one, now)


def _again(
    request: ActingRequest, one: Step, now: Situation, file_errors: tuple[str, ...] = ()
) -> HttpResponse:
    """Ask the question with what was answered, or typed and cannot be taken yet."""
    assert one.form is not None  # noqa: S101  # `step` has looked
    form = one.form(situation=now)
    if one.name in now.answers.unfinished:
        form.initial.update(_as_typed(form, now.answers.unfinished[one.name]))
    return _page(request, one, now, form, file_errors)


def _take(request: ActingRequest, one: Step, now: Situation, key: str) -> HttpResponse:
    """Keep what was answered, or what was typed, then go where the button says."""
    assert one.form is not None  # noqa: S101  # `step` has looked
    form, go = one.form(request.POST, situation=now), request.POST.get("go", ONWARD)
    is_whole = form.is_valid()
    if is_whole:
        answers = form.answered().with_done(one.name).with_unfinished(one.name, {})
    else:
        answers = now.answers.with_unfinished(one.name, form.typed())
    keep_answers(actor=request.actor, draft=now.draft, answers=answers, key=key)
    file_errors = take_files(request, one.name, now, key)
    if file_errors or go == "attach" or "remove" in request.POST:
        return _again(request, one, situation_of(request, now.draft, answers), file_errors)
    if go == ONWARD:
        if not is_whole:
            return _page(request, one, now, form)
        return _onward(request, one, situation_of(request, now.draft, answers))
    if go == "search" and isinstance(form, InstitutionsForm):
        return _page(request, one, now, form)
    return _aside(request, one, situation_of(request, now.draft, answers), go)


def _aside(request: ActingRequest, one: Step, now: Situation, go: str) -> HttpResponse:
    """Go elsewhere than on: to the page of coming back later, to the other language, or a step back."""
    if go == "later":
        return redirect("access_later", public_id=now.draft.public_id)
    if go == "language":
        query = {"from": "review"} if request.POST.get("from") == "review" else {}
        return HttpResponseRedirect(address_in(request, other_language(current_language()), query))
    back = journey.before(one, now)
    return redirect(journey.address_of(back or one, now.draft))


def _onward(request: ActingRequest, one: Step, now: Situation) -> HttpResponse:
    """Go on: to the summary where one came from there, to what was released after the text, else to the next step."""
    if request.POST.get("from") == "review":
        return HttpResponseRedirect(reverse("access_review", args=[now.draft.public_id]))
    if one.name == "what" and not now.answers.is_personal:
        return redirect("access_already", public_id=now.draft.public_id)
    return redirect(journey.address_of(journey.after(one, now), now.draft))


def _as_typed(form: Question, typed: dict[str, list[str]] | Any) -> dict[str, Any]:
    return {
        name: values if name == "institutions" else (values[0] if values else "")
        for name, values in typed.items()
        if name in form.fields
    }


def _page(
    request: ActingRequest, one: Step, now: Situation, form: Question, file_errors: tuple[str, ...] = ()
) -> HttpResponse:
    back = journey.before(one, now)
    context: dict[str, Any] = {
        "form": form,
        "step": one,
        "now": now,
        "draft": now.draft,
        "progress": journey.progress(one, now),
        "has_back": back is not None,
        "enter": "search" if isinstance(form, InstitutionsForm) else ONWARD,
        "slots": slots_of(one.name, now),
        "file_errors": file_errors,
        "comes_from": "review" if "review" in (request.GET.get("from"), request.POST.get("from")) else "",
    }
    if isinstance(form, InstitutionsForm):
        context["choosing"] = choosing.choosing(now, form, request.POST.get("q", form.initial.get("q", "")))
    if one.name in {"kind", "who", "me"}:
        context["terms"] = choosing.terms_by_kind(now)
    return show(request, one.template, str(one.title), context)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: ActingRequest, public_id: str) -> HttpResponse:
    """Show all answers, what still has to be mended, and the one button that sends. Pressed twice, it sends once."""
    draft, key = draft_or_404(request, public_id)
    if request.method != "POST":
        return sent_already(draft) or _review(request, draft)
    claim(request, draft, key)
    wait = wait_to_send(request, request.actor)
    if wait:
        return _review(request, draft, wait=wait)
    try:
        submission = send_draft(actor=request.actor, draft=draft, key=key, verified_by=verified_by(request))
    except NotReadyError:
        return _review(request, draft)
    is_due = submission.parts.filter(state=RequestState.AWAITING_FEE).exists()
    return redirect("access_pay" if is_due else "access_submission", public_id=submission.public_id)


def _review(request: ActingRequest, draft: Draft, *, wait: int = 0) -> HttpResponse:
    now, one = situation_of(request, draft), journey.BY_NAME["review"]
    blockers = sending_blockers(draft, now.answers, now.parts, now.language)
    context = {
        "now": now,
        "draft": draft,
        "step": one,
        "progress": journey.progress(one, now),
        "steps": [
            (each, journey.address_of(each, draft)) for each in journey.steps_of(now) if each.form is not None
        ],
        "blockers": [
            (blocker, journey.address_of(journey.mended_at(blocker.step, now), draft)) for blocker in blockers
        ],
        "record": choosing.record_of(now),
        "has_back": True,
        "back_url": journey.address_of(journey.before(one, now) or one, draft),
    }
    return show(request, one.template, _("Check, then send"), context, wait=wait)


@public_page
@require_http_methods(["GET", "HEAD"])
def draft_home(request: ActingRequest, public_id: str) -> HttpResponse:
    """Go to the first question of a draft that was not answered yet."""
    draft, _key = draft_or_404(request, public_id)
    if sent := sent_already(draft):
        return sent
    now = situation_of(request, draft, queries.answers_of(draft))
    return redirect(journey.address_of(journey.first_open(now), draft))

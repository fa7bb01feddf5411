"""What the pages of asking share: how they are framed, how they find a draft, and how they say to wait."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.access import queries
from parvis.access.answers import Answers
from parvis.access.intake.actions import claim_draft
from parvis.access.intake.keys import held_key
from parvis.access.intake.situation import Situation
from parvis.access.models import Draft
from parvis.access.queries.following import submission_of_draft
from parvis.access.states import DraftState
from parvis.accounts import queries as accounts
from parvis.core.actor import ActorKind
from parvis.core.bilingual import Text
from parvis.core.pages import ActingRequest
from parvis.theme.page import Crumb, Page, current_language, render_page

MINUTE = 60
TOO_MANY = 429


def show(
    request: HttpRequest,
    template: str,
    title: str,
    context: Mapping[str, Any] | None = None,
    *,
    description: str = "",
    wait: int = 0,
) -> HttpResponse:
    """Answer with a page that nobody keeps. One with a description is indexed. `wait`: seconds until one may try."""
    page = Page(
        title=title,
        description=description,
        crumbs=(Crumb(_("Home"), reverse("home")),),
        is_indexed=bool(description),
    )
    whole = {
        "said": [str(one) for one in get_messages(request)],
        "too_many": waiting(wait),
        **(context or {}),
    }
    response = render_page(request, template, page, whole, status=TOO_MANY if wait else 200)
    if wait:
        response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response


def say(request: HttpRequest, message: object) -> None:
    """Say on the next page what was done."""
    messages.success(request, str(message))


def waiting(seconds: int) -> str:
    """Say how long to wait, and that nothing was lost; nothing for no seconds."""
    if not seconds:
        return ""
    minutes = -(-seconds // MINUTE)
    told = ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    return _(
        "From your connection, this was done very often. Wait %(time)s, then try again. Nothing is lost."
    ) % {"time": told}


def draft_or_404(request: ActingRequest, public_id: str) -> tuple[Draft, str]:
    """Return a draft that this browser may open, with its key; else answer 404."""
    key = held_key(request, public_id)
    draft = queries.draft_of(request.actor, public_id, key)
    if draft is None:
        raise Http404
    return draft, key


def sent_already(draft: Draft) -> HttpResponse | None:
    """Return the way to what a draft became, None while it is being written."""
    if draft.state == DraftState.OPEN:
        return None
    submission = submission_of_draft(draft)
    if submission is None:
        raise Http404
    return redirect("access_submission", public_id=submission.public_id)


def claim(request: ActingRequest, draft: Draft, key: str) -> None:
    """Make a guest's draft the person's own, who has signed in since."""
    if key and draft.person_id is None and request.actor.person_id is not None:
        claim_draft(actor=request.actor, draft=draft, key=key)


def verified_by(request: ActingRequest) -> Text:
    """Return the provider that verified who is signed in; empty for a guest, and for an account by e-mail alone."""
    if request.actor.person_id is None:
        return Text()
    return accounts.identifying_provider(request.session.session_key, request.actor.person_id)


def situation_of(request: ActingRequest, draft: Draft, answers: Answers | None = None) -> Situation:
    """Return where a draft stands."""
    answers = queries.answers_of(draft) if answers is None else answers
    is_signed_in = request.actor.kind is ActorKind.PERSON
    person = accounts.own_account(request.actor) if is_signed_in else None
    return Situation(
        draft=draft,
        answers=answers,
        parts=queries.terms_of(answers, timezone.localdate()),
        language=current_language(),
        usual=queries.usual_file(answers.usual_file) if answers.usual_file else None,
        is_signed_in=is_signed_in,
        account_name=person.name if person else "",
        account_email=person.email if person else "",
        verified_by=verified_by(request),
    )

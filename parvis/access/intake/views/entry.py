"""Where a request begins. A GET writes nothing; the first POST begins the draft and gives the browser its key."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.access import queries
from parvis.access.answers import Answers
from parvis.access.intake import journey
from parvis.access.intake.actions import start_draft
from parvis.access.intake.allowances import wait_to_begin
from parvis.access.intake.forms.wanted import WhatForm
from parvis.access.intake.keys import hold_key
from parvis.access.intake.views.frames import show, situation_of
from parvis.access.models import Draft
from parvis.access.states import RequestKind
from parvis.core.bilingual import other_language
from parvis.core.pages import ActingRequest, public_page
from parvis.disclosure.queries import SummaryDetail, summary_detail
from parvis.institutions import queries as institutions
from parvis.theme.page import address_in, current_language


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ActingRequest) -> HttpResponse:
    """Ask what one is looking for. `institution`, `record` and `kind` begin with what another page knew."""
    told = request.POST if request.method == "POST" else request.GET
    record = _record(told.get("record", ""))
    asked = _asked(told.get("institution", ""), record)
    begun = _begun(told.get("kind", ""), record, asked)
    now = situation_of(request, Draft(), begun)
    form = WhatForm(request.POST if request.method == "POST" else None, situation=now)
    wait = 0
    if request.POST.get("go") == "language":
        is_typed = bool(request.POST.get("text", "").strip())
        wait = wait_to_begin(request, request.actor) if is_typed else 0
        if not wait:
            return _in_the_other_language(request, begun, form if is_typed else None)
    elif request.method == "POST" and (form.is_valid() or (record and asked and asked.is_live)):
        wait = wait_to_begin(request, request.actor)
        if not wait:
            answers = begun if record else form.answered().with_done("what")
            return begin(request, answers, was_shown="handed" in request.POST)
    context = {
        "form": form,
        "record": record,
        "asked": asked,
        "kind": begun.kind if begun.kind != RequestKind.RECORDS else "",
        "step": journey.BY_NAME["what"],
        "progress": journey.progress(journey.BY_NAME["what"], replace(now, answers=Answers())),
        "has_usual": bool(queries.usual_files()),
    }
    title = _("Ask for a copy of what was released") if record else _("Ask for records")
    about = _("Ask one or several institutions for records, for your own information, or for a copy.")
    return show(request, "access/ask/entry.html", title, context, description=about, wait=wait)


def begin(request: ActingRequest, answers: Answers, *, was_shown: bool = False) -> HttpResponse:
    """Begin the draft, let the browser hold its key, and go on to the next question."""
    draft, key = start_draft(actor=request.actor, answers=answers)
    hold_key(request, draft.public_id, key)
    if answers.kind == RequestKind.RECORDS and not was_shown:
        return redirect("access_already", public_id=draft.public_id)
    now = situation_of(request, draft, answers)
    return redirect(journey.address_of(journey.first_open(now), draft))


def _in_the_other_language(request: ActingRequest, begun: Answers, form: WhatForm | None) -> HttpResponse:
    """Begin the draft with what was typed, unchecked, and ask the same in the other language; else only the latter."""
    other = other_language(current_language())
    if form is None:
        known = {name: request.POST.get(name, "")[:60] for name in ("institution", "kind")}
        return redirect(address_in(request, other, {name: value for name, value in known.items() if value}))
    answers = replace(begun, language=other).with_unfinished("what", form.typed())
    draft, key = start_draft(actor=request.actor, answers=answers)
    hold_key(request, draft.public_id, key)
    with translation.override(other):
        return redirect(journey.address_of(journey.BY_NAME["what"], draft))


def _record(public_id: str) -> SummaryDetail | None:
    found = summary_detail(public_id[:32]) if public_id else None
    return found if isinstance(found, SummaryDetail) and found.item.institution else None


def _asked(slug: str, record: SummaryDetail | None) -> Any:
    if record and record.item.institution:
        slug = record.item.institution.slug
    return institutions.receiving([slug[:60]]).get(slug[:60]) if slug else None


def _begun(kind: str, record: SummaryDetail | None, asked: Any) -> Answers:
    chosen = (asked.reference.slug,) if asked and asked.is_live else ()
    if record:
        kind = RequestKind.COPY
    return Answers(
        kind=kind if kind in RequestKind.values else RequestKind.RECORDS,
        institutions=chosen,
        package=record.item.public_id if record else "",
        language=current_language(),
    )


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def my_file(request: ActingRequest) -> HttpResponse:
    """Choose the file of one's own that is asked for: the first of four screens."""
    told = request.POST if request.method == "POST" else request.GET
    slug = told.get("institution", "")[:60]
    files = queries.usual_files(*([slug] if slug else []))
    live = institutions.receiving({one.institution.slug for one in files})
    offered = tuple(
        one for one in files if one.institution.slug in live and live[one.institution.slug].is_live
    )
    chosen = next((one for one in offered if one.public_id == request.POST.get("file")), None)
    wait = 0
    if request.method == "POST" and chosen is not None:
        wait = wait_to_begin(request, request.actor)
        if not wait:
            answers = Answers(
                kind=RequestKind.OWN,
                institutions=(chosen.institution.slug,),
                usual_file=chosen.public_id,
                language=current_language(),
            )
            return begin(request, answers)
    context = {
        "files": offered,
        "chosen": chosen.public_id if chosen else "",
        "is_missing": request.method == "POST" and chosen is None,
        "ask_url": f"{reverse('access_ask')}?kind={RequestKind.OWN}",
        "is_signed_in": request.actor.person_id is not None,
    }
    about = _("Ask for your own file: choose it, say how to find it, say who you are, and send.")
    return show(
        request, "access/ask/my_file.html", _("Ask for my own file"), context, description=about, wait=wait
    )

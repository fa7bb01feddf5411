"""One institution's way on board: what is missing, a page for each section, the test, going live."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.core.actor import Actor
from parvis.core.errors import NotReadyError, ParvisError
from parvis.core.pages import ActingRequest, public_page
from parvis.institutions import answers
from parvis.institutions.actions import onboarding as acts
from parvis.institutions.checklist import SECTION_TITLES, Section
from parvis.institutions.forms.onboarding import WhyForm, section_form
from parvis.institutions.models import Onboarding
from parvis.institutions.policy.onboarding import can_open, can_prepare
from parvis.institutions.queries.onboarding import onboarding_detail, onboarding_row
from parvis.institutions.views.frames import (
    CONFLICT,
    acts_elsewhere,
    found_or_404,
    institution_crumb,
    say,
    show,
)
from parvis.theme.page import Crumb


def _crumbs(row: Onboarding) -> tuple[Crumb, ...]:
    here = reverse("onboarding", args=[row.institution.slug])
    return institution_crumb(row.institution), Crumb(_("Coming on board"), here)


@require_safe
def onboarding(request: ActingRequest, slug: str) -> HttpResponse:
    """Show what is done, what is missing, and the next thing to do."""
    return _home(request, found_or_404(onboarding_row(request.actor, slug)))


def _home(
    request: ActingRequest, row: Onboarding, problems: tuple[object, ...] = (), why: WhyForm | None = None
) -> HttpResponse:
    detail = onboarding_detail(row)
    context = {
        "detail": detail,
        "institution": row.institution,
        "may_prepare": can_prepare(request.actor, row.institution_id),
        "may_open": can_open(request.actor, row.institution_id),
        "acts_elsewhere": acts_elsewhere(request, row.institution),
        "problems": problems,
        "why": why or WhyForm(),
        "ways": {
            Section.PEOPLE: reverse("people", args=[row.institution.slug]),
            Section.HOLDINGS: reverse("institution_detail", args=[row.institution.slug]),
        },
    }
    return show(
        request,
        "institutions/onboarding.html",
        _("Coming on board"),
        context,
        crumbs=_crumbs(row)[:1],
        status=CONFLICT if problems else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: ActingRequest, slug: str, name: str) -> HttpResponse:
    """Ask the questions of one section; what was typed is never lost, and may be kept to be finished later."""
    row = found_or_404(onboarding_row(request.actor, slug))
    one = _section(name)
    if not can_prepare(request.actor, row.institution_id):
        raise Http404
    today = timezone.localdate()
    if request.method == "POST" and "later" in request.POST:
        acts.keep_draft(actor=request.actor, onboarding=row, section=one, typed=_typed(request, one))
        say(request, _("Kept as a draft. Nothing of it is shown to anybody yet."))
        return redirect("onboarding", slug=slug)
    initial, is_proposed = _initial(row, one)
    form = section_form(one, row.institution, today, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _keep(request.actor, row, one, form):
        say(request, _("“%(section)s” is kept.") % {"section": SECTION_TITLES[one]})
        return redirect("onboarding", slug=slug)
    context = {
        "form": form,
        "institution": row.institution,
        "is_proposed": is_proposed and not form.is_bound,
        "is_draft": name in row.drafts and not form.is_bound,
    }
    return show(request, "institutions/section.html", str(SECTION_TITLES[one]), context, crumbs=_crumbs(row))


def _section(name: str) -> Section:
    if name not in {str(one) for one in answers.FIELDS}:
        raise Http404
    return Section(name)


def _typed(request: HttpRequest, one: Section) -> dict[str, Any]:
    """Return what was typed in a section, as it stands in the form."""
    lists = {"regimes", "languages", "channels", "fee_means"}
    return {
        name: request.POST.getlist(name) if name in lists else request.POST.get(name, "")
        for name in answers.FIELDS[one]
    }


def _initial(row: Onboarding, one: Section) -> tuple[Mapping[str, Any], bool]:
    """Return what a form begins with: the draft, else the answers, else what is proposed; and whether it is that."""
    kept = answers.kept(row, one)
    if str(one) in row.drafts:
        return kept | row.drafts[str(one)], False
    if any(kept.values()) and one is not Section.CONTACT:
        return kept, False
    proposal = answers.proposed(row.institution, timezone.localdate())
    is_new = not any(kept.values())
    return {name: kept[name] or proposal.get(name, "") for name in kept}, is_new


def _keep(actor: Actor, row: Onboarding, one: Section, form: Any) -> bool:
    try:
        acts.answer_section(actor=actor, onboarding=row, section=one, values=form.cleaned_data)
    except acts.WrongAnswersError as error:
        for name, fault in error.faults.items():
            form.add_error(name, fault)
        return False
    except ParvisError as error:
        form.add_error(None, str(error))
        return False
    return True


@require_POST
def test(request: ActingRequest, slug: str) -> HttpResponse:
    """Run the test."""
    row = found_or_404(onboarding_row(request.actor, slug))
    try:
        found = acts.run_self_check(actor=request.actor, onboarding=row)
    except NotReadyError as error:
        return _home(request, row, error.blockers)
    say(
        request,
        _("The test passed. Now open the message that it sent to the access office.")
        if found.is_passed
        else _("The test found something: see below."),
    )
    return redirect(f"{reverse('onboarding', args=[slug])}#test")


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def received(request: ActingRequest, token: str) -> HttpResponse:
    """Take the word of whoever opened the message of a test. A GET changes nothing: mail filters open links too."""
    is_known: bool | None = None
    if request.method == "POST":
        is_known = acts.confirm_reached(actor=request.actor, token=token)
    context = {"is_known": is_known}
    status = 404 if is_known is False else 200
    return show(request, "institutions/received.html", _("Test message"), context, status=status)


@require_POST
def go_live(request: ActingRequest, slug: str) -> HttpResponse:
    """Open the institution to the public."""
    row = found_or_404(onboarding_row(request.actor, slug))
    try:
        acts.go_live(actor=request.actor, onboarding=row)
    except NotReadyError as error:
        return _home(request, row, error.blockers)
    say(request, _("The institution is live."))
    return redirect("onboarding", slug=slug)


@require_POST
def pause(request: ActingRequest, slug: str) -> HttpResponse:
    """Take the institution out of service for a while."""
    row = found_or_404(onboarding_row(request.actor, slug))
    form = WhyForm(request.POST)
    if not form.is_valid():
        return _home(request, row, (form.errors["why"][0],), form)
    acts.pause(actor=request.actor, onboarding=row, why=form.cleaned_data["why"])
    say(request, _("The institution is paused. What it has open stays."))
    return redirect("onboarding", slug=slug)

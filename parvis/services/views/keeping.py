"""Pages of who owns services: what is to be done, and the forms of a service, a standard and measures of a year."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.core.errors import ParvisError
from parvis.core.pages import ActingRequest
from parvis.services import actions, policy, reporting
from parvis.services.doubts import Doubted, doubted
from parvis.services.forms.measures import MeasuresForm
from parvis.services.forms.yearly import ServiceYearForm, StandardYearForm, YearlyForm
from parvis.services.models import Finding, ServiceYear, StandardYear
from parvis.services.queries import keeping
from parvis.services.values import fiscal_year
from parvis.theme.page import Crumb, Page, current_language, render_page
from parvis.theme.staff import staff_crumbs

BECAUSE = "because_"  # and the code of a rule: why what it doubts is right all the same
LONGEST_REASON = 1000


def _show(
    request: HttpRequest,
    template: str,
    title: str,
    context: Mapping[str, Any],
    crumbs: tuple[Crumb, ...] = (),
) -> HttpResponse:
    page = Page(title=title, crumbs=(*staff_crumbs(), *crumbs), is_indexed=False)
    said = [str(one) for one in get_messages(request)]
    response = render_page(request, template, page, {"said": said, **context})
    add_never_cache_headers(response)
    return response


@require_safe
def my_services(request: ActingRequest) -> HttpResponse:
    """Show what is missing for the yearly update, service by service."""
    if not policy.can_keep_services(request.actor):
        raise Http404
    institutions = keeping.kept_institutions(request.actor)
    asked = request.GET.get("institution", "")
    chosen = [one for one in institutions if one.slug == asked] if asked else list(institutions[:1])
    if asked and not chosen:
        raise Http404
    year = reporting.year_due(timezone.localdate())
    context = {
        "institutions": institutions,
        "kept": keeping.keeping(request.actor, chosen[0], year) if chosen else None,
        "year": fiscal_year(year),
        "due_on": reporting.due_on(year),
    }
    return _show(request, "services/my_services.html", _("My services"), context)


@require_POST
def service_year_begin(request: ActingRequest, public_id: str) -> HttpResponse:
    """Begin the year of the update for a service, from its last record."""
    service = _found(keeping.editable_service(request.actor, public_id))
    year = reporting.year_due(timezone.localdate())
    try:
        record = actions.begin_service_year(actor=request.actor, service=service, year=year)
    except ParvisError as error:
        messages.error(request, str(error))
        return redirect("my_services")
    return redirect("service_year_edit", public_id=record.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def service_year_edit(request: ActingRequest, public_id: str) -> HttpResponse:
    """Ask what is reported of a service for a year."""
    record = _found(keeping.editable_service_year(request.actor, public_id))
    form = ServiceYearForm(record, keeping.year_before(record), _typed(request))
    return _edit(
        request,
        form,
        actions.edit_service_year,
        {
            "record": record,
            "service": record.service,
            "standards": keeping.standards_beside(record),
            "title": _("Report a service"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def standard_year_edit(request: ActingRequest, public_id: str) -> HttpResponse:
    """Ask what is reported of a standard for a year."""
    record = _found(keeping.editable_standard_year(request.actor, public_id))
    form = StandardYearForm(record, keeping.year_before(record), _typed(request))
    beside = keeping.record_beside(record)
    return _edit(
        request,
        form,
        actions.edit_standard_year,
        {
            "record": record,
            "service": record.standard.service,
            "beside": beside,
            "title": _("Report a standard"),
        },
    )


def _edit(
    request: ActingRequest, form: YearlyForm, edit: Callable[..., Any], context: dict[str, Any]
) -> HttpResponse:
    """Show a form, or do what it says: what stands in the way is shown at it, with all that was typed."""
    shown: Sequence[Finding] = tuple(form.record.findings.all())
    reasons = {
        name.removeprefix(BECAUSE): str(value)[:LONGEST_REASON]
        for name, value in request.POST.items()
        if name.startswith(BECAUSE)
    }
    is_stopped = False
    if request.method == "POST" and form.is_valid():
        try:
            edit(
                actor=request.actor,
                record=form.record,
                changes=form.changes,
                reasons=reasons,
                seen=_moment(form.cleaned_data["seen"]),
            )
        except actions.DoubtfulError as error:
            shown, is_stopped = error.findings, True
        except ValidationError as error:
            form.tell(error.message_dict)
        except actions.ChangedMeanwhileError as error:
            form.add_error(None, str(error))
            form.see_again()
        else:
            messages.success(request, _("Saved. Figures follow at once."))
            return redirect(request.path)
    found: tuple[Doubted, ...] = doubted(shown, reasons)
    page = {
        **context,
        "form": form,
        "doubts": found,
        "is_stopped": is_stopped,
        "year": form.record.fiscal_yr,
        "is_standard": isinstance(form.record, StandardYear),
    }
    name = form.record.name.shown(current_language()).text
    return _show(
        request, "services/year_edit.html", f"{context['title']}: {name}"[:120], page, _crumbs(form.record)
    )


def _moment(text: str) -> datetime | None:
    """Return when the record had changed last as the form was opened."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def measures_edit(request: ActingRequest, public_id: str) -> HttpResponse:
    """Ask for satisfaction, completion and cost of a service in a year, where a department knows them."""
    record = _found(keeping.editable_service_year(request.actor, public_id))
    form = MeasuresForm(keeping.measures_of(record), _typed(request))
    if request.method == "POST" and form.is_valid() and _give(request, record, form):
        messages.success(request, _("Saved. Figures follow at once."))
        return redirect("service_year_edit", public_id=public_id)
    context = {"form": form, "record": record, "service": record.service, "year": record.fiscal_yr}
    crumbs = (*_crumbs(record), Crumb(_("Report a service"), reverse("service_year_edit", args=[public_id])))
    return _show(
        request, "services/measures_edit.html", _("Satisfaction, completion and cost"), context, crumbs
    )


def _give(request: ActingRequest, record: ServiceYear, form: MeasuresForm) -> bool:
    """Give or take back what the form says; tell at its field what cannot be."""
    for kind, given in form.given.items():
        if given and (faults := given.faults()):
            for name, said in faults.items():
                form.add_error(f"{kind}_{'size' if name == 'sample_size' else name}", said)
    if form.errors:
        return False
    for kind, given in form.given.items():
        if given:
            actions.give_measure(actor=request.actor, record=record, given=given)
        else:
            actions.take_back_measure(actor=request.actor, record=record, kind=kind)
    return True


def _typed(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, an empty form too; None where a form is only opened."""
    return request.POST if request.method == "POST" else None


def _found(row: Any) -> Any:
    if row is None:
        raise Http404
    return row


def _crumbs(record: ServiceYear | StandardYear) -> tuple[Crumb, ...]:
    """Return the way back to the list, of the record's institution."""
    slug = record.institution.slug if record.institution else ""
    return (Crumb(_("My services"), f"{reverse('my_services')}?institution={slug}"),)

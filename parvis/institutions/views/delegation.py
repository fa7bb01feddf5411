"""What the head of an institution delegated: read, downloaded, entered."""

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from parvis.core.bilingual import Text
from parvis.core.pages import ActingRequest
from parvis.institutions.actions.delegation import InstrumentTerms, enter_instrument
from parvis.institutions.forms.delegation import InstrumentForm
from parvis.institutions.models import Institution
from parvis.institutions.policy.delegation import can_enter, can_see_delegation
from parvis.institutions.powers import Power
from parvis.institutions.queries import delegation as queries
from parvis.institutions.views.frames import (
    acts_elsewhere,
    done,
    found_or_404,
    institution_crumb,
    institution_or_404,
    say,
    show,
)
from parvis.theme.page import Crumb, current_language


def _crumbs(institution: Institution) -> tuple[Crumb, ...]:
    here = reverse("delegation", args=[institution.slug])
    return institution_crumb(institution), Crumb(_("Delegation"), here)


@require_safe
def instruments(request: ActingRequest, slug: str) -> HttpResponse:
    """Show the instruments of an institution, those in force on top."""
    institution = institution_or_404(request.actor, slug, can_see_delegation)
    context = {
        "institution": institution,
        "instruments": queries.instruments(request.actor, institution),
        "statutes": queries.statutes_to_delegate(institution),
        "may_enter": can_enter(request.actor, institution.pk),
        "acts_elsewhere": acts_elsewhere(request, institution),
    }
    crumbs = _crumbs(institution)[:1]
    return show(request, "institutions/delegation.html", _("Delegation"), context, crumbs=crumbs)


@require_safe
def instrument(request: ActingRequest, public_id: str) -> HttpResponse:
    """Show one instrument: who may decide what."""
    found = found_or_404(queries.instrument(request.actor, public_id))
    title = found.title.shown(current_language()).text
    crumbs = _crumbs(found.institution)
    return show(request, "institutions/instrument.html", title, {"instrument": found}, crumbs=crumbs)


@require_safe
def instrument_document(request: ActingRequest, public_id: str) -> HttpResponseBase:
    """Give the signed document."""
    document = found_or_404(queries.instrument_document(request.actor, public_id))
    return FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=document.name or "delegation.pdf",
        content_type="application/pdf",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def instrument_enter(request: ActingRequest, slug: str, regime: str) -> HttpResponse:
    """Enter an instrument under one statute."""
    institution = institution_or_404(request.actor, slug, can_enter)
    statute = found_or_404(queries.statutes_to_delegate(institution).get(regime))
    holders = queries.delegates(request.actor, institution)
    initial = {
        "title_en": f"Delegation order under the {statute.en}",
        "title_fr": f"Arrêté de délégation en vertu de la loi suivante\u00a0: {statute.fr}",
    }
    form = InstrumentForm(
        regime, [regime], holders, request.POST or None, request.FILES or None, initial=initial
    )

    def deed() -> None:
        enter_instrument(
            actor=request.actor,
            institution=institution,
            terms=_terms(form, queries.ids_of(holders)),
            document=form.cleaned_data["document"],
        )

    if request.method == "POST" and done(form, deed):
        say(
            request, _("The instrument is entered. It gives its powers from the day on which it is in force.")
        )
        return redirect("delegation", slug=slug)
    context = {"form": form, "institution": institution, "statute": statute, "holders": holders}
    title = _("Enter a delegation instrument")
    return show(request, "institutions/instrument_enter.html", title, context, crumbs=_crumbs(institution))


def _terms(form: InstrumentForm, ids: dict[str, int]) -> InstrumentTerms:
    said = form.cleaned_data
    powers = {
        ids[holder.public_id]: [Power(one) for one in said[f"powers_{holder.public_id}"]]
        for holder in form.holders
        if said[f"powers_{holder.public_id}"]
    }
    return InstrumentTerms(
        regime=said["regime"],
        title=Text(said["title_en"], said["title_fr"]),
        signed_on=said["signed_on"],
        from_on=said["from_on"],
        until_on=said["until_on"],
        powers=powers,
    )

"""Switching the institution in whose name one acts."""

from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.institutions.events import InstitutionsEvent
from parvis.institutions.queries.institutions import InstitutionReference
from parvis.institutions.queries.memberships import institutions_to_act_for


@action
def switch_institution(*, actor: Actor, slug: str) -> InstitutionReference:
    """Return the institution for which the actor acts from now on. Raises NotAllowedError where no role is held."""
    chosen = next((one for one in institutions_to_act_for(actor) if one.slug == slug), None)
    require(chosen is not None, _("You hold no role there. Choose one of your institutions."))
    if chosen is None:  # for the type checker: `require` has stopped already
        raise RuntimeError(slug)
    if chosen.id != actor.institution_id:
        append_event(InstitutionsEvent.SWITCHED, actor=actor, subject="acting", institution=chosen.slug)
    return chosen

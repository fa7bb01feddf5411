"""Giving a role, and ending it."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.core.errors import ParvisError
from parvis.institutions.events import InstitutionsEvent
from parvis.institutions.giving import Term, keep_membership, require_may_give
from parvis.institutions.models import Membership
from parvis.institutions.policy import memberships as policy


@action
def give_role(*, actor: Actor, person_id: int, term: Term, position: Text | None = None) -> Membership:
    """Give a role from one day until another. Raises RoleHeldError where it is held already in part of that time."""
    require_may_give(actor, term)
    return keep_membership(actor=actor, person_id=person_id, term=term, position=position)


@action
def end_role(*, actor: Actor, membership: Membership, why: str, on: date | None = None) -> None:
    """End a role: `on` is its last day, and without one it ends at once. What was given stays in the record."""
    require(policy.can_end(actor, membership), _("Only who may give this role may end it."))
    if not why.strip():
        raise ParvisError(_("Say why the role ends."))
    last = on or timezone.localdate() - timedelta(days=1)
    if membership.until_on and membership.until_on < last:
        raise ParvisError(_("The role ends before that day already."))
    membership.until_on, membership.ended_at, membership.ended_by_id = last, timezone.now(), actor.person_id
    membership.ended_why = why.strip()[:300]
    membership.save(update_fields=["until_on", "ended_at", "ended_by", "ended_why"])
    append_event(
        InstitutionsEvent.ROLE_ENDED,
        actor=actor,
        subject=membership,
        person=membership.person_id,
        role=membership.role,
        institution=membership.institution.slug if membership.institution else "",
        until_on=last,
    )

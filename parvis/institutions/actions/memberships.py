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
from parvis.institutions.giving import Term, keep_membership
from parvis.institutions.models import Membership
from parvis.institutions.policy import memberships as policy
from parvis.institutions.queries.memberships import has_head_or_invited_one


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
        until_on=last,
    )


def require_may_give(actor: Actor, term: Term) -> None:
    """Stop with NotAllowedError unless the actor may give this role there."""
    has_head = has_head_or_invited_one(term.institution_id)
    require(
        policy.can_give(actor, term.role, term.institution_id, has_head=has_head),
        _("You may not give this role here. Act for the institution first, or ask its head."),
    )

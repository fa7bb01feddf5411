"""Who may see what people seek and do not find: those who can publish an answer, and the central office."""

from enum import StrEnum

from django.db.models import Q, QuerySet

from parvis.core.actor import Actor
from parvis.core.roles import Role
from parvis.recommend.models import Unanswered

PUBLISHERS = (Role.OFFICER, Role.DATA_PUBLISHER)


class Permission(StrEnum):
    """What one may be allowed to do here."""

    SEE_UNANSWERED = "recommend:unanswered:see"
    LOAD_DEMAND = "recommend:demand:load"


def can_load_demand(actor: Actor) -> bool:
    """Tell whether the actor may load counts of copies: the installation itself."""
    return actor.is_system


def can_list_unanswered(actor: Actor) -> bool:
    """Tell whether there is a list for this actor at all; its rows are those of `visible_to`."""
    return actor.holds(Role.CENTRAL_OFFICE) or bool(actor.institutions(*PUBLISHERS))


def can_see(actor: Actor, row: Unanswered) -> bool:
    """Tell whether the actor may see these words: the central office all, others what likely concerns them.

    What no institution likely holds concerns everyone who publishes.
    """
    if actor.holds(Role.CENTRAL_OFFICE):
        return True
    theirs = actor.institutions(*PUBLISHERS)
    return bool(theirs) and (row.institution_id is None or row.institution_id in theirs)


def visible_to(actor: Actor) -> QuerySet[Unanswered]:
    """Return the words that the actor may see."""
    rows = Unanswered.objects.all()
    if actor.holds(Role.CENTRAL_OFFICE):
        return rows
    theirs = actor.institutions(*PUBLISHERS)
    if not theirs:
        return rows.none()
    return rows.filter(Q(institution__isnull=True) | Q(institution_id__in=theirs))

"""Who reads the trail: auditors and administrators all; the head and the privacy officer of an institution its part.

Events hold identifiers and never what a case says, so that an administrator who reads them sees no case.
"""

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.roles import Role

WHOLE = (Role.AUDITOR, Role.ADMINISTRATOR)
PART = (Role.HEAD, Role.PRIVACY_OFFICER)


def can_read_whole_trail(actor: Actor) -> bool:
    """Tell whether the actor may read every event."""
    return actor.holds(*WHOLE)


def can_read_trail(actor: Actor) -> bool:
    """Tell whether the actor may read any of the trail."""
    return can_read_whole_trail(actor) or bool(institutions_read(actor))


def institutions_read(actor: Actor) -> frozenset[int]:
    """Return the ids of the institutions whose events the actor may read. This room does not know their names."""
    return actor.institutions(*PART)


def can_read_event(actor: Actor, event: Event, slugs: frozenset[str]) -> bool:
    """Tell whether the actor may read one event. `slugs` are those of `institutions_read`, which events name."""
    return can_read_whole_trail(actor) or event.data.get("institution") in slugs


def visible_to(actor: Actor, slugs: frozenset[str]) -> QuerySet[Event]:
    """Return the events that the actor may read: the set that goes with `can_read_event`."""
    if can_read_whole_trail(actor):
        return Event.objects.all()
    named = Event.objects.alias(institution=KT("data__institution"))  # as the index has it
    return named.filter(institution__in=sorted(slugs)) if slugs else Event.objects.none()

"""Who may see and do what with the service inventory. All of it is public; who owns a service brings it up to date."""

from enum import StrEnum

from parvis.core.actor import Actor, ActorKind
from parvis.core.roles import Role
from parvis.services.models import ServiceYear, StandardYear
from parvis.services.models.services import YearlyQuerySet


class Permission(StrEnum):
    """What one may be allowed to do here."""

    LOAD_FILES = "services:load"
    EDIT_RECORDS = "services:edit"
    PUBLISH_EDITIONS = "services:publish"


def can_load_files(actor: Actor) -> bool:
    """Tell whether the actor may load files: the installation itself, its staff, and the central office."""
    return (
        actor.kind is ActorKind.SYSTEM
        or (actor.kind is ActorKind.PERSON and actor.is_staff)
        or actor.holds(Role.CENTRAL_OFFICE)
    )


def can_edit(actor: Actor, record: ServiceYear | StandardYear) -> bool:
    """Tell whether the actor may bring a record up to date: its institution's service owner, the central office.

    What a snapshot holds is as it was on its day, and nobody changes it.
    """
    if record.snapshot_id is not None:
        return False
    if actor.holds(Role.CENTRAL_OFFICE):
        return True
    return record.institution_id is not None and actor.holds(
        Role.SERVICE_OWNER, institution_id=record.institution_id
    )


def editable_by(actor: Actor, records: YearlyQuerySet) -> YearlyQuerySet:
    """Return those of the records that the actor may bring up to date: the set that goes with `can_edit`."""
    current = records.current()
    if actor.holds(Role.CENTRAL_OFFICE):
        return current
    return current.filter(institution_id__in=actor.institutions(Role.SERVICE_OWNER))


def can_keep_services(actor: Actor) -> bool:
    """Tell whether the list of services to bring up to date opens: to service owners and to the central office."""
    return actor.holds(Role.CENTRAL_OFFICE) or bool(actor.institutions(Role.SERVICE_OWNER))


def can_see(actor: Actor, record: ServiceYear | StandardYear) -> bool:  # noqa: ARG001  # anyone may
    """Tell whether the actor may see a record: anyone may, those of a snapshot as of its day."""
    return True


def visible_to(actor: Actor, records: YearlyQuerySet) -> YearlyQuerySet:  # noqa: ARG001  # anyone may
    """Return the records that the actor may see: all of them."""
    return records.all()


def can_publish_editions(actor: Actor) -> bool:
    """Tell whether the actor may publish editions of the figures: the installation itself and the central office."""
    return actor.kind is ActorKind.SYSTEM or actor.holds(Role.CENTRAL_OFFICE)

"""Who may see and do what with the registers. All that stands is public; what was withdrawn is said to be so."""

from enum import StrEnum

from parvis.core.actor import Actor, ActorKind
from parvis.disclosure.models import ClassOfRecords, PersonalInformationBank, Summary
from parvis.disclosure.models.summaries import SummaryQuerySet


class Permission(StrEnum):
    """What one may be allowed to do here."""

    LOAD_FILES = "disclosure:load"


def can_load_files(actor: Actor) -> bool:
    """Tell whether the actor may load files: the installation itself, and its staff."""
    return actor.kind is ActorKind.SYSTEM or (actor.kind is ActorKind.PERSON and actor.is_staff)


def can_see(actor: Actor, row: Summary | ClassOfRecords | PersonalInformationBank) -> bool:  # noqa: ARG001  # anyone may
    """Tell whether the actor may see what the row says."""
    return not row.is_withdrawn


def visible_to(actor: Actor) -> SummaryQuerySet:  # noqa: ARG001  # anyone may
    """Return the summaries that the actor may see: those that stand."""
    return Summary.objects.published()

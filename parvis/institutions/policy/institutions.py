"""Who may see and do what with institutions. All of them are public."""

from enum import StrEnum

from parvis.core.actor import Actor, ActorKind


class Permission(StrEnum):
    """What one may be allowed to do here."""

    LOAD_INSTITUTIONS = "institutions:load"


def can_load_institutions(actor: Actor) -> bool:
    """Return whether the actor may load facts about institutions: the installation itself, and its staff."""
    return actor.kind is ActorKind.SYSTEM or (actor.kind is ActorKind.PERSON and actor.is_staff)

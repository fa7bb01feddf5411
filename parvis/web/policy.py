"""Who may look after the installation: its administrators, who see no content of any case."""

from parvis.core.actor import Actor
from parvis.core.roles import Role


def can_maintain(actor: Actor) -> bool:
    """Tell whether the actor may see how the installation stands, and have failed tasks run again.

    There is one installation, so the row and the set are the same: all or nothing.
    """
    return actor.holds(Role.ADMINISTRATOR)

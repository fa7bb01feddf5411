"""Who may renew the keys of sealed data."""

from parvis.core.actor import Actor


def can_renew_key(actor: Actor) -> bool:
    """Only the installation itself, by its command: whoever may run that can read the key as well."""
    return actor.is_system

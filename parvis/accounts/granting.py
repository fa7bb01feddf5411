"""Where the roles of a person come from: rooms above know of roles and register a source here."""

from collections.abc import Callable, Iterable

from parvis.core.roles import PUBLIC_ROLES, Grant

GrantSource = Callable[[int], Iterable[Grant]]
_SOURCES: dict[str, GrantSource] = {}


def register_grants(name: str, source: GrantSource) -> None:
    """Register what gives the grants, in force today, of a person's id. A room calls it in `apps.py:ready()`."""
    _SOURCES[name] = source


def grants_of(person_id: int, *, is_strong: bool) -> tuple[Grant, ...]:
    """Return the grants that a session of this person may exercise: staff roles only after a second factor."""
    held = (grant for source in _SOURCES.values() for grant in source(person_id))
    return tuple(grant for grant in held if is_strong or grant.role in PUBLIC_ROLES)

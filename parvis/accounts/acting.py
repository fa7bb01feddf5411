"""In whose name a person acts: chosen explicitly, kept in the session, held against the grants at every request."""

from collections.abc import Callable
from dataclasses import dataclass

from parvis.core.bilingual import Text
from parvis.core.roles import Grant

SESSION_KEY = "acting_institution"
"""The name under which the session holds the chosen institution's id. Whoever switches writes it, nobody else."""


@dataclass(frozen=True, slots=True)
class Acting:
    """The institution in whose name a session acts."""

    institution_id: int
    title: Text


Resolver = Callable[[int | None, tuple[Grant, ...]], Acting | None]
_RESOLVERS: list[Resolver] = []


def register_acting_institution(resolver: Resolver) -> None:
    """Register what turns the chosen id (None: nothing chosen) and the grants in force into an institution, or none.

    A room calls it in `apps.py:ready()`; the last registered counts.
    """
    _RESOLVERS[:] = [resolver]


def acting_for(chosen: object, grants: tuple[Grant, ...]) -> Acting | None:
    """Return the institution acted for; never one that no grant in force names."""
    held = {grant.institution_id for grant in grants if grant.institution_id is not None}
    if not held or not _RESOLVERS:
        return None
    found = _RESOLVERS[0](chosen if isinstance(chosen, int) and chosen in held else None, grants)
    return found if found and found.institution_id in held else None

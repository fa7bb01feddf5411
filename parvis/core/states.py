"""A state machine is a table of transitions and one conditional UPDATE, so that two people cannot both win."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.core.errors import ParvisError


@dataclass(frozen=True, slots=True)
class Transition:
    """One named move from any of `sources` to `target`."""

    name: str
    sources: frozenset[str]
    target: str


class StaleStateError(ParvisError):
    """Somebody else moved it first, or it cannot move so from where it is."""

    def __init__(self, transition: Transition) -> None:
        self.transition = transition
        super().__init__(
            _("This has changed since you opened it. Reload the page to see where it stands now.")
        )


def advance(obj: models.Model, transition: Transition, /, **changes: Any) -> None:
    """Move `obj` (its field `state`) by one conditional UPDATE and set `changes` with it.

    `update()` skips `save()`, so pass every changed column. Raises StaleStateError when no row was in a source state.
    """
    manager = type(obj)._default_manager  # noqa: SLF001  # Django's documented name for it
    moved = manager.filter(pk=obj.pk, state__in=transition.sources).update(state=transition.target, **changes)
    if not moved:
        raise StaleStateError(transition)
    obj.refresh_from_db()

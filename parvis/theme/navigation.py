"""The ways through the site, at the head and the foot of every page. Rooms register theirs: theme knows none."""

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Place(Enum):
    """Where a way stands."""

    HEAD = "head"
    FOOT = "foot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to a page: the name of its address, its title, and the addresses that lie behind it."""

    name: str
    title: "_StrPromise"
    behind: tuple[str, ...] = ()

    def current(self, section: str) -> str:
        """Return `aria-current` for a page at `section`: page when it is this one, true when it lies behind it."""
        if section == self.name:
            return "page"
        return "true" if section in self.behind else ""


_WAYS: dict[Place, list[Way]] = {place: [] for place in Place}


def register_ways(place: Place, *ways: Way) -> None:
    """Add ways, in their order. A room calls it in `apps.py:ready()`."""
    known = {way.name for way in _WAYS[place]}
    _WAYS[place] += [way for way in ways if way.name not in known]


def ways(place: Place) -> tuple[Way, ...]:
    """Return the ways that stand there."""
    return tuple(_WAYS[place])

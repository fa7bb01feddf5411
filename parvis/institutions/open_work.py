"""What is open at an institution that merges or leaves: rooms above say how it is counted and moved."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parvis.core.actor import Actor

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWork:
    """One kind of open work: `count` by institution; `move` hands it to the successor, inside the transaction."""

    name: str
    title: "_StrPromise"  # in the plural: "open access requests"
    count: Callable[[int], int]
    move: Callable[[Actor, int, int], int]


_KINDS: dict[str, OpenWork] = {}


def register_open_work(kind: OpenWork) -> None:
    """Register a kind of open work. A room calls it in `apps.py:ready()`."""
    _KINDS[kind.name] = kind


def kinds_of_open_work() -> tuple[OpenWork, ...]:
    """Return every kind, in the order of registration."""
    return tuple(_KINDS.values())

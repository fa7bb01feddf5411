"""Who acts: a frozen value, built once at the edge, never `request.user` inside a rule."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """What kind of actor it is."""

    PUBLIC = "public"  # anyone, not signed in
    PERSON = "person"  # a signed-in person
    SYSTEM = "system"  # the installation itself: a command or a periodic task


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `name` is what the audit trail shows for a system actor ("parvis load summaries")."""

    kind: ActorKind
    person_id: int | None = None
    name: str = ""
    is_staff: bool = False

    @classmethod
    def public(cls) -> "Actor":
        """Return anyone who is not signed in."""
        return _PUBLIC

    @classmethod
    def system(cls, name: str) -> "Actor":
        """Return the installation acting by itself, under the name of the command or task."""
        return cls(ActorKind.SYSTEM, name=name)

    @classmethod
    def person(cls, person_id: int, *, is_staff: bool = False) -> "Actor":
        """Return a signed-in person."""
        return cls(ActorKind.PERSON, person_id=person_id, is_staff=is_staff)


_PUBLIC = Actor(ActorKind.PUBLIC)

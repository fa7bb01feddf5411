"""Who acts: a frozen value, built once at the edge, never `request.user` inside a rule."""

from dataclasses import dataclass
from enum import StrEnum

from parvis.core.roles import Grant, Role


class ActorKind(StrEnum):
    """What kind of actor it is."""

    PUBLIC = "public"  # anyone, not signed in
    PERSON = "person"  # a signed-in person
    SYSTEM = "system"  # the installation itself: a command or a periodic task


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `name` is what the audit trail shows for a system actor ("parvis load summaries").

    `grants` are the roles in force today that this session may exercise: none of a staff role before the second
    factor (`is_strong`). `institution_id` is the institution in whose name the person acts now, switched explicitly.
    """

    kind: ActorKind
    person_id: int | None = None
    name: str = ""
    is_staff: bool = False
    grants: tuple[Grant, ...] = ()
    institution_id: int | None = None
    is_strong: bool = False

    @classmethod
    def public(cls) -> "Actor":
        """Return anyone who is not signed in."""
        return _PUBLIC

    @classmethod
    def system(cls, name: str) -> "Actor":
        """Return the installation acting by itself, under the name of the command or task."""
        return cls(ActorKind.SYSTEM, name=name)

    @classmethod
    def person(
        cls,
        person_id: int,
        *,
        is_staff: bool = False,
        grants: tuple[Grant, ...] = (),
        institution_id: int | None = None,
        is_strong: bool = False,
    ) -> "Actor":
        """Return a signed-in person."""
        return cls(
            ActorKind.PERSON,
            person_id=person_id,
            is_staff=is_staff,
            grants=grants,
            institution_id=institution_id,
            is_strong=is_strong,
        )

    @property
    def is_system(self) -> bool:
        """Whether the installation itself acts."""
        return self.kind is ActorKind.SYSTEM

    def holds(self, *roles: Role, institution_id: int | None = None) -> bool:
        """Return whether one of `roles` is held for that institution; without one, for the whole installation."""
        return any(grant.role in roles and grant.institution_id == institution_id for grant in self.grants)

    def acts_for(self, institution_id: int | None, *roles: Role) -> bool:
        """Return whether one of `roles` is held for the institution and the person acts in its name now.

        To change anything for an institution one acts in its name; the page says which, and one switches explicitly.
        """
        return (
            institution_id is not None
            and self.institution_id == institution_id
            and self.holds(*roles, institution_id=institution_id)
        )

    def institutions(self, *roles: Role) -> frozenset[int]:
        """Return the ids of the institutions for which one of `roles` is held: the set that goes with `holds`."""
        return frozenset(
            grant.institution_id
            for grant in self.grants
            if grant.role in roles and grant.institution_id is not None
        )


_PUBLIC = Actor(ActorKind.PUBLIC)

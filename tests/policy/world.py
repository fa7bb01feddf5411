"""Who acts in the matrix: the right people, and the near misses beside each of them."""

from dataclasses import dataclass, field

from parvis.accounts.models import Person
from parvis.core.actor import Actor
from parvis.core.roles import Role
from parvis.institutions.models import Institution
from tests.institutions.factories import a_day, a_membership, a_person, acting, an_institution

PUBLIC, NOBODY = "the public", "signed in without a role"
HEAD, OFFICER, DELEGATE, AREA = "head", "officer", "delegate", "program area"
CENTRAL, AUDITOR, ADMINISTRATOR = "central office", "auditor", "administrator"
HEAD_THERE, OFFICER_THERE = "head of another institution", "officer of another institution"
PAST, FUTURE = "head until yesterday", "head from tomorrow"
WEAK = "head without a second factor"
WEAK_CENTRAL = "central office without a second factor"
PRIVACY, PRIVACY_THERE = "privacy officer", "privacy officer of another institution"
WEAK_ADMINISTRATOR = "administrator without a second factor"
OWNER, OWNER_THERE = "service owner", "service owner of another institution"
WEAK_OWNER = "service owner without a second factor"
EVERYBODY = (
    *(PUBLIC, NOBODY, HEAD, OFFICER, DELEGATE, AREA, CENTRAL, AUDITOR, ADMINISTRATOR),
    *(HEAD_THERE, OFFICER_THERE, PAST, FUTURE, WEAK, WEAK_CENTRAL),
    *(PRIVACY, PRIVACY_THERE, WEAK_ADMINISTRATOR),
    *(OWNER, OWNER_THERE, WEAK_OWNER),
)


@dataclass(frozen=True, slots=True)
class Somebody:
    """One who acts: the person, for which institution, and whether a second factor was shown."""

    person: Person | None
    institution: Institution | None = None
    is_strong: bool = True

    @property
    def actor(self) -> Actor:
        """The actor as the middleware makes it."""
        if self.person is None:
            return Actor.public()
        return acting(self.person, self.institution if self.is_strong else None, is_strong=self.is_strong)


@dataclass(frozen=True, slots=True)
class World:
    """Two institutions that know nothing of each other, and everybody."""

    here: Institution
    there: Institution
    people: dict[str, Somebody] = field(default_factory=dict)


def a_world() -> World:
    """Make the institutions and the people of the matrix."""
    here, there = an_institution(slug="here"), an_institution(slug="there")
    past = a_membership(Role.HEAD, here, until_on=a_day(-1)).person
    future = a_membership(Role.HEAD, here, from_on=a_day(1)).person
    people = {
        PUBLIC: Somebody(None),
        NOBODY: Somebody(a_person()),
        HEAD: Somebody(a_membership(Role.HEAD, here).person, here),
        OFFICER: Somebody(a_membership(Role.OFFICER, here).person, here),
        DELEGATE: Somebody(a_membership(Role.DELEGATE, here).person, here),
        AREA: Somebody(a_membership(Role.PROGRAM_AREA, here).person, here),
        CENTRAL: Somebody(a_membership(Role.CENTRAL_OFFICE).person),
        AUDITOR: Somebody(a_membership(Role.AUDITOR).person),
        ADMINISTRATOR: Somebody(a_membership(Role.ADMINISTRATOR).person),
        HEAD_THERE: Somebody(a_membership(Role.HEAD, there).person, there),
        OFFICER_THERE: Somebody(a_membership(Role.OFFICER, there).person, there),
        PAST: Somebody(past, here),
        FUTURE: Somebody(future, here),
        WEAK: Somebody(a_membership(Role.HEAD, here).person, here, is_strong=False),
        WEAK_CENTRAL: Somebody(a_membership(Role.CENTRAL_OFFICE).person, is_strong=False),
        PRIVACY: Somebody(a_membership(Role.PRIVACY_OFFICER, here).person, here),
        PRIVACY_THERE: Somebody(a_membership(Role.PRIVACY_OFFICER, there).person, there),
        WEAK_ADMINISTRATOR: Somebody(a_membership(Role.ADMINISTRATOR).person, is_strong=False),
        OWNER: Somebody(a_membership(Role.SERVICE_OWNER, here).person, here),
        OWNER_THERE: Somebody(a_membership(Role.SERVICE_OWNER, there).person, there),
        WEAK_OWNER: Somebody(a_membership(Role.SERVICE_OWNER, here).person, here, is_strong=False),
    }
    return World(here, there, people)

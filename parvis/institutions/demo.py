"""What the people of the demonstration do here: an officer, a head, the central office, an administrator."""

from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.accounts.demo import PEOPLE
from parvis.accounts.place import is_demonstration
from parvis.accounts.queries import person_by_address
from parvis.core.actor import Actor
from parvis.core.errors import ParvisError
from parvis.core.roles import Role
from parvis.institutions.actions.memberships import give_role
from parvis.institutions.actions.onboarding import invite_institution
from parvis.institutions.giving import Term
from parvis.institutions.models import Institution, Membership

ROLES: dict[
    str, tuple[tuple[Role, str], ...]
] = {  # by the person's key: the role, and the slug of the institution
    "officer": ((Role.OFFICER, "cic"), (Role.OFFICER, "aafc-aac")),
    "head": ((Role.HEAD, "cic"),),
    "central": ((Role.CENTRAL_OFFICE, ""),),
    "admin": ((Role.ADMINISTRATOR, ""),),
}
ON_BOARD = ("cic", "aafc-aac", "ssc-spc")


def load_demo_roles() -> int:
    """Give the people of the demonstration their roles and begin three onboardings; return how many roles were new."""
    if not is_demonstration():
        raise ParvisError(_("This is no demonstration: its people do not exist here."))
    actor, given = Actor.system("parvis load roles"), 0
    institutions = {row.slug: row for row in Institution.objects.filter(slug__in=ON_BOARD)}
    for row in institutions.values():
        invite_institution(actor=actor, institution=row)
    for one in PEOPLE:
        person = person_by_address(one.address)
        for role, slug in ROLES.get(one.key, ()) if person else ():
            institution = institutions.get(slug)
            if slug and institution is None:
                continue
            about = {"person": person, "role": str(role), "institution": institution}
            if person and not Membership.objects.filter(**about).not_over().exists():
                term = Term(role=role, institution=institution, from_on=timezone.localdate())
                give_role(actor=actor, person_id=person.pk, term=term)
                given += 1
    return given

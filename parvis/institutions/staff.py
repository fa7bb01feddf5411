"""The ways from the menu of the account and from the staff index to the pages of this room."""

from django.utils.translation import gettext_lazy as _

from parvis.accounts.menu import AccountWay
from parvis.core.actor import Actor
from parvis.core.roles import STAFF_ROLES, Role
from parvis.institutions.policy.memberships import SEES_ALL
from parvis.institutions.policy.onboarding import can_see_board
from parvis.theme.staff import StaffPage

RUNS_INSTALLATION = (*SEES_ALL, Role.ADMINISTRATOR)


def may_see_installation(actor: Actor) -> bool:
    """Tell whether the page of who runs the installation opens to the actor."""
    return actor.holds(*RUNS_INSTALLATION)


def holds_any(actor: Actor) -> bool:
    """Tell whether the actor holds any role of staff."""
    return any(grant.role in STAFF_ROLES for grant in actor.grants)


ROLES = AccountWay(name="act_for", title=_("Your roles"), may=holds_any)
PAGES = (
    StaffPage(
        name="board",
        title=_("Institutions on board"),
        description=_("See every institution with what it still lacks, and bring many on board at once."),
        may=can_see_board,
    ),
    StaffPage(
        name="installation_people",
        title=_("People of the installation"),
        description=_("See who runs the installation, and invite to its roles."),
        may=may_see_installation,
    ),
)

"""What roles are called, in their order, and who may give which: one table, read by the policy and shown on pages."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from parvis.core.roles import INSTALLATION_ROLES, STAFF_ROLES, Role

ROLE_TITLES = {
    Role.HEAD: _("Head of the institution"),
    Role.DELEGATE: _("Delegate"),
    Role.OFFICER: _("Access officer"),
    Role.REVIEWER: _("Reviewer"),
    Role.PRIVACY_OFFICER: _("Privacy officer"),
    Role.PROGRAM_AREA: _("Program area (office of primary interest)"),
    Role.SERVICE_OWNER: _("Service owner"),
    Role.DATA_PUBLISHER: _("Data publisher"),
    Role.CENTRAL_OFFICE: _("Central office"),
    Role.AUDITOR: _("Auditor"),
    Role.PARTNER: _("Partner application"),
    Role.ADMINISTRATOR: _("Administrator of the installation"),
}
ROLES_IN_ORDER = tuple(ROLE_TITLES)
ROLE_DUTIES = {
    Role.HEAD: _("Answers for the institution: invites its people, enters who decides what, approves."),
    Role.DELEGATE: _("Decides what the delegation instrument in force lets them decide."),
    Role.OFFICER: _("Receives and works access requests, and asks program areas for records."),
    Role.REVIEWER: _("Reads records and proposes what is to be withheld."),
    Role.PRIVACY_OFFICER: _("Looks after breaches, impact assessments and personal information banks."),
    Role.PROGRAM_AREA: _("Searches for records when asked, and hands them in."),
    Role.SERVICE_OWNER: _("Keeps the facts about a service and its standards."),
    Role.DATA_PUBLISHER: _("Publishes datasets."),
    Role.CENTRAL_OFFICE: _("Brings institutions on board and sees all of them on one board."),
    Role.AUDITOR: _("Reads the audit trail and who holds which role; changes nothing."),
    Role.PARTNER: _("Another organization’s application."),
    Role.ADMINISTRATOR: _("Runs the installation. Sees no case content."),
}
OF_INSTITUTION = tuple(role for role in ROLES_IN_ORDER if role not in INSTALLATION_ROLES)
OF_INSTALLATION = tuple(role for role in ROLES_IN_ORDER if role in INSTALLATION_ROLES)

# Who may give what. Nobody gives a role above their own. An administrator gives the roles of the installation, and
# the first head of an institution that has none: from then on the head invites.
GIVES: Mapping[Role, frozenset[Role]] = {
    Role.HEAD: frozenset(OF_INSTITUTION),
    Role.OFFICER: frozenset({Role.PROGRAM_AREA}),
    Role.CENTRAL_OFFICE: frozenset({*OF_INSTITUTION, Role.CENTRAL_OFFICE}),
    Role.ADMINISTRATOR: frozenset(OF_INSTALLATION),
}
GIVES_FIRST: Mapping[Role, frozenset[Role]] = {Role.ADMINISTRATOR: frozenset({Role.HEAD})}
SEES_COLLEAGUES = (
    Role.HEAD,
    Role.DELEGATE,
    Role.OFFICER,
    Role.REVIEWER,
    Role.PRIVACY_OFFICER,
)
"""Roles of an institution that see who else works there."""

if set(ROLE_TITLES) != STAFF_ROLES:
    raise ValueError("a role that is given has no title")

"""The closed vocabulary of roles, and what one holds of it. What a role may do is for rooms to decide."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is, for one institution or all. | Ce qu’une personne est, pour une institution ou toutes."""

    REQUESTER = "requester"
    REPRESENTATIVE = "representative"
    OFFICER = "officer"
    REVIEWER = "reviewer"
    DELEGATE = "delegate"
    HEAD = "head"
    PROGRAM_AREA = "program-area"  # office of primary interest
    PRIVACY_OFFICER = "privacy-officer"
    SERVICE_OWNER = "service-owner"
    DATA_PUBLISHER = "data-publisher"
    CENTRAL_OFFICE = "central-office"
    PARTNER = "partner"  # an application of another organization
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"  # runs the installation; sees no case content


INSTALLATION_ROLES = frozenset({Role.CENTRAL_OFFICE, Role.PARTNER, Role.AUDITOR, Role.ADMINISTRATOR})
"""Roles that are held for the whole installation, never for one institution."""
PUBLIC_ROLES = frozenset({Role.REQUESTER, Role.REPRESENTATIVE})
"""Roles of members of the public: held by what they do, never given by an institution."""
STAFF_ROLES = frozenset(Role) - PUBLIC_ROLES
"""Roles that are given, with dates, and exercised only in a session that has shown a second factor."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One role that is in force today. `institution_id` is None for a role held for the whole installation."""

    role: Role
    institution_id: int | None = None
    powers: frozenset[str] = frozenset()  # of a delegate: what the delegation instrument lets them decide

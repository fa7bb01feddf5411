"""The tables of this room, each in the file of its noun."""

from parvis.institutions.models.delegation import DelegatedPower, DelegationInstrument
from parvis.institutions.models.institutions import FormerName, Institution, Jurisdiction, Spelling
from parvis.institutions.models.memberships import Invitation, Membership
from parvis.institutions.models.onboarding import Onboarding, OnboardingFile, SelfCheck

__all__ = [
    "DelegatedPower",
    "DelegationInstrument",
    "FormerName",
    "Institution",
    "Invitation",
    "Jurisdiction",
    "Membership",
    "Onboarding",
    "OnboardingFile",
    "SelfCheck",
    "Spelling",
]

"""Pages and orders of staff that are about no row of the matrix: each with all whom it lets in, and nobody else.

With the outputs of the rows and with what is one's own, these are all addresses that ask for signing in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.policy.world import (
    ADMINISTRATOR,
    AUDITOR,
    CENTRAL,
    DELEGATE,
    HEAD,
    HEAD_THERE,
    OFFICER,
    OFFICER_THERE,
    OWNER,
    OWNER_THERE,
    PRIVACY,
    PRIVACY_THERE,
)


@dataclass(frozen=True, kw_only=True)
class Door:
    """One address: `may` names all who may open it, or, with `said`, give the order; others get a 404 or a refusal."""

    name: str
    address: str
    may: frozenset[str]
    said: Mapping[str, str] | None = None  # what is sent; None where the page is only opened
    refused: frozenset[str] = field(default_factory=frozenset)  # who may know of it and still may not: a 403


MAIL = frozenset({CENTRAL, ADMINISTRATOR})
PREPARING = frozenset({HEAD, OFFICER, CENTRAL})
OPENING = frozenset({HEAD, CENTRAL})
KNOWING = frozenset({HEAD, OFFICER, PRIVACY, CENTRAL, AUDITOR})  # of an onboarding
HERE = "/en/institutions/here"
DOORS = (
    Door(
        name="staff",
        address="/en/staff",
        may=frozenset({HEAD, OFFICER, DELEGATE, PRIVACY, OWNER, CENTRAL, AUDITOR, ADMINISTRATOR})
        | {HEAD_THERE, OFFICER_THERE, PRIVACY_THERE, OWNER_THERE},
    ),
    Door(name="maintenance", address="/fr/personnel/entretien", may=frozenset({ADMINISTRATOR})),
    Door(
        name="retry_job",
        address="/en/staff/maintenance/retry",
        may=frozenset({ADMINISTRATOR}),
        said={"job": ""},
    ),
    Door(
        name="unanswered",
        address="/en/staff/searches-without-an-answer",
        may=frozenset({OFFICER, OFFICER_THERE, CENTRAL}),
    ),
    Door(name="mail_templates", address="/en/staff/mail/messages", may=MAIL),
    Door(name="mail_template", address="/fr/personnel/courriels/messages/mail/trial", may=MAIL),
    Door(name="mail_template_html", address="/en/staff/mail/messages/mail/trial/fr.html", may=MAIL),
    Door(
        name="onboarding_file_new",
        address="/en/staff/institutions/file",
        may=frozenset({CENTRAL}),
    ),
    Door(
        name="institution_invite",
        address="/en/staff/institutions/there/invite",
        may=frozenset({CENTRAL}),
        said={},
        refused=frozenset({AUDITOR}),
    ),
    Door(name="institution_change", address="/en/staff/institutions/here/change", may=frozenset({CENTRAL})),
    Door(name="installation_invite", address="/en/staff/people/invite", may=MAIL),
    Door(name="invite", address=f"{HERE}/people/invite", may=PREPARING),
    Door(name="instrument_enter", address=f"{HERE}/delegation/enter/ca-atia", may=OPENING),
    Door(
        name="onboarding_section",
        address="/fr/institutions/here/integration/reponses/wording",
        may=PREPARING,
    ),
    Door(
        name="onboarding_test",
        address=f"{HERE}/onboarding/test",
        may=PREPARING,
        said={},
        refused=KNOWING - PREPARING,
    ),
    Door(
        name="onboarding_live",
        address=f"{HERE}/onboarding/live",
        may=OPENING,
        said={},
        refused=KNOWING - OPENING,
    ),
    Door(
        name="onboarding_pause",
        address=f"{HERE}/onboarding/pause",
        may=OPENING,
        said={"why": "flood"},
        refused=KNOWING - OPENING,
    ),
)
OWN = (
    *("sign_out", "account", "confirm", "confirm_send", "account_address", "account_address_code"),
    *("account_sessions", "account_sessions_end_others", "account_delete"),
    *("second_factors", "add_app", "add_passkey", "new_passkey_options", "remove_factor", "recovery_codes"),
    *("act_for", "access_own"),
)
"""Addresses about whoever has signed in, and about nobody else: they name no row."""
BY_TOKEN = ("invitation_accept",)
"""Addresses that hold what only the invited person was sent."""

"""Requests for tests: whole drafts, sent or not, and institutions that take them."""

from typing import Any

from parvis.access.answers import Answers, Asker, Requested
from parvis.access.intake.actions import send_draft, start_draft
from parvis.access.models import AccessRequest, Draft, Submission
from parvis.core.actor import Actor
from parvis.institutions.models import Institution, Onboarding
from tests.institutions.factories import an_institution

WORDS = "All e-mails about the closing of the Riverbend bridge"
ASKER = Asker(name="Robin Tremblay", email="robin@example.org", has_right=True)


def a_receiving_institution(*regimes: str, **given: Any) -> Institution:
    """Make an institution that is live, under the federal acts unless said otherwise; fees as given."""
    onboarding = {
        "fee_choice": given.pop("fee_choice", "none"),
        "languages": ["en", "fr"],
        "channels": ["portal"],
    } | {name: given.pop(name) for name in list(given) if name.startswith("fee_")}
    row = an_institution(**({"access_email": "access@example.org"} | given))
    Onboarding.objects.create(
        institution=row,
        state="live",
        regimes=list(regimes) or ["ca-atia", "ca-privacy-act"],
        welcome_en="Welcome",
        welcome_fr="Bienvenue",
        **onboarding,
    )
    return row


def some_answers(*institutions: Institution, **given: Any) -> Answers:
    """Return answers that can be sent as they are."""
    wanted: dict[str, Any] = {
        "institutions": tuple(one.slug for one in institutions),
        "requested": Requested(text=WORDS, period_from="2025-01-01", period_to="2025-12-31"),
        "asker": ASKER,
    }
    return Answers(**wanted | given)


def a_draft(*institutions: Institution, actor: Actor | None = None, **given: Any) -> tuple[Draft, str]:
    """Begin a draft; return it with its key."""
    return start_draft(actor=actor or Actor.public(), answers=some_answers(*institutions, **given))


def a_submission(
    *institutions: Institution, actor: Actor | None = None, **given: Any
) -> tuple[Submission, str]:
    """Send a draft; return the submission with its key."""
    actor = actor or Actor.public()
    draft, key = a_draft(*(institutions or (a_receiving_institution(),)), actor=actor, **given)
    return send_draft(actor=actor, draft=draft, key=key), key


def a_request(institution: Institution | None = None, **given: Any) -> AccessRequest:
    """Send a request to one institution, and return its part."""
    submission, _key = a_submission(institution or a_receiving_institution(), **given)
    return submission.parts.get()

"""What the people of the demonstration do here: an officer, a head, the central office, an administrator."""

from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.accounts.demo import PEOPLE
from parvis.accounts.place import is_demonstration
from parvis.accounts.queries import person_by_address
from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.core.errors import ParvisError
from parvis.core.roles import Role
from parvis.institutions.actions.memberships import give_role
from parvis.institutions.actions.onboarding import invite_institution
from parvis.institutions.events import InstitutionsEvent
from parvis.institutions.giving import Term
from parvis.institutions.models import Institution, Membership, Onboarding
from parvis.institutions.states import Channel, FeeChoice, OnboardingState

ROLES: dict[
    str, tuple[tuple[Role, str], ...]
] = {  # by the person's key: the role, and the slug of the institution
    "officer": ((Role.OFFICER, "cic"), (Role.OFFICER, "aafc-aac"), (Role.PRIVACY_OFFICER, "cic")),
    "head": ((Role.HEAD, "cic"),),
    "central": ((Role.CENTRAL_OFFICE, ""),),
    "admin": ((Role.ADMINISTRATOR, ""),),
}
ON_BOARD = ("cic", "aafc-aac", "ssc-spc")
LIVE: dict[str, tuple[tuple[str, ...], FeeChoice]] = {  # those that take requests in the demonstration
    "cic": (("ca-atia", "ca-privacy-act"), FeeChoice.STATUTE),
    "aafc-aac": (("ca-atia", "ca-privacy-act"), FeeChoice.NONE),
    "dfo-mpo": (("ca-atia", "ca-privacy-act"), FeeChoice.NONE),
    "hc-sc": (("ca-atia", "ca-privacy-act"), FeeChoice.NONE),
    "pch": (("ca-atia", "ca-privacy-act"), FeeChoice.NONE),
    "cra-arc": (("ca-atia", "ca-privacy-act"), FeeChoice.STATUTE),
    "bc-indigenous-relations": (("ca-bc",), FeeChoice.NONE),
    "toronto": (("ca-on-mfippa",), FeeChoice.STATUTE),
}
WELCOME = Text(
    "This is a demonstration: nobody answers what you ask here.",
    "Ceci est une démonstration\N{NO-BREAK SPACE}: personne ne répond à ce que vous demandez ici.",
)


def load_demo_roles() -> int:
    """Give the people of the demonstration their roles and begin three onboardings; return how many roles were new."""
    if not is_demonstration():
        raise ParvisError(_("This is no demonstration: its people do not exist here."))
    actor, given = Actor.system("parvis load roles"), 0
    institutions = {row.slug: row for row in Institution.objects.filter(slug__in=ON_BOARD)}
    for row in institutions.values():
        invite_institution(actor=actor, institution=row)
    _let_live(actor=actor)
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


@action
def _let_live(*, actor: Actor) -> None:
    """Let eight institutions take requests, without the way on board that real ones go: nobody works there."""
    require(actor.is_system and is_demonstration())
    for row in Institution.objects.filter(slug__in=LIVE):
        regimes, fees = LIVE[row.slug]
        onboarding = invite_institution(actor=actor, institution=row)
        changed = Onboarding.objects.filter(pk=onboarding.pk).exclude(state=OnboardingState.LIVE)
        is_new = changed.update(
            state=OnboardingState.LIVE,
            regimes=list(regimes),
            languages=["en", "fr"],
            fee_choice=fees,
            channels=[Channel.PORTAL],
            welcome_en=WELCOME.en,
            welcome_fr=WELCOME.fr,
            live_at=timezone.now(),
        )
        if is_new:
            append_event(InstitutionsEvent.WENT_LIVE, actor=actor, subject=row, institution=row.slug)

"""The messages of this room: what each may say, and how it is sent. No name and no address stands in any of them."""

from datetime import timedelta

from django.urls import reverse
from django.utils import translation

from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.core.roles import Role
from parvis.institutions.models import Invitation, Onboarding
from parvis.institutions.roles import ROLE_DUTIES, ROLE_TITLES
from parvis.mail.actions import send_mail
from parvis.mail.registry import MailField, MailTemplate
from parvis.theme.formats import day
from parvis.theme.jurisdiction import current_theme
from parvis.theme.page import absolute, current_language

INVITATION = MailTemplate(
    name="institutions/invitation",
    title=Text("Invitation to a role", "Invitation à une fonction"),
    context={
        "role": MailField(
            help=Text("The role.", "La fonction."),
            example=Text("Access officer", "Agent de l’accès"),
            is_personal=False,
        ),
        "duty": MailField(
            help=Text("What it is for, a sentence.", "À quoi elle sert, une phrase."),
            example=Text("Receives and works access requests.", "Reçoit et traite les demandes d’accès."),
            is_personal=False,
        ),
        "place": MailField(
            help=Text("The institution, or the site.", "L’institution, ou le site."),
            example=Text("Department of Rivers", "Ministère des Rivières"),
            is_personal=False,
        ),
        "url": MailField(
            help=Text(
                "Where one accepts; it works once.", "Où l’on accepte ; l’adresse ne sert qu’une fois."
            ),
            example=Text(
                "https://parvis.example.org/en/invitations/accept/EXAMPLE",
                "https://parvis.example.org/fr/invitations/accepter/EXEMPLE",
            ),
        ),
        "until": MailField(
            help=Text("The last day on which it works.", "Le dernier jour où elle fonctionne."),
            example=Text("March 1, 2027", "1er mars 2027"),
            is_personal=False,
        ),
    },
    useful_for=timedelta(days=14),
)
TEST = MailTemplate(
    name="institutions/test",
    title=Text("Test before going live", "Essai avant la mise en service"),
    context={
        "place": MailField(
            help=Text("The institution.", "L’institution."),
            example=Text("Department of Rivers", "Ministère des Rivières"),
            is_personal=False,
        ),
        "url": MailField(
            help=Text("Where one says that it arrived.", "Où l’on dit qu’il est arrivé."),
            example=Text(
                "https://parvis.example.org/en/onboarding/received/EXAMPLE",
                "https://parvis.example.org/fr/integration/recu/EXEMPLE",
            ),
        ),
    },
    useful_for=timedelta(days=7),
)
ALL = (INVITATION, TEST)


def invitation(*, actor: Actor, row: Invitation, token: str) -> None:
    """Send an invitation in its language."""
    with translation.override(row.language):
        language = current_language()
        title = row.institution.title if row.institution else current_theme().name
        context: dict[str, str | int] = {
            "role": str(ROLE_TITLES[Role(row.role)]),
            "duty": str(ROLE_DUTIES[Role(row.role)]),
            "place": title.shown(language).text,
            "url": absolute(reverse("invitation_accept", args=[token])),
            "until": day(row.expires_at, language),
        }
    send_mail(
        actor=actor, template=INVITATION.name, address=row.address, language=row.language, context=context
    )


def test_message(*, actor: Actor, onboarding: Onboarding, address: str, token: str) -> None:
    """Send the message of a test, in the first of the institution's working languages."""
    language = "fr" if onboarding.languages[:1] == ["fr"] else "en"
    with translation.override(language):
        context: dict[str, str | int] = {
            "place": onboarding.institution.title.shown(current_language()).text,
            "url": absolute(reverse("onboarding_received", args=[token])),
        }
    send_mail(actor=actor, template=TEST.name, address=address, language=language, context=context)

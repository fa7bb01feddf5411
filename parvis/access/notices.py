"""The messages of this room. None holds a name, an address or anything of what was asked."""

from datetime import timedelta

from django.urls import reverse
from django.utils import translation

from parvis.access.answers import Asker
from parvis.access.models import AccessRequest, Draft, Submission
from parvis.core.actor import Actor
from parvis.core.bilingual import Language, Text
from parvis.mail.actions import send_mail
from parvis.mail.registry import MailField, MailTemplate
from parvis.theme import formats
from parvis.theme.page import absolute

URL = MailField(
    help=Text(
        "Where one follows the request; only they have it.",
        "Où l’on suit la demande\N{NO-BREAK SPACE}; seule la personne l’a.",
    ),
    example=Text(
        "https://parvis.example.org/en/requests/back/EXAMPLE",
        "https://parvis.example.org/fr/demandes/retour/EXEMPLE",
    ),
)
NUMBERS = MailField(
    help=Text("The numbers of the requests.", "Les numéros des demandes."),
    example=Text("CIC-A-2026-00012, AAFC-AAC-A-2026-00003", "CIC-A-2026-00012, AAFC-AAC-A-2026-00003"),
    is_personal=False,
)
RECEIVED = MailTemplate(
    name="access/received",
    title=Text("Your request was received", "Votre demande a été reçue"),
    context={"numbers": NUMBERS, "url": URL},
    useful_for=timedelta(days=14),
)
FEE_WAITING = MailTemplate(
    name="access/fee_waiting",
    title=Text("Your request waits for its fee", "Votre demande attend le paiement des droits"),
    context={
        "numbers": NUMBERS,
        "url": URL,
        "days": MailField(
            help=Text("Days until it lapses.", "Jours avant qu’elle devienne caduque."),
            example=30,
            is_personal=False,
        ),
    },
    useful_for=timedelta(days=14),
)
ARRIVED = MailTemplate(
    name="access/arrived",
    title=Text("A request arrived", "Une demande est arrivée"),
    context={
        "number": MailField(
            help=Text("The number of the request.", "Le numéro de la demande."),
            example=Text("CIC-A-2026-00012", "CIC-A-2026-00012"),
            is_personal=False,
        ),
        "url": MailField(
            help=Text("Where officers open it.", "Où les agents l’ouvrent."),
            example=Text(
                "https://parvis.example.org/en/cases/EXAMPLE",
                "https://parvis.example.org/fr/dossiers/EXEMPLE",
            ),
            is_personal=False,
        ),
    },
    useful_for=timedelta(days=14),
)
DRAFT_LINK = MailTemplate(
    name="access/draft_link",
    title=Text("Continue your request", "Continuer votre demande"),
    context={
        "url": URL,
        "until": MailField(
            help=Text("The last day of the draft.", "Le dernier jour du brouillon."),
            example=Text("June 28, 2026", "28\N{NO-BREAK SPACE}juin 2026"),
            is_personal=False,
        ),
    },
)
OWN_LINKS = MailTemplate(
    name="access/own_links",
    title=Text("The links to your requests", "Les liens vers vos demandes"),
    context={
        "links": MailField(
            help=Text("The private links, one a line.", "Les liens privés, un par ligne."),
            example=Text(
                "https://parvis.example.org/en/requests/back/EXAMPLE",
                "https://parvis.example.org/fr/demandes/retour/EXEMPLE",
            ),
        )
    },
)
ALL = (RECEIVED, FEE_WAITING, ARRIVED, DRAFT_LINK, OWN_LINKS)


def follow_url(submission: Submission, language: Language, key: str) -> str:
    """Return the address at which a submission is followed: with its key for a guest, behind sign-in for an account."""
    with translation.override(language):
        if submission.requester.person_id is not None:
            return absolute(reverse("access_submission", args=[submission.public_id]))
        return absolute(reverse("access_back", args=[key]))


def received(*, actor: Actor, submission: Submission, asker: Asker, key: str, numbers: list[str]) -> None:
    """Tell the requester that their request was received."""
    _tell(RECEIVED, actor, submission, asker, key, {"numbers": ", ".join(numbers)})


def fee_waiting(
    *, actor: Actor, submission: Submission, asker: Asker, key: str, numbers: list[str], days: int
) -> None:
    """Tell the requester that their request waits for its fee, and where to pay it."""
    _tell(FEE_WAITING, actor, submission, asker, key, {"numbers": ", ".join(numbers), "days": days})


def _tell(
    template: MailTemplate,
    actor: Actor,
    submission: Submission,
    asker: Asker,
    key: str,
    context: dict[str, str | int],
) -> None:
    if not asker.email:
        return
    language: Language = "fr" if submission.language == "fr" else "en"
    send_mail(
        actor=actor,
        template=template.name,
        address=asker.email,
        language=language,
        context={**context, "url": follow_url(submission, language, key)},
        person_id=submission.requester.person_id,
    )


def draft_link(*, actor: Actor, draft: Draft, key: str, address: str, language: Language) -> None:
    """Send the private link of a draft, and say until when it is kept."""
    with translation.override(language):
        url = absolute(reverse("access_back", args=[key]))
    context: dict[str, str | int] = {"url": url, "until": formats.day(draft.expires_on, language)}
    send_mail(actor=actor, template=DRAFT_LINK.name, address=address, language=language, context=context)


def own_links(*, actor: Actor, links: list[str], address: str, language: Language) -> None:
    """Send the private links of what was sent with this address."""
    context: dict[str, str | int] = {"links": "\n".join(links)}
    send_mail(actor=actor, template=OWN_LINKS.name, address=address, language=language, context=context)


def arrived(*, actor: Actor, row: AccessRequest, address: str, language: Language) -> None:
    """Tell the access office that a request arrived; what it asks stands behind sign-in."""
    if not address:
        return
    with translation.override(language):
        url = absolute(reverse("access_case", args=[row.public_id]))
    send_mail(
        actor=actor,
        template=ARRIVED.name,
        address=address,
        language=language,
        context={"number": row.number, "url": url},
    )

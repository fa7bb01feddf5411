"""How drafts, requests and attachments stand, and the named moves between."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.core.states import Transition


class RequestKind(models.TextChoices):
    """What is asked for. | Ce qui est demandé."""

    RECORDS = "records", _("Records of an institution")
    OWN = "own", _("My own personal information")
    OTHER = "other", _("Someone else’s personal information, with their consent")
    CORRECTION = "correction", _("A correction of my personal information")
    COPY = "copy", _("A copy of what was already released")


PERSONAL_KINDS = frozenset({RequestKind.OWN, RequestKind.OTHER, RequestKind.CORRECTION})
"""Kinds for which the institution must know whose information it is."""


class RequestState(models.TextChoices):
    """Where a request stands with its institution. | Où en est une demande auprès de l’institution."""

    AWAITING_FEE = "awaiting-fee", _("Waiting for its fee")
    RECEIVED = "received", _("Received")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed: the fee was not paid")


RECEIVE = Transition("receive", frozenset({RequestState.AWAITING_FEE}), RequestState.RECEIVED)
WITHDRAW = Transition(
    "withdraw", frozenset({RequestState.AWAITING_FEE, RequestState.RECEIVED}), RequestState.WITHDRAWN
)
LAPSE = Transition("lapse", frozenset({RequestState.AWAITING_FEE}), RequestState.LAPSED)
REQUEST_TRANSITIONS = (RECEIVE, WITHDRAW, LAPSE)
FIRST_STATES = frozenset({RequestState.AWAITING_FEE, RequestState.RECEIVED})
ENDED = frozenset({RequestState.WITHDRAWN, RequestState.LAPSED})


class DraftState(models.TextChoices):
    """Where a draft stands. A draft that is given up is deleted at once. | Où en est un brouillon."""

    OPEN = "open", _("Being written")
    SENT = "sent", _("Sent")


SEND = Transition("send", frozenset({DraftState.OPEN}), DraftState.SENT)
DRAFT_TRANSITIONS = (SEND,)


class AttachmentState(models.TextChoices):
    """Whether a file may be opened. | Si un fichier peut être ouvert."""

    QUARANTINED = "quarantined", _("Held until it is scanned")
    CLEAN = "clean", _("Scanned: nothing was found")
    REFUSED = "refused", _("Refused: something harmful was found, and it was deleted")


CLEAR = Transition("clear", frozenset({AttachmentState.QUARANTINED}), AttachmentState.CLEAN)
REFUSE = Transition("refuse", frozenset({AttachmentState.QUARANTINED}), AttachmentState.REFUSED)
ATTACHMENT_TRANSITIONS = (CLEAR, REFUSE)


class Purpose(models.TextChoices):
    """Why a file was attached. | Raison pour laquelle un fichier a été joint."""

    SUPPORT = "support", _("Explains the request")
    IDENTITY = "identity", _("Proves who somebody is")
    CONSENT = "consent", _("Consent or authority to act for somebody")


class PaidBy(models.TextChoices):
    """How a fee came that was not paid by card. | De quelle façon des droits sont arrivés autrement que par carte."""

    CHEQUE = "cheque", _("By cheque or money order")
    COUNTER = "counter", _("At the office")
    OTHER = "other", _("In another way")


class Waiver(models.TextChoices):
    """Whether the fee was asked to be waived. | Dispense des droits."""

    NONE = "", _("Not asked")
    ASKED = "asked", _("Asked; the institution decides")


class RecordFormat(models.TextChoices):
    """How one would like to have the records. | Forme sous laquelle on souhaite les documents."""

    ELECTRONIC = "electronic", _("As files")
    PAPER = "paper", _("On paper, by mail")
    INSPECT = "inspect", _("By looking at them on site")


class RecordsLanguage(models.TextChoices):
    """In which language one would like to have the records. | Langue souhaitée des documents."""

    ANY = "any", _("As they exist")
    EN = "en", _("In English")
    FR = "fr", _("In French")


class Category(models.TextChoices):
    """What kind of requester one is, for statistics; nobody has to say. | Catégorie du demandeur."""

    PUBLIC = "public", _("Member of the public")
    MEDIA = "media", _("Media")
    ACADEMIA = "academia", _("Academia")
    BUSINESS = "business", _("Business, private sector")
    ORGANIZATION = "organization", _("Organization")
    DECLINED = "declined", _("I would rather not say")


class Relation(models.TextChoices):
    """How two requests go together. | Lien entre deux demandes."""

    SIMILAR = "similar", _("Similar")
    FOLLOWS = "follows", _("Follows from")


class Outcome(models.TextChoices):
    """What came of a journey before asking, counted without who. | Issue d’un parcours, comptée sans savoir qui."""

    SHOWN = "shown", _("Released records were shown")
    OPENED = "opened", _("A released record was opened")
    SATISFIED = "satisfied", _("It was what one needed: nothing was filed")
    FILED = "filed", _("A request was filed all the same")

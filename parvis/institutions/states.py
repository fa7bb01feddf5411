"""What a jurisdiction and an institution are; how invitations and onboardings move, as tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.core.states import Transition


class JurisdictionKind(models.TextChoices):
    """The order of government. | L’ordre de gouvernement."""

    FEDERAL = "federal", _("Federal")
    PROVINCE = "province", _("Province")
    TERRITORY = "territory", _("Territory")
    MUNICIPALITY = "municipality", _("Municipality")


class InstitutionKind(models.TextChoices):
    """What sort of body it is. | Le genre d’organisme."""

    DEPARTMENT = "department", _("Department or ministry")
    AGENCY = "agency", _("Agency or commission")
    TRIBUNAL = "tribunal", _("Tribunal or review body")
    OFFICER = "officer", _("Agent or officer of Parliament or of a legislature")
    CROWN_CORPORATION = "crown-corporation", _("Crown corporation")
    PORT_AUTHORITY = "port-authority", _("Port authority")
    BOARD = "board", _("Land, water or resource board")
    FOUNDATION = "foundation", _("Foundation or institute")
    CENTRAL_OFFICE = "central-office", _("Office of the first minister or central office")
    MUNICIPALITY = "municipality", _("Municipal government")


class State(models.TextChoices):
    """Whether the body still stands. | Si l’organisme existe encore."""

    ACTIVE = "active", _("Active")
    MERGED = "merged", _("Merged into another institution")
    CLOSED = "closed", _("Closed")


class Schedule(models.TextChoices):
    """How a statute names the institution, where its schedule matters.

    Source: Access to Information Act (R.S.C. 1985, c. A-1), Schedule I and section 3, "government institution".
    """

    NONE = "", _("Not stated")
    DEPARTMENT = (
        "ca-atia-1-departments",
        _("Access to Information Act, Schedule I: departments and ministries of state"),
    )
    OTHER = "ca-atia-1-others", _("Access to Information Act, Schedule I: other government institutions")
    CROWN_CORPORATION = (
        "ca-atia-3",
        _("Access to Information Act, section 3: Crown corporations and subsidiaries"),
    )


class NameProvenance(models.TextChoices):
    """Where a name in one language comes from. | D’où vient un nom dans une langue."""

    SOURCE = "source", _("As the institution gives it")
    HUMAN = "human", _("Our translation")


class InvitationState(models.TextChoices):
    """What became of an invitation. | Ce qu’il est advenu d’une invitation."""

    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    REVOKED = "revoked", _("Revoked")


ACCEPT = Transition("accept", frozenset({InvitationState.SENT}), InvitationState.ACCEPTED)
REVOKE = Transition("revoke", frozenset({InvitationState.SENT}), InvitationState.REVOKED)
INVITATION_TRANSITIONS = (ACCEPT, REVOKE)


class OnboardingState(models.TextChoices):
    """How far an institution has come on board. | Où en est l’intégration d’une institution."""

    INVITED = "invited", _("Invited")
    PREPARING = "preparing", _("Preparing")
    TESTING = "testing", _("Testing")
    LIVE = "live", _("Live")
    PAUSED = "paused", _("Paused")
    LEFT = "left", _("Left")


PREPARE = Transition(
    "prepare", frozenset({OnboardingState.INVITED, OnboardingState.TESTING}), OnboardingState.PREPARING
)
TEST = Transition(
    "test",
    frozenset({OnboardingState.INVITED, OnboardingState.PREPARING, OnboardingState.TESTING}),
    OnboardingState.TESTING,
)
GO_LIVE = Transition(
    "go-live", frozenset({OnboardingState.TESTING, OnboardingState.PAUSED}), OnboardingState.LIVE
)
PAUSE = Transition("pause", frozenset({OnboardingState.LIVE}), OnboardingState.PAUSED)
LEAVE = Transition("leave", frozenset(OnboardingState) - {OnboardingState.LEFT}, OnboardingState.LEFT)
COME_BACK = Transition("come-back", frozenset({OnboardingState.LEFT}), OnboardingState.PREPARING)
ONBOARDING_TRANSITIONS = (PREPARE, TEST, GO_LIVE, PAUSE, LEAVE, COME_BACK)


class FeeChoice(models.TextChoices):
    """Which fees an institution asks for. | Quels frais une institution demande."""

    STATUTE = "statute", _("What the statute provides")
    REDUCED = "reduced", _("Less than the statute provides")
    NONE = "none", _("None: everything is free of charge")


class FeeMeans(models.TextChoices):
    """How an institution takes a fee. | De quelle façon une institution perçoit des droits."""

    CARD = "card", _("By card, on this site")
    CHEQUE = "cheque", _("By cheque or money order, by mail")
    COUNTER = "counter", _("At its office")


class Channel(models.TextChoices):
    """How requests reach an institution. | Comment les demandes parviennent à une institution."""

    PORTAL = "portal", _("Here, on this site")
    EMAIL = "email", _("By e-mail to its access office")
    SYSTEM = "system", _("In its own system, by the API")

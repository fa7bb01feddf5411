"""What a jurisdiction is, what an institution is, and whether it still stands. Choices only; nothing moves by hand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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

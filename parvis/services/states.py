"""What a file can hold, and the words that search and severities use."""

from django.db import models
from django.utils.translation import gettext_lazy as _

INVENTED_SOURCE = "sample"  # what comes under this name was written by us and is shown as invented
SERVICE_KIND = "service"  # what search calls a service


class Holds(models.TextChoices):
    """What a file holds."""

    SERVICES = "services", _("Services of a year")
    STANDARDS = "standards", _("Service standards and their results")
    REGISTER = "register", _("Register of service identifiers")
    PROGRAMS = "programs", _("Program codes")
    SERVICE_PROGRAMS = "service_programs", _("Programs of services")


class Severity(models.TextChoices):
    """How much a finding of quality weighs. | Ce que pèse un constat de qualité."""

    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")
    SUGGESTION = "suggestion", _("Suggestion")


class MeasureKind(models.TextChoices):
    """What a department may measure of a service beside the yearly record."""

    SATISFACTION = "satisfaction", _("Satisfaction")
    COMPLETION = "completion", _("Completion rate")
    COST_PER_TRANSACTION = "cost_per_transaction", _("Cost per transaction")

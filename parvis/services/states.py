"""The states of a load, what a file can hold, and the words that search and severities use."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.core.states import Transition

INVENTED_SOURCE = "sample"  # what comes under this name was written by us and is shown as invented
SERVICE_KIND = "service"  # what search calls a service


class LoadState(models.TextChoices):
    """Where a load stands."""

    RUNNING = "running", _("Running")
    COMPLETED = "completed", _("Completed")
    INTERRUPTED = "interrupted", _("Interrupted; a later load went on from there")


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


COMPLETE = Transition("complete", frozenset({LoadState.RUNNING.value}), LoadState.COMPLETED.value)
INTERRUPT = Transition("interrupt", frozenset({LoadState.RUNNING.value}), LoadState.INTERRUPTED.value)
TRANSITIONS = (COMPLETE, INTERRUPT)

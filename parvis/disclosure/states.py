"""The states of a load, and what a load can hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.core.states import Transition

INVENTED_SOURCE = "sample"  # what comes under this name was written by us and is shown as invented


SUMMARY_KIND = "summary"  # what search calls a summary


class LoadState(models.TextChoices):
    """Where a load stands."""

    RUNNING = "running", _("Running")
    COMPLETED = "completed", _("Completed")
    INTERRUPTED = "interrupted", _("Interrupted; a later load went on from there")


class Holds(models.TextChoices):
    """What a file holds."""

    SUMMARIES = "summaries", _("Summaries of completed requests")
    HOLDINGS = "holdings", _("Classes of records and personal information banks")


class HoldingKind(models.TextChoices):
    """The kinds of holdings that Info Source describes. | Les genres d’éléments que décrit Info Source."""

    CLASS_OF_RECORDS = "class_of_records", _("Class of records")
    PERSONAL_INFORMATION_BANK = "personal_information_bank", _("Personal information bank")


COMPLETE = Transition("complete", frozenset({LoadState.RUNNING.value}), LoadState.COMPLETED.value)
INTERRUPT = Transition("interrupt", frozenset({LoadState.RUNNING.value}), LoadState.INTERRUPTED.value)
TRANSITIONS = (COMPLETE, INTERRUPT)

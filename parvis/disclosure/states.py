"""What a load can hold, and the words that search uses."""

from django.db import models
from django.utils.translation import gettext_lazy as _

INVENTED_SOURCE = "sample"  # what comes under this name was written by us and is shown as invented
SUMMARY_KIND = "summary"  # what search calls a summary


class Holds(models.TextChoices):
    """What a file holds."""

    SUMMARIES = "summaries", _("Summaries of completed requests")
    HOLDINGS = "holdings", _("Classes of records and personal information banks")


class HoldingKind(models.TextChoices):
    """The kinds of holdings that Info Source describes. | Les genres d’éléments que décrit Info Source."""

    CLASS_OF_RECORDS = "class_of_records", _("Class of records")
    PERSONAL_INFORMATION_BANK = "personal_information_bank", _("Personal information bank")

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.access.states import Outcome


class NumberSeries(models.Model):
    """The last number that an institution gave in one year to one kind of request: none twice, none left out."""

    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    letter = models.CharField(max_length=1)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "letter", "year"],
                name="access_series_is_unique",
                violation_error_message=_("This series of numbers stands already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.letter}-{self.year}: {self.last}"


class JourneyCount(models.Model):
    """How often a journey before asking came to something on one day. Who went it is neither taken nor kept."""

    on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of journeys")
        verbose_name_plural = _("counts of journeys")
        constraints = [
            models.UniqueConstraint(
                fields=["on", "outcome"],
                name="access_journey_count_is_unique",
                violation_error_message=_("This day is counted already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.outcome}: {self.times}"

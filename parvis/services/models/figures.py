from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DataChange(models.Model):
    """One statement that changed rows of a fiscal year: triggers of the database write it, in the change’s transaction.

    Rows are only added, so that writers never wait for each other; the last number and how many there are, taken
    together, are the version of a year’s rows. Year 0 is for services and standards themselves: names and owners.
    """

    year = models.PositiveSmallIntegerField(_("fiscal year"))

    class Meta:
        verbose_name = _("change of a year’s rows")
        verbose_name_plural = _("changes of years’ rows")
        ordering = ["pk"]
        indexes = [models.Index(fields=["year", "id"], name="services_changes_of")]

    def __str__(self) -> str:
        return f"{self.year} {self.pk}"


class FigureValues(models.Model):
    """What a figure says: see `indicators.evaluator.Result`. Current figures and those of editions share it."""

    indicator = models.CharField(_("indicator"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version of its definition"))
    numerator = models.FloatField(_("numerator"))
    denominator = models.FloatField(_("denominator"), null=True, blank=True)
    value = models.FloatField(_("value"), null=True, blank=True)
    rows = models.PositiveIntegerField(_("rows in scope"))
    measured = models.PositiveIntegerField(_("rows that say something"))
    not_applicable = models.PositiveIntegerField(_("rows that do not apply (NA)"))
    no_data = models.PositiveIntegerField(_("rows without data collected (ND)"))
    blank = models.PositiveIntegerField(_("rows left blank"))
    alternatives = models.JSONField(_("under other denominators"), default=dict, blank=True)

    class Meta:
        abstract = True


class StoredFigure(FigureValues):
    """A figure as last calculated, for one institution or for all. It stands while its year's rows do not change."""

    year = models.PositiveSmallIntegerField(_("fiscal year"))
    institution = models.CharField(
        _("institution"), max_length=60, blank=True
    )  # its slug; empty: all together
    data_version = models.CharField(_("version of the rows it was calculated from"), max_length=60)

    class Meta:
        verbose_name = _("calculated figure")
        verbose_name_plural = _("calculated figures")
        indexes = [models.Index(fields=["institution", "year"], name="services_figures_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year", "institution"],
                name="services_figure_is_unique",
                violation_error_message=_("This figure is calculated already."),
            ),
            models.CheckConstraint(
                condition=~Q(indicator=""),
                name="services_figure_has_an_indicator",
                violation_error_message=_("A figure belongs to an indicator."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year} {self.institution}"

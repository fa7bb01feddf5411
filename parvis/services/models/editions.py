from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import Text
from parvis.core.public_id import new_public_id
from parvis.services.models.figures import FigureValues
from parvis.services.models.loads import Snapshot
from parvis.services.values import fiscal_year

if TYPE_CHECKING:
    from typing import Self


class EditionQuerySet(models.QuerySet["Edition"]):
    """Sets of editions."""

    def of_year(self, year: int) -> Self:
        """Those of one fiscal year, the first one first."""
        return self.filter(year=year).order_by("number")

    def latest_first(self) -> Self:
        """Order by publication, the latest first."""
        return self.order_by("-published_at", "-pk")


class Edition(models.Model):
    """The figures of a fiscal year as they were published, frozen with their rows. A later edition never changes it.

    Its rows and figures are written before it, under a number drawn for it: once it stands, triggers of the database
    refuse every change to it and to them.
    """

    public_id = models.CharField(
        _("public identifier"), max_length=16, unique=True, default=new_public_id, editable=False
    )
    year = models.PositiveSmallIntegerField(_("fiscal year"))
    number = models.PositiveSmallIntegerField(_("number of the edition"))
    as_of = models.DateField(_("date of the data"))
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="editions"
    )
    previous = models.OneToOneField(
        "services.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="next"
    )
    why_en = models.TextField(_("reason in English"))
    why_fr = models.TextField(_("reason in French"))
    rows_hash = models.CharField(_("SHA-256 of its rows"), max_length=64)
    services = models.PositiveIntegerField(_("services"))
    standards = models.PositiveIntegerField(_("standards"))
    published_at = models.DateTimeField(_("published"), db_default=Now())

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                name="services_edition_is_numbered_once",
                violation_error_message=_("This edition is published already."),
            ),
            models.CheckConstraint(
                condition=Q(number=1, previous__isnull=True) | Q(number__gt=1, previous__isnull=False),
                name="services_edition_follows_another",
                violation_error_message=_("Every edition but the first follows another."),
            ),
            models.CheckConstraint(
                condition=~Q(why_en="") & ~Q(why_fr=""),
                name="services_edition_says_why",
                violation_error_message=_("An edition says in both languages why it is published."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_yr} {self.number}"

    @property
    def fiscal_yr(self) -> str:
        """The fiscal year as files write it: 2023-2024."""
        return fiscal_year(self.year)

    @property
    def why(self) -> Text:
        """Why it was published."""
        return Text(self.why_en, self.why_fr)


class EditionRow(models.Model):
    """A row as an edition froze it: the fields that formulas read, by their official names, as text."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="rows")
    is_standard = models.BooleanField(_("a standard, else a service"))
    key = models.CharField(_("public identifier of what it is of"), max_length=16)
    service_key = models.CharField(_("public identifier of its service"), max_length=16)
    institution = models.CharField(_("institution"), max_length=60, blank=True)  # its slug
    year = models.PositiveSmallIntegerField(_("fiscal year"))  # a file may hold a few rows of other years
    cells = models.JSONField(_("cells"))
    digest = models.CharField(_("SHA-256 of the row"), max_length=64)

    class Meta:
        verbose_name = _("row of an edition")
        verbose_name_plural = _("rows of editions")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "is_standard", "key", "year"],
                name="services_edition_row_is_unique",
                violation_error_message=_("This row is in the edition already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.key}"


class EditionFigure(FigureValues):
    """A figure as an edition published it. `rows_hash` is that of the rows it counts."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="figures")
    institution = models.CharField(
        _("institution"), max_length=60, blank=True
    )  # its slug; empty: all together
    rows_hash = models.CharField(_("SHA-256 of the rows in scope"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("figure of an edition")
        verbose_name_plural = _("figures of editions")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "indicator", "institution"],
                name="services_edition_figure_is_unique",
                violation_error_message=_("This figure is in the edition already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.indicator} {self.institution}"

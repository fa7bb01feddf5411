from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import Text

if TYPE_CHECKING:
    from datetime import date

LANGUAGES = [("en", _("English")), ("fr", _("French"))]


class DemandQuerySet(models.QuerySet["Demand"]):
    """Sets of what copies were asked of."""

    def most_asked_first(self) -> DemandQuerySet:
        """Order by how often, then by number."""
        return self.order_by("-copies", "request_number", "identifier")


class Demand(models.Model):
    """How often the public asked for a copy of one released package, as the official file counts it."""

    identifier = models.CharField(_("identifier in the file"), max_length=64, unique=True)
    request_number = models.CharField(_("request number"), max_length=200)
    publisher_code = models.CharField(_("publisher"), max_length=60, blank=True)
    institution = models.ForeignKey(
        "institutions.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("institution"),
    )
    summary_en = models.TextField(_("summary in English"), blank=True)
    summary_fr = models.TextField(_("summary in French"), blank=True)
    copies = models.PositiveIntegerField(_("copies asked for"), default=0)

    objects = DemandQuerySet.as_manager()

    class Meta:
        verbose_name = _("demand for copies")
        verbose_name_plural = _("demands for copies")
        indexes = [models.Index(fields=["request_number"], name="recommend_demand_number")]

    def __str__(self) -> str:
        return f"{self.publisher_code} {self.request_number}"

    @property
    def text(self) -> Text:
        """The summary in both languages, as far as there is one."""
        return Text(self.summary_en, self.summary_fr)


class DemandMonth(models.Model):
    """How often in one month."""

    demand = models.ForeignKey("recommend.Demand", on_delete=models.CASCADE, related_name="months")
    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"))
    copies = models.PositiveIntegerField(_("copies asked for"))

    class Meta:
        verbose_name = _("demand of a month")
        verbose_name_plural = _("demands of months")
        constraints = [
            models.UniqueConstraint(
                fields=["demand", "year", "month"],
                name="recommend_one_demand_a_month",
                violation_error_message=_("This month is counted already."),
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12),
                name="recommend_month_is_one_to_twelve",
                violation_error_message=_("A month is a number from 1 to 12."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


class SoughtQuerySet(models.QuerySet["Sought"]):
    """Sets of counts of what was sought and not found."""

    def before(self, day: date) -> SoughtQuerySet:
        """Keep those of days before `day`."""
        return self.filter(on__lt=day)


class Sought(models.Model):
    """How often something was sought and not found on one day: a keyed hash, and no word of it.

    No address, no session, no time of day. Thirty days later the row is gone.
    """

    digest = models.CharField(_("keyed hash of the words"), max_length=64)
    on = models.DateField(_("day"))
    times = models.PositiveIntegerField(_("times"), default=1)

    objects = SoughtQuerySet.as_manager()

    class Meta:
        verbose_name = _("search without an answer")
        verbose_name_plural = _("searches without an answer")
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "on"],
                name="recommend_one_count_a_day",
                violation_error_message=_("This day is counted already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.on} {self.times}"


class Unanswered(models.Model):
    """Words that were sought at least ten times within thirty days and not found: only from then on they are kept."""

    digest = models.CharField(_("keyed hash of the words"), max_length=64, unique=True)
    text = models.CharField(_("words"), max_length=500)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    institution = models.ForeignKey(
        "institutions.Institution",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("institution that likely holds it"),
    )
    times = models.PositiveIntegerField(_("times in thirty days"))
    last_on = models.DateField(_("last sought"))

    objects = models.Manager["Unanswered"]()

    class Meta:
        verbose_name = _("words sought and not found")
        verbose_name_plural = _("words sought and not found")
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=["en", "fr"]),
                name="recommend_unanswered_language_is_known",
                violation_error_message=_("The language is English or French."),
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:8]

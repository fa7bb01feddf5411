from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import Text
from parvis.core.public_id import new_public_id
from parvis.services.models.readings import answer, answered, fit, fraction, whole
from parvis.services.models.services import Service, ServiceYear, YearlyQuerySet, YearlyRecord, codes
from parvis.services.states import MeasureKind

READINGS = ("target", "volume_meeting_target", "total_volume", "performance")


class ServiceStandard(models.Model):
    """A promise of a service: one identity through its years. Its words are those of its last year."""

    public_id = models.CharField(
        _("public identifier"), max_length=16, unique=True, default=new_public_id, editable=False
    )
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="standards")
    key = models.CharField(_("key of its identity"), max_length=120, editable=False)
    service_standard_id = models.CharField(_("standard identifier"), max_length=80, blank=True)
    name_en = models.TextField(_("standard in English"), blank=True)
    name_fr = models.TextField(_("standard in French"), blank=True)
    first_year = models.PositiveSmallIntegerField(_("first fiscal year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last fiscal year"), null=True, blank=True)
    is_invented = models.BooleanField(_("invented sample"), default=False)
    created_at = models.DateTimeField(_("first seen"), db_default=Now())

    class Meta:
        verbose_name = _("service standard")
        verbose_name_plural = _("service standards")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "key"],
                name="services_standard_is_unique",
                violation_error_message=_("This service has this standard already."),
            ),
            models.CheckConstraint(
                condition=~Q(key=""),
                name="services_standard_is_identified",
                violation_error_message=_("A standard has an identifier, or the key that its words give."),
            ),
        ]

    def __str__(self) -> str:
        return self.service_standard_id or self.public_id

    @property
    def name(self) -> Text:
        """The words of the promise in both languages, as far as they are given."""
        return Text(self.name_en, self.name_fr)


class StandardYear(YearlyRecord):
    """What an institution reported of one standard for one fiscal year. Columns bear their official names.

    `target` and `performance` are parts of one. `performance` and `target_met` are the source's own; ours are
    calculated where they are needed.
    """

    standard = models.ForeignKey(ServiceStandard, on_delete=models.CASCADE, related_name="years")
    service_name_en = models.TextField(_("name of the service in English"), blank=True)
    service_name_fr = models.TextField(_("name of the service in French"), blank=True)
    service_standard_en = models.TextField(_("standard in English"), blank=True)
    service_standard_fr = models.TextField(_("standard in French"), blank=True)
    type = codes(_("type of standard"))
    target_type = models.CharField(_("type of target"), max_length=20, blank=True)  # older files only
    channel = models.CharField(_("channel"), max_length=20, blank=True)
    channel_comments_en = models.TextField(_("comments on the channel, in English"), blank=True)
    channel_comments_fr = models.TextField(_("comments on the channel, in French"), blank=True)
    target = fraction(_("target"))
    volume_meeting_target = whole(_("volume that met the target"))
    total_volume = whole(_("total volume"))
    performance = fraction(_("performance, as the source gives it"))
    target_met = answer(_("target met, as the source gives it"))
    comments_en = models.TextField(_("comments in English"), blank=True)
    comments_fr = models.TextField(_("comments in French"), blank=True)
    standards_targets_uri_en = models.TextField(_("address of the standard in English"), blank=True)
    standards_targets_uri_fr = models.TextField(_("address of the standard in French"), blank=True)
    performance_results_uri_en = models.TextField(_("address of the results in English"), blank=True)
    performance_results_uri_fr = models.TextField(_("address of the results in French"), blank=True)

    objects = YearlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly record of a standard")
        verbose_name_plural = _("yearly records of standards")
        indexes = [
            models.Index(fields=["year", "institution"], name="services_standard_by_year"),
            models.Index(fields=["changed_at", "id"], name="services_standard_by_change"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "year", "snapshot"],
                nulls_distinct=False,
                name="services_one_result_a_year",
                violation_error_message=_("This standard has its result of that year already."),
            ),
            *answered("services_standard", ["target_met"]),
            *fit("services_standard", READINGS),
        ]

    def __str__(self) -> str:
        return f"{self.standard_id} {self.fiscal_yr}"

    @property
    def name(self) -> Text:
        """The words of the promise in both languages, as far as they are given."""
        return Text(self.service_standard_en, self.service_standard_fr)


class Measure(models.Model):
    """What a department measured of a service beside the yearly record: satisfaction, completion, cost."""

    service_year = models.ForeignKey(ServiceYear, on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField(_("measure"), max_length=30, choices=MeasureKind.choices)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=6)
    unit = models.CharField(_("unit"), max_length=20)  # part of one ("1"), "CAD"
    sample_size = models.PositiveBigIntegerField(_("how many were measured"), null=True, blank=True)
    source_en = models.TextField(_("where it is from, in English"), blank=True)
    source_fr = models.TextField(_("where it is from, in French"), blank=True)
    changed_at = models.DateTimeField(_("last changed"), db_default=Now())

    class Meta:
        verbose_name = _("measure of a service")
        verbose_name_plural = _("measures of services")
        constraints = [
            models.UniqueConstraint(
                fields=["service_year", "kind"],
                name="services_measure_is_given_once",
                violation_error_message=_("This measure is given already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MeasureKind.values) & ~Q(unit=""),
                name="services_measure_is_known",
                violation_error_message=_("A measure is a known one and has its unit."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_year_id} {self.kind}"

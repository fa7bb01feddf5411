from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from parvis.services.models.services import ServiceYear
from parvis.services.models.standards import StandardYear
from parvis.services.states import Severity


class ProgramCode(models.Model):
    """A program of an institution's chart of accounts, and the fiscal years for which it is known."""

    code = models.CharField(_("program code"), max_length=20)
    year = models.PositiveSmallIntegerField(_("fiscal year"))
    name_en = models.TextField(_("name in English"), blank=True)
    name_fr = models.TextField(_("name in French"), blank=True)
    institution = models.ForeignKey(
        "institutions.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("institution"),
    )
    institution_as_written = models.CharField(_("institution as written"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("program code")
        verbose_name_plural = _("program codes")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "year", "institution_as_written"],
                name="services_program_is_unique",
                violation_error_message=_("This program code is known already."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Finding(models.Model):
    """What a quality rule says of one yearly record. Findings change nothing: they ask a person to look."""

    rule = models.CharField(_("rule"), max_length=60)
    severity = models.CharField(_("severity"), max_length=12, choices=Severity.choices)
    service_year = models.ForeignKey(
        ServiceYear, on_delete=models.CASCADE, null=True, blank=True, related_name="findings"
    )
    standard_year = models.ForeignKey(
        StandardYear, on_delete=models.CASCADE, null=True, blank=True, related_name="findings"
    )
    facts = models.JSONField(_("values that raised it"), default=dict, blank=True)
    confirmed_because = models.TextField(
        _("why it is right all the same"), blank=True, db_default="", default=""
    )
    confirmed_at = models.DateTimeField(_("confirmed by a person"), null=True, blank=True)
    found_at = models.DateTimeField(_("found"), db_default=Now())

    class Meta:
        verbose_name = _("finding of quality")
        verbose_name_plural = _("findings of quality")
        constraints = [
            models.CheckConstraint(
                condition=Q(service_year__isnull=False, standard_year__isnull=True)
                | Q(service_year__isnull=True, standard_year__isnull=False),
                name="services_finding_is_about_one_record",
                violation_error_message=_("A finding is about one record: a service’s or a standard’s."),
            ),
            models.UniqueConstraint(
                fields=["rule", "service_year", "standard_year"],
                nulls_distinct=False,
                name="services_finding_is_made_once",
                violation_error_message=_("This is found already."),
            ),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values),
                name="services_finding_has_its_severity",
                violation_error_message=_("The severity is not a known one."),
            ),
        ]

    def __str__(self) -> str:
        return self.rule

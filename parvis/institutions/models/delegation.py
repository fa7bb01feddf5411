"""The dated instrument by which the head of an institution lets others decide, and each power in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import Text
from parvis.core.public_id import new_public_id
from parvis.institutions.powers import POWER_TITLES

if TYPE_CHECKING:
    from datetime import date


def _same(column: str, function: str) -> Func:
    return Func(F(column), F(column), Value("[]"), function=function)


class DelegationInstrumentQuerySet(models.QuerySet["DelegationInstrument"]):
    """Sets of instruments."""

    def in_force(self, on: date | None = None) -> DelegationInstrumentQuerySet:
        """Keep those in force on that day, today without one."""
        day = on or timezone.localdate()
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)

    def newest_first(self) -> DelegationInstrumentQuerySet:
        """Order as a reader looks for them: what is in force on top."""
        return self.order_by("-from_on", "regime", "pk")


class DelegationInstrument(models.Model):
    """What the head signed: under which statute, from when until when. It is never changed: another supersedes it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    institution = models.ForeignKey(
        "institutions.Institution",
        on_delete=models.PROTECT,
        related_name="delegation_instruments",
        verbose_name=_("institution"),
    )
    regime = models.CharField(_("statute"), max_length=40)  # of the law engine: ca-atia, ca-privacy-act
    title_en = models.CharField(_("title in English"), max_length=300)
    title_fr = models.CharField(_("title in French"), max_length=300)
    signed_on = models.DateField(_("signed on"))
    from_on = models.DateField(_("in force from"))
    until_on = models.DateField(_("in force until"), null=True, blank=True)
    document = models.FileField(
        _("the signed document"), upload_to="delegation/%Y/", max_length=200, blank=True
    )
    document_name = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(default=timezone.now)
    superseded_by = models.ForeignKey(
        "institutions.DelegationInstrument",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
    )

    objects = DelegationInstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation instrument")
        verbose_name_plural = _("delegation instruments")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title_en="") & ~Q(title_fr=""),
                name="institutions_instrument_is_bilingual",
                violation_error_message=_("A delegation instrument has its title in both languages."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="institutions_instrument_days_in_order",
                violation_error_message=_("An instrument ends on the day it came into force or later."),
            ),
            models.CheckConstraint(
                condition=Q(signed_on__lte=F("from_on")),
                name="institutions_instrument_is_signed_before",
                violation_error_message=_(
                    "An instrument is signed before it comes into force, or on that day."
                ),
            ),
            ExclusionConstraint(
                name="institutions_instrument_one_at_a_time",
                expressions=[
                    (_same("institution_id", "int8range"), RangeOperators.OVERLAPS),
                    (
                        Func(
                            Func(F("regime"), function="hashtext", output_field=models.IntegerField()),
                            Func(F("regime"), function="hashtext", output_field=models.IntegerField()),
                            Value("[]"),
                            function="int4range",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            F("from_on"),
                            F("until_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_(
                    "Another instrument under the same statute is in force in part of that time."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def title(self) -> Text:
        """What it is called, in both languages."""
        return Text(self.title_en, self.title_fr)

    def is_in_force(self, on: date | None = None) -> bool:
        """Whether it is in force on that day, today without one."""
        day = on or timezone.localdate()
        return self.from_on <= day and (self.until_on is None or self.until_on >= day)


class DelegatedPower(models.Model):
    """One line of an instrument: this power may be exercised by whoever holds this position."""

    instrument = models.ForeignKey(
        "institutions.DelegationInstrument", on_delete=models.CASCADE, related_name="powers"
    )
    power = models.CharField(
        _("power"), max_length=40, choices=[(str(power), title) for power, title in POWER_TITLES.items()]
    )
    membership = models.ForeignKey(
        "institutions.Membership",
        on_delete=models.PROTECT,
        related_name="delegated_powers",
        verbose_name=_("held by"),
    )

    class Meta:
        verbose_name = _("delegated power")
        verbose_name_plural = _("delegated powers")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["membership"], name="institutions_power_by_holder")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(power__in=[str(power) for power in POWER_TITLES]),
                name="institutions_power_is_known",
                violation_error_message=_("This power is not a known one."),
            ),
            models.UniqueConstraint(
                fields=["instrument", "power", "membership"],
                name="institutions_power_is_given_once",
                violation_error_message=_("This power is given to the same holder twice."),
            ),
        ]

    def __str__(self) -> str:
        return self.power

"""The recovery of an account whose second factor is lost: asked for, confirmed by another, done a day later."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.accounts.states import OPEN, RecoveryState
from parvis.core.public_id import new_public_id

WAIT = timedelta(hours=24)


class RecoveryQuerySet(models.QuerySet["Recovery"]):
    """Sets of recoveries."""

    def open(self) -> RecoveryQuerySet:
        """Keep those that are neither done nor stopped."""
        return self.filter(state__in=OPEN)


class Recovery(models.Model):
    """One recovery. While it is open, the person, and whoever may confirm it, can stop it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="recoveries")
    state = models.CharField(max_length=10, choices=RecoveryState.choices, default=RecoveryState.ASKED)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[RecoveryQuerySet] = RecoveryQuerySet.as_manager()  # type: ignore[assignment]  # a manager that is its queryset

    class Meta:
        verbose_name = _("recovery")
        verbose_name_plural = _("recoveries")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=OPEN), name="accounts_recovery_open_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("person")),
                name="accounts_recovery_confirmed_by_another",
                violation_error_message=_("Nobody confirms the recovery of their own account."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RecoveryState.CONFIRMED, RecoveryState.DONE])
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="accounts_recovery_done_was_confirmed",
                violation_error_message=_("A recovery is confirmed by an administrator before it is done."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def ready_at(self) -> object:
        """The moment from which it can be completed; none before it is confirmed."""
        return self.confirmed_at + WAIT if self.confirmed_at else None

    @property
    def is_ready(self) -> bool:
        """Whether the day of waiting is over."""
        return bool(
            self.state == RecoveryState.CONFIRMED
            and self.confirmed_at
            and timezone.now() >= self.confirmed_at + WAIT
        )

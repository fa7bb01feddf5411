"""Codes that are mailed to an address. The code itself is nowhere stored: it is made from the row's secret name."""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from parvis.accounts.states import CodePurpose
from parvis.core.keys import derived_key
from parvis.core.public_id import new_public_id

DIGITS = 8
ATTEMPTS = 5
VALID_FOR = timedelta(minutes=15)
KEPT_FOR = timedelta(days=1)


def code_expires_at() -> object:
    """Return the moment at which a code made now is no longer taken."""
    return timezone.now() + VALID_FOR


class EmailCodeQuerySet(models.QuerySet["EmailCode"]):
    """Sets of codes."""

    def takeable(self) -> EmailCodeQuerySet:
        """Keep those that may still be tried."""
        return self.filter(used_at__isnull=True, attempts_left__gt=0, expires_at__gt=timezone.now())

    def forgettable(self) -> EmailCodeQuerySet:
        """Keep those whose address there is no reason to hold any longer."""
        return self.filter(expires_at__lt=timezone.now() - KEPT_FOR)


class EmailCode(models.Model):
    """One code, for one purpose, to one address. Only the browser that asked knows the row, by its session."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    purpose = models.CharField(max_length=20, choices=CodePurpose.choices)
    address = models.EmailField(_("e-mail address"))
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, null=True, related_name="+")
    language = models.CharField(max_length=2, choices=[("en", "English"), ("fr", "Français")])
    attempts_left = models.PositiveSmallIntegerField(default=ATTEMPTS)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=code_expires_at)
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[EmailCodeQuerySet] = EmailCodeQuerySet.as_manager()  # type: ignore[assignment]  # a manager that is its queryset

    class Meta:
        verbose_name = _("code by e-mail")
        verbose_name_plural = _("codes by e-mail")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["expires_at"], name="accounts_code_expiry")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose=CodePurpose.SIGN_IN, person__isnull=True)
                | Q(purpose__in=[CodePurpose.NEW_ADDRESS, CodePurpose.CONFIRM], person__isnull=False),
                name="accounts_code_has_its_person",
                violation_error_message=_("A code to sign in names nobody; any other names who asked."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"

    @property
    def code(self) -> str:
        """The digits that the mail says. They follow from the secret key and this row's unguessable name."""
        made = hmac.digest(derived_key("accounts: codes"), self.public_id.encode(), "sha256")
        number = int.from_bytes(made, "big")
        return f"{number % 10**DIGITS:0{DIGITS}d}"

    def spend_attempt(self) -> bool:
        """Use up one attempt; return whether there was one. One UPDATE: parallel guesses cannot share it."""
        spent = EmailCode.objects.filter(pk=self.pk).takeable().update(attempts_left=F("attempts_left") - 1)
        self.refresh_from_db()
        return spent == 1

    def take(self, typed: str) -> bool:
        """Return whether the digits are right, and use the code up. It is taken once, by whoever comes first."""
        if not constant_time_compare(typed, self.code):
            return False
        return EmailCode.objects.filter(pk=self.pk, used_at__isnull=True).update(used_at=timezone.now()) == 1

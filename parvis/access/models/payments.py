from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from payments import PaymentStatus, PurchasedItem
from payments.models import BasePayment

from parvis.core.public_id import new_public_id
from parvis.theme.page import absolute

if TYPE_CHECKING:
    from collections.abc import Iterable


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Sets of payments."""

    def to_give_back(self) -> PaymentQuerySet:
        """Keep those of which something has to be given back."""
        return self.filter(refund_due__gt=0)

    def confirmed_unnoted(self) -> PaymentQuerySet:
        """Keep those that the provider confirmed and whose confirmation nobody noted yet."""
        return self.filter(status=PaymentStatus.CONFIRMED, settled_at__isnull=True)


class Payment(BasePayment):  # type: ignore[misc]  # django-payments ships no types
    """One try to pay the fees of a submission by card, as django-payments keeps it.

    Who pays is not known here: the columns for names and addresses stay empty. `settled_at`: its confirmation was
    noted, once; `refund_due`: what came too much, until it was given back.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    submission = models.ForeignKey("access.Submission", on_delete=models.PROTECT, related_name="payments")
    parts = models.ManyToManyField(
        "access.AccessRequest", related_name="payments", verbose_name=_("requests")
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    refund_due = models.DecimalField(_("to give back"), max_digits=9, decimal_places=2, default=0)

    objects = PaymentQuerySet.as_manager()
    if TYPE_CHECKING:  # of managers, the untyped base says nothing
        _default_manager: ClassVar[models.Manager[Payment]]

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(refund_due__gte=0) & Q(total__gt=0),
                name="access_payment_amounts_are_no_debts",
                violation_error_message=_("An amount is not negative."),
            )
        ]

    def __str__(self) -> str:
        return self.public_id

    def get_success_url(self) -> str:
        """Return where the provider sends whoever paid."""
        return self._address("access_submission")

    def get_failure_url(self) -> str:
        """Return where the provider sends whoever did not."""
        return f"{self._address('access_pay')}?failed=1"

    def get_purchased_items(self) -> Iterable[PurchasedItem]:
        """Return what the provider's own page lists: the numbers, and nothing of what is asked."""
        yield PurchasedItem(
            name=self.description, quantity=1, price=self.total, currency=self.currency, sku=self.public_id
        )

    def _address(self, name: str) -> str:
        with translation.override(self.submission.language):
            return absolute(reverse(name, args=[self.submission.public_id]))

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.vault.sealed import SealedField, SealedModel


class Receipt(SealedModel):
    """A receipt of a submission: an accessible PDF, encrypted in the storage, and the seal that proves it.

    `received` is how many parts were received by then: when a fee comes later, another receipt follows, which counts.
    """

    submission = models.ForeignKey("access.Submission", on_delete=models.CASCADE, related_name="receipts")
    received = models.PositiveSmallIntegerField(_("parts received"), db_default=0)
    sealed = SealedField(_("key of the file"))
    storage_name = models.CharField(max_length=200)
    document_seal = models.TextField(_("detached seal"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "received"],
                name="access_receipt_is_made_once",
                violation_error_message=_("This receipt is made already."),
            )
        ]

    def __str__(self) -> str:
        return self.public_id

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.vault.sealed import SealedField, SealedModel


class Receipt(SealedModel):
    """The receipt of a submission: an accessible PDF, encrypted in the storage, and the seal that proves it."""

    submission = models.OneToOneField("access.Submission", on_delete=models.CASCADE, related_name="receipt")
    sealed = SealedField(_("key of the file"))
    storage_name = models.CharField(max_length=200)
    document_seal = models.TextField(_("detached seal"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self) -> str:
        return self.public_id

"""The register of sealed documents. It holds nothing of anyone: a fingerprint, a kind, a moment and a key."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class SealedDocument(models.Model):
    """One document that was sealed. Its content is not here, nor for whom it is."""

    sha256 = models.CharField(_("SHA-256 of the document"), max_length=64, unique=True)
    kind = models.CharField(_("kind of document"), max_length=100)
    sealed_at = models.DateTimeField(_("sealed at"))
    key_id = models.CharField(_("key"), max_length=16)

    objects: ClassVar[models.Manager["SealedDocument"]] = models.Manager()

    class Meta:
        verbose_name = _("sealed document")
        verbose_name_plural = _("sealed documents")
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.access.states import AttachmentState, Purpose
from parvis.vault.sealed import SealedField, SealedModel


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Sets of attachments."""

    def quarantined(self) -> AttachmentQuerySet:
        """Keep those that nobody may open before a scan."""
        return self.filter(state=AttachmentState.QUARANTINED)


class Attachment(SealedModel):
    """A file that somebody attached. Its content lies encrypted in the storage under a key of its own.

    `sealed` holds its name and that key. Nobody opens it before a scan found nothing. A file that proves identity or
    consent opens to the privacy desk alone.
    """

    draft = models.ForeignKey(
        "access.Draft", on_delete=models.SET_NULL, null=True, blank=True, related_name="attachments"
    )
    submission = models.ForeignKey(
        "access.Submission", on_delete=models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    state = models.CharField(
        _("state"), max_length=12, choices=AttachmentState.choices, default=AttachmentState.QUARANTINED
    )
    sealed = SealedField(_("name and key"))
    media_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    storage_name = models.CharField(max_length=200, blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now)
    scanned_at = models.DateTimeField(_("scanned"), null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AttachmentState.values) & Q(purpose__in=Purpose.values),
                name="access_attachment_words_are_known",
                violation_error_message=_("The state or the purpose of a file is not a known one."),
            ),
            models.UniqueConstraint(
                fields=["draft", "purpose", "sha256"],
                name="access_attachment_is_kept_once",
                violation_error_message=_("This file is attached already."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

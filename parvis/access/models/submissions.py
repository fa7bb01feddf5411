from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.access.models.drafts import LANGUAGES
from parvis.core.public_id import new_public_id


class Submission(models.Model):
    """What one person sent at once: a part for each institution. One draft makes one submission, however often sent."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    draft = models.OneToOneField(
        "access.Draft", on_delete=models.SET_NULL, null=True, blank=True, related_name="submission"
    )
    requester = models.ForeignKey("access.Requester", on_delete=models.PROTECT, related_name="submissions")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    key_hash = models.CharField(max_length=64, unique=True)  # of the private link by which a guest follows it
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        indexes = [models.Index(fields=["sent_at"], name="access_submissions_by_moment")]

    def __str__(self) -> str:
        return self.public_id

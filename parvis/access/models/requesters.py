from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.access.models.drafts import LANGUAGES
from parvis.vault.sealed import SealedField, SealedModel


class Requester(SealedModel):
    """Who asks, apart from what is asked: name, address, identity, and for whom they act, sealed as one value.

    Nothing here is searched, counted or exported. `address_mark` is a keyed hash, by which the e-mail address of a
    guest finds their own requests again, and by nothing else.
    """

    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(_("preferred language"), max_length=2, choices=LANGUAGES)
    sealed = SealedField(_("who asks"))
    address_mark = models.CharField(max_length=64, blank=True, db_index=True)
    is_anonymous = models.BooleanField(_("anonymous"), default=False)
    created_at = models.DateTimeField(default=timezone.now)
    purged_at = models.DateTimeField(_("erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("requester")
        verbose_name_plural = _("requesters")

    def __str__(self) -> str:
        return self.public_id

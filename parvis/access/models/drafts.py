from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.access.states import DraftState
from parvis.vault.sealed import SealedField, SealedModel

if TYPE_CHECKING:
    from datetime import date

LANGUAGES = [("en", _("English")), ("fr", _("French"))]


class DraftQuerySet(models.QuerySet["Draft"]):
    """Sets of drafts."""

    def being_written(self) -> DraftQuerySet:
        """Keep those that were not sent."""
        return self.filter(state=DraftState.OPEN)

    def over_on(self, day: date) -> DraftQuerySet:
        """Keep those whose day has passed."""
        return self.filter(expires_on__lt=day)


class Draft(SealedModel):
    """A request being written. All that was typed is sealed; a guest comes back with a key that only they have."""

    key_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    state = models.CharField(_("state"), max_length=10, choices=DraftState.choices, default=DraftState.OPEN)
    sealed = SealedField(_("what was typed"))
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField(_("last day"))

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        indexes = [models.Index(fields=["expires_on"], name="access_drafts_by_last_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DraftState.values) & Q(language__in=["en", "fr"]),
                name="access_draft_words_are_known",
                violation_error_message=_("The state or the language of a draft is not a known one."),
            )
        ]

    def __str__(self) -> str:
        return self.public_id

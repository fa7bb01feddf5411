from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import Text
from parvis.core.public_id import new_public_id


class UsualFile(models.Model):
    """A file of one's own that an institution is asked for again and again ("my immigration file").

    `particulars` says what it needs to find it: a list of {"name", "label_en", "label_fr", "hint_en", "hint_fr",
    "is_required", "kind": "text" or "day"}.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(_("code"), max_length=40)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_fr = models.CharField(_("title in French"), max_length=200)
    help_en = models.TextField(_("what it holds, in English"), blank=True)
    help_fr = models.TextField(_("what it holds, in French"), blank=True)
    particulars: models.JSONField[Any, Any] = models.JSONField(_("what it needs"), default=list, blank=True)
    is_offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("usual file")
        verbose_name_plural = _("usual files")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "code"],
                name="access_usual_file_is_unique",
                violation_error_message=_("This institution has a usual file of this code already."),
            ),
            models.CheckConstraint(
                condition=~Q(title_en="") & ~Q(title_fr=""),
                name="access_usual_file_is_bilingual",
                violation_error_message=_("A usual file has its title in both languages."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> Text:
        """What it is called."""
        return Text(self.title_en, self.title_fr)

    @property
    def help(self) -> Text:
        """What it holds."""
        return Text(self.help_en, self.help_fr)

"""What clients have used up. Rows are worth nothing a few minutes later."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Allowance(models.Model):
    """One client's use of one limit: the moment at which all of it will be given back.

    The table is unlogged (see the migration): counting costs no write to disk, and a crash forgets it, as it may.
    """

    key = models.CharField(_("digest of limit and client"), max_length=64, primary_key=True)
    restored_at = models.DateTimeField(_("given back whole"))

    class Meta:
        verbose_name = _("allowance")
        verbose_name_plural = _("allowances")

    def __str__(self) -> str:
        return self.key[:12]

"""What the loads of every register share. Abstract: each register has its own tables, with its own foreign keys."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from parvis.tables.states import LoadState


class LoadRun(models.Model):
    """One run over one file. A run that was killed stays `running` until the next run of the same finds it."""

    state = models.CharField(_("state"), max_length=12, choices=LoadState.choices, default=LoadState.RUNNING)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    started_at = models.DateTimeField(_("start"), db_default=Now())
    finished_at = models.DateTimeField(_("end"), null=True, blank=True)

    class Meta:
        abstract = True
        verbose_name = _("load")
        verbose_name_plural = _("loads")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=LoadState.RUNNING, finished_at__isnull=True)
                | Q(state__in=[LoadState.COMPLETED, LoadState.INTERRUPTED], finished_at__isnull=False),
                name="%(app_label)s_load_state_fits_its_end",
                violation_error_message=_("A load has its end when it no longer runs, and only then."),
            ),
        ]


class RowProblem(models.Model):
    """One row of a file that was refused, or taken with a doubt. A register adds the load in which it was.

    Only the last complete load of a file or source keeps them.
    """

    line = models.PositiveIntegerField(_("line"))
    identifier = models.CharField(_("number"), max_length=200, blank=True)
    is_refused = models.BooleanField(_("refused"))
    reason = models.CharField(_("reason"), max_length=40)
    detail = models.CharField(_("words that raised it"), max_length=500, blank=True)

    class Meta:
        abstract = True
        verbose_name = _("problem of a load")
        verbose_name_plural = _("problems of loads")
        ordering = ["load", "line", "pk"]

    def __str__(self) -> str:
        return f"{self.line} {self.reason}"

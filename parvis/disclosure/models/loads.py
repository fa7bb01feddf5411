from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from parvis.disclosure.states import Holds, LoadState


class Source(models.Model):
    """Where rows come from. Sources never withdraw each other's rows."""

    name = models.CharField(_("name"), max_length=100)
    holds = models.CharField(_("what it holds"), max_length=20, choices=Holds.choices)
    is_invented = models.BooleanField(_("invented sample"), default=False)
    last_loaded_at = models.DateTimeField(_("last complete load"), null=True, blank=True)
    created_at = models.DateTimeField(_("first load"), db_default=Now())

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "holds"],
                name="disclosure_source_is_unique",
                violation_error_message=_("A source of this name holds this already."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") & Q(holds__in=Holds.values),
                name="disclosure_source_is_named",
                violation_error_message=_("A source has a name and holds something that is known."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Load(models.Model):
    """One run over one file. A run that was killed stays `running` until the next run of its source finds it."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="loads")
    file_name = models.CharField(_("file"), max_length=300)
    file_digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    layout = models.CharField(_("layout"), max_length=100)
    state = models.CharField(_("state"), max_length=12, choices=LoadState.choices, default=LoadState.RUNNING)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    withdrawals_held = models.PositiveIntegerField(_("withdrawals that wait to be confirmed"), default=0)
    started_at = models.DateTimeField(_("start"), db_default=Now())
    finished_at = models.DateTimeField(_("end"), null=True, blank=True)

    class Meta:
        verbose_name = _("load")
        verbose_name_plural = _("loads")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(state=LoadState.RUNNING),
                name="disclosure_one_load_of_a_source_at_once",
                violation_error_message=_("A load of this source is running already."),
            ),
            models.CheckConstraint(
                condition=Q(state=LoadState.RUNNING, finished_at__isnull=True)
                | Q(state__in=[LoadState.COMPLETED, LoadState.INTERRUPTED], finished_at__isnull=False),
                name="disclosure_load_state_fits_its_end",
                violation_error_message=_("A load has its end when it no longer runs, and only then."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class LoadProblem(models.Model):
    """One row of a file that was refused, or taken with a doubt. Only the last complete load of a source keeps them."""

    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="problems")
    line = models.PositiveIntegerField(_("line"))
    identifier = models.CharField(_("number"), max_length=200, blank=True)
    is_refused = models.BooleanField(_("refused"))
    reason = models.CharField(_("reason"), max_length=40)
    detail = models.CharField(_("words that raised it"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("problem of a load")
        verbose_name_plural = _("problems of loads")
        ordering = ["load", "line", "pk"]

    def __str__(self) -> str:
        return f"{self.line} {self.reason}"

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from parvis.disclosure.states import Holds
from parvis.tables.models import LoadRun, RowProblem
from parvis.tables.states import LoadState


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


class Load(LoadRun):
    """One run over one file of a source."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="loads")
    file_name = models.CharField(_("file"), max_length=300)
    file_digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    layout = models.CharField(_("layout"), max_length=100)
    withdrawals_held = models.PositiveIntegerField(_("withdrawals that wait to be confirmed"), default=0)

    class Meta(LoadRun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(state=LoadState.RUNNING),
                name="disclosure_one_load_of_a_source_at_once",
                violation_error_message=_("A load of this source is running already."),
            ),
            *LoadRun.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class LoadProblem(RowProblem):
    """A row of a load of this room that was refused or doubted."""

    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="problems")

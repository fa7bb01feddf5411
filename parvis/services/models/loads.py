from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from parvis.services.states import Holds
from parvis.tables.models import LoadRun, RowProblem
from parvis.tables.states import LoadState


class Snapshot(models.Model):
    """The inventory as it was on a day: an edition of that date, never current data."""

    label = models.CharField(_("label"), max_length=60, unique=True)  # 2025-03-01
    taken_on = models.DateField(_("date"))

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["taken_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(label=""),
                name="services_snapshot_is_labelled",
                violation_error_message=_("A snapshot has a label."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class DataFile(models.Model):
    """One file that was loaded. Where several give the same year, the one of the higher rank stands."""

    name = models.CharField(_("file"), max_length=200)
    holds = models.CharField(_("what it holds"), max_length=20, choices=Holds.choices)
    layout = models.CharField(_("layout"), max_length=100)
    generation = models.PositiveSmallIntegerField(_("generation of the layout"))
    main_year = models.PositiveSmallIntegerField(_("fiscal year of most of its rows"), null=True, blank=True)
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    digest = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    is_invented = models.BooleanField(_("invented sample"), default=False)
    last_loaded_at = models.DateTimeField(_("last complete load"), null=True, blank=True)
    created_at = models.DateTimeField(_("first load"), db_default=Now())

    class Meta:
        verbose_name = _("data file")
        verbose_name_plural = _("data files")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "holds"],
                name="services_file_is_unique",
                violation_error_message=_("A file of this name is known already."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") & Q(holds__in=Holds.values),
                name="services_file_is_named",
                violation_error_message=_("A file has a name and holds something that is known."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rank(self) -> tuple[int, int, str]:
        """By which the newer of two files is known: layout, then the year it is of, then its name."""
        return (self.generation, self.main_year or 0, self.name)


class Load(LoadRun):
    """One run over one file of the inventory."""

    file = models.ForeignKey(DataFile, on_delete=models.PROTECT, related_name="loads")
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)

    class Meta(LoadRun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["file"],
                condition=Q(state=LoadState.RUNNING),
                name="services_one_load_of_a_file_at_once",
                violation_error_message=_("A load of this file is running already."),
            ),
            *LoadRun.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.state}"


class LoadProblem(RowProblem):
    """A row of a load of this room that was refused or doubted."""

    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="problems")


class SetAsideRow(models.Model):
    """A row as its file had it that no longer stands: a newer file gives its year, or its own file says otherwise."""

    file = models.ForeignKey(DataFile, on_delete=models.CASCADE, related_name="rows_set_aside")
    line = models.PositiveIntegerField(_("line"))
    year = models.PositiveSmallIntegerField(_("fiscal year"))
    identifier = models.CharField(_("number"), max_length=200)
    cells = models.JSONField(_("cells as they were"))
    digest = models.CharField(_("fingerprint of the row"), max_length=32)
    replaced_by = models.ForeignKey(
        DataFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    set_aside_at = models.DateTimeField(_("set aside"), db_default=Now())

    class Meta:
        verbose_name = _("row set aside")
        verbose_name_plural = _("rows set aside")
        ordering = ["file", "line", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "line", "digest"],
                name="services_row_is_set_aside_once",
                violation_error_message=_("This row is kept already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.identifier}"

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import Language, Provenance, Text
from parvis.core.public_id import new_public_id
from parvis.disclosure.dispositions import Disposition
from parvis.disclosure.models.loads import Load, Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROVENANCES = [(provenance.value, provenance.value) for provenance in Provenance]


class ReleasedFields(models.Model):
    """What a row says of one completed request; a summary and its earlier versions share it."""

    summary_en = models.TextField(_("summary in English"), blank=True)
    summary_fr = models.TextField(_("summary in French"), blank=True)
    provenance_en = models.CharField(_("origin of the English text"), max_length=10, choices=PROVENANCES)
    provenance_fr = models.CharField(_("origin of the French text"), max_length=10, choices=PROVENANCES)
    disposition = models.CharField(_("disposition"), max_length=30, choices=Disposition.choices, blank=True)
    disposition_as_written = models.CharField(_("disposition as written"), max_length=300, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    pages_as_written = models.CharField(_("pages as written"), max_length=300, blank=True)
    comments_en = models.TextField(_("comments in English"), blank=True)
    comments_fr = models.TextField(_("comments in French"), blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    dated_on = models.DateField(_("date"), null=True, blank=True)
    details = models.JSONField(_("other columns of the source"), default=dict, blank=True)
    digest = models.CharField(_("fingerprint of the row"), max_length=32)

    class Meta:
        abstract = True

    @property
    def text(self) -> Text:
        """The text in both languages, as far as there is one."""
        return Text(self.summary_en, self.summary_fr)

    @property
    def provenance(self) -> Mapping[Language, Provenance]:
        """Where the text in each language comes from."""
        return {"en": Provenance(self.provenance_en), "fr": Provenance(self.provenance_fr)}


class SummaryQuerySet(models.QuerySet["Summary"]):
    """Sets of summaries."""

    def published(self) -> SummaryQuerySet:
        """Those that stand; withdrawn ones are left out."""
        return self.filter(withdrawn_at__isnull=True)

    def of_institution(self, institution_id: int) -> SummaryQuerySet:
        """Those of one institution."""
        return self.filter(institution_id=institution_id)

    def latest_first(self) -> SummaryQuerySet:
        """Order by date, the most recent first, those without one last; then by loading."""
        return self.order_by(F("year").desc(nulls_last=True), F("month").desc(nulls_last=True), "-pk")

    def with_numbers(self, source: Source, keys: Sequence[str]) -> SummaryQuerySet:
        """Those of one source that bear one of these numbers, in the order of loading."""
        return self.filter(source=source, number_key__in=keys).order_by("pk")


class Summary(ReleasedFields):
    """The summary of a completed access request, as the institution published it."""

    public_id = models.CharField(
        _("public identifier"), max_length=16, unique=True, default=new_public_id, editable=False
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="summaries")
    institution = models.ForeignKey(
        "institutions.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("institution"),
    )
    institution_as_written = models.CharField(_("institution as written"), max_length=300, blank=True)
    publisher_code = models.CharField(_("institution’s code as written"), max_length=60, blank=True)
    institution_key = models.CharField(max_length=300, editable=False)
    unit = models.CharField(_("unit of the institution"), max_length=300, blank=True)
    jurisdiction = models.CharField(_("jurisdiction"), max_length=40, blank=True)  # its code
    request_number = models.CharField(_("request number"), max_length=200, blank=True)
    number_key = models.CharField(max_length=200, editable=False)
    occurrences = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("places among rows of this number")
    )
    is_invented = models.BooleanField(_("invented sample"), default=False)
    first_seen_at = models.DateTimeField(_("first seen"), db_default=Now())
    changed_at = models.DateTimeField(_("last changed"), db_default=Now())
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    last_seen_at = models.DateTimeField(_("last seen before it was withdrawn"), null=True, blank=True)

    objects = SummaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("summary of a completed request")
        verbose_name_plural = _("summaries of completed requests")
        indexes = [
            models.Index(fields=["source", "number_key"], name="disclosure_by_number"),
            models.Index(fields=["request_number"], name="disclosure_by_shown_number"),
            models.Index(
                F("year").desc(nulls_last=True),
                F("month").desc(nulls_last=True),
                F("id").desc(),
                name="disclosure_latest",
            ),
            models.Index(fields=["changed_at", "id"], name="disclosure_by_change"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(summary_en="", summary_fr=""),
                name="disclosure_summary_has_text",
                violation_error_message=_("A summary has a text in at least one language."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(summary_en="", provenance_en=Provenance.MISSING.value)
                    | (~Q(summary_en="") & ~Q(provenance_en=Provenance.MISSING.value))
                )
                & (
                    Q(summary_fr="", provenance_fr=Provenance.MISSING.value)
                    | (~Q(summary_fr="") & ~Q(provenance_fr=Provenance.MISSING.value))
                ),
                name="disclosure_summary_says_where_its_text_is_from",
                violation_error_message=_(
                    "A text says where it comes from; a missing one is marked as missing."
                ),
            ),
            models.CheckConstraint(
                condition=Q(disposition="") | Q(disposition__in=Disposition.values),
                name="disclosure_summary_disposition_is_known",
                violation_error_message=_("The disposition is one of the standard ones, or none."),
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(year__isnull=False, month__gte=1, month__lte=12),
                name="disclosure_summary_month_has_year",
                violation_error_message=_("A month is from 1 to 12 and belongs to a year."),
            ),
            models.CheckConstraint(
                condition=Q(dated_on__isnull=True) | Q(year__isnull=False, month__isnull=False),
                name="disclosure_summary_date_has_month",
                violation_error_message=_("A full date has its year and its month."),
            ),
        ]

    def __str__(self) -> str:
        return self.request_number or self.public_id

    @property
    def is_withdrawn(self) -> bool:
        """Whether its source no longer holds it."""
        return self.withdrawn_at is not None


class SummaryVersion(ReleasedFields):
    """What a row said before another row under the same number, with nearly the same text, took its place."""

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="versions")
    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="+")  # the load that superseded it
    superseded_at = models.DateTimeField(_("superseded"), db_default=Now())

    class Meta:
        verbose_name = _("earlier version of a summary")
        verbose_name_plural = _("earlier versions of summaries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["summary", "digest"],
                name="disclosure_version_is_kept_once",
                violation_error_message=_("This version is kept already."),
            ),
            models.CheckConstraint(
                condition=~Q(summary_en="", summary_fr=""),
                name="disclosure_version_has_text",
                violation_error_message=_("A version has a text in at least one language."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.summary_id} {self.superseded_at}"


RELEASED_FIELDS = tuple(field.name for field in ReleasedFields._meta.fields)  # noqa: SLF001  # documented

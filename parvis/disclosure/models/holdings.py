from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import Text
from parvis.core.public_id import new_public_id
from parvis.disclosure.models.loads import Source

if TYPE_CHECKING:
    from typing import Self

HoldingT = TypeVar("HoldingT", bound="Holding")


class HoldingQuerySet(models.QuerySet["HoldingT"]):
    """Sets of holdings of one kind."""

    def published(self) -> Self:
        """Those that stand; withdrawn ones are left out."""
        return self.filter(withdrawn_at__isnull=True)

    def of_institution(self, institution_id: int) -> Self:
        """Those of one institution; the standard ones, which all may hold, are left out."""
        return self.filter(institution_id=institution_id)


class Holding(models.Model):
    """What both kinds of holdings have. A standard one has no institution: every institution may hold it."""

    public_id = models.CharField(
        _("public identifier"), max_length=16, unique=True, default=new_public_id, editable=False
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        "institutions.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("institution"),
    )
    institution_as_written = models.CharField(_("institution as written"), max_length=300, blank=True)
    institution_key = models.CharField(max_length=300, editable=False)
    is_standard = models.BooleanField(_("standard for all institutions"), default=False)
    number_key = models.CharField(max_length=60, editable=False)
    ordinal = models.PositiveSmallIntegerField(
        default=1, editable=False
    )  # 2 and up: same number, other holding
    number_en = models.CharField(_("number in English"), max_length=60, blank=True)
    number_fr = models.CharField(_("number in French"), max_length=60, blank=True)
    title_en = models.TextField(_("title in English"), blank=True)
    title_fr = models.TextField(_("title in French"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    description_fr = models.TextField(_("description in French"), blank=True)
    url_en = models.URLField(_("address in English"), max_length=300, blank=True)
    url_fr = models.URLField(_("address in French"), max_length=300, blank=True)
    sort_key_en = models.CharField(max_length=200, editable=False)
    sort_key_fr = models.CharField(max_length=200, editable=False)
    digest = models.CharField(_("fingerprint of the row"), max_length=32)
    is_invented = models.BooleanField(_("invented sample"), default=False)
    first_seen_at = models.DateTimeField(_("first seen"), db_default=Now())
    changed_at = models.DateTimeField(_("last changed"), db_default=Now())
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["source", "institution_key", "number_key", "ordinal"],
                name="disclosure_%(class)s_is_unique",
                violation_error_message=_("This source has it already."),
            ),
            models.CheckConstraint(
                condition=~Q(title_en="", title_fr="") | ~Q(number_key=""),
                name="disclosure_%(class)s_is_named",
                violation_error_message=_("A holding has a number or a title."),
            ),
            models.CheckConstraint(
                condition=Q(is_standard=False) | Q(institution__isnull=True),
                name="disclosure_%(class)s_standard_has_none",
                violation_error_message=_("A standard holding belongs to no single institution."),
            ),
        ]

    def __str__(self) -> str:
        return self.number_en or self.number_fr or self.public_id

    @property
    def title(self) -> Text:
        """The title in both languages, as far as there is one."""
        return Text(self.title_en, self.title_fr)

    @property
    def number(self) -> Text:
        """The number in both languages, as far as there is one."""
        return Text(self.number_en, self.number_fr)

    @property
    def description(self) -> Text:
        """The description in both languages, as far as there is one."""
        return Text(self.description_en, self.description_fr)

    @property
    def is_withdrawn(self) -> bool:
        """Whether its source no longer holds it."""
        return self.withdrawn_at is not None


class ClassOfRecords(Holding):
    """A class of records: which documents a program produces (Access to Information Act, section 5)."""

    document_types_en = models.TextField(_("kinds of documents in English"), blank=True)
    document_types_fr = models.TextField(_("kinds of documents in French"), blank=True)

    class Meta(Holding.Meta):
        abstract = False
        verbose_name = _("class of records")
        verbose_name_plural = _("classes of records")


class PersonalInformationBank(Holding):
    """A personal information bank: which personal information is kept, of whom and why (Privacy Act, section 10)."""

    individuals_en = models.TextField(_("class of individuals in English"), blank=True)
    individuals_fr = models.TextField(_("class of individuals in French"), blank=True)
    purpose_en = models.TextField(_("purpose in English"), blank=True)
    purpose_fr = models.TextField(_("purpose in French"), blank=True)
    consistent_uses_en = models.TextField(_("consistent uses in English"), blank=True)
    consistent_uses_fr = models.TextField(_("consistent uses in French"), blank=True)
    retention_en = models.TextField(_("retention and disposal in English"), blank=True)
    retention_fr = models.TextField(_("retention and disposal in French"), blank=True)
    sin_use_en = models.TextField(_("use of the social insurance number in English"), blank=True)
    sin_use_fr = models.TextField(_("use of the social insurance number in French"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    note_fr = models.TextField(_("note in French"), blank=True)
    disposal_authority_en = models.TextField(_("records disposition authority in English"), blank=True)
    disposal_authority_fr = models.TextField(_("records disposition authority in French"), blank=True)
    related_en = models.TextField(_("related record numbers in English"), blank=True)
    related_fr = models.TextField(_("related record numbers in French"), blank=True)
    registration_en = models.TextField(_("registration in English"), blank=True)
    registration_fr = models.TextField(_("registration in French"), blank=True)
    classes = models.ManyToManyField(
        ClassOfRecords, related_name="banks", verbose_name=_("classes of records")
    )

    class Meta(Holding.Meta):
        abstract = False
        verbose_name = _("personal information bank")
        verbose_name_plural = _("personal information banks")


class PersonalInformationCategory(models.Model):
    """One of the categories by which personal information is described, with examples."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_fr = models.CharField(_("name in French"), max_length=200)
    examples_en = models.TextField(_("examples in English"), blank=True)
    examples_fr = models.TextField(_("examples in French"), blank=True)

    class Meta:
        verbose_name = _("category of personal information")
        verbose_name_plural = _("categories of personal information")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_en="") & ~Q(name_fr=""),
                name="disclosure_category_is_bilingual",
                violation_error_message=_("A category has its name in both languages."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

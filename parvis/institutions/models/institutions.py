from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import Text
from parvis.core.sort_key import sort_key
from parvis.institutions.states import InstitutionKind, JurisdictionKind, NameProvenance, Schedule, State

if TYPE_CHECKING:
    from collections.abc import Sequence


class JurisdictionQuerySet(models.QuerySet["Jurisdiction"]):
    """Sets of jurisdictions."""

    def in_usual_order(self) -> JurisdictionQuerySet:
        """Order as a person expects: federal, provinces and territories, then municipalities, by English name."""
        rank = models.Case(
            *(models.When(kind=kind, then=position) for position, kind in enumerate(JurisdictionKind.values)),
            output_field=models.SmallIntegerField(),
        )
        return self.order_by(rank, "sort_key_en", "code")


class Jurisdiction(models.Model):
    """A government: federal, a province or territory, or a municipality."""

    code = models.SlugField(_("code"), max_length=40, unique=True)  # ca, ca-bc, ca-on-3520005
    division_id = models.CharField(_("Open Civic Data division"), max_length=120, unique=True)
    aliases = ArrayField(
        models.CharField(max_length=60), verbose_name=_("other codes in use"), default=list, blank=True
    )
    kind = models.CharField(_("kind"), max_length=20, choices=JurisdictionKind.choices)
    parent = models.ForeignKey(
        "institutions.Jurisdiction", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    name_en = models.CharField(_("name in English"), max_length=200)
    name_fr = models.CharField(_("name in French"), max_length=200)
    sort_key_en = models.CharField(max_length=200, editable=False)
    sort_key_fr = models.CharField(max_length=200, editable=False)

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("jurisdiction")
        verbose_name_plural = _("jurisdictions")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=JurisdictionKind.values),
                name="institutions_jurisdiction_kind_is_known",
                violation_error_message=_("This kind of jurisdiction is not known."),
            ),
            models.CheckConstraint(
                condition=~Q(name_en="") & ~Q(name_fr=""),
                name="institutions_jurisdiction_is_bilingual",
                violation_error_message=_("A jurisdiction has its name in both languages."),
            ),
            models.CheckConstraint(
                condition=Q(kind=JurisdictionKind.FEDERAL, parent__isnull=True)
                | (~Q(kind=JurisdictionKind.FEDERAL) & Q(parent__isnull=False)),
                name="institutions_jurisdiction_has_parent_unless_federal",
                violation_error_message=_("Every jurisdiction but the federal one lies in another."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> Text:
        """The name in both languages."""
        return Text(self.name_en, self.name_fr)

    def keep_sort_keys(self) -> None:
        """Set the stored keys by which the names are ordered."""
        self.sort_key_en, self.sort_key_fr = sort_key(self.name_en), sort_key(self.name_fr)


class InstitutionQuerySet(models.QuerySet["Institution"]):
    """Sets of institutions."""

    def with_jurisdiction(self) -> InstitutionQuerySet:
        """Fetch the jurisdiction in the same query."""
        return self.select_related("jurisdiction")

    def in_jurisdictions(self, codes: Sequence[str]) -> InstitutionQuerySet:
        """Keep those of the jurisdictions with these codes."""
        return self.filter(jurisdiction__code__in=codes)

    def alphabetical(self, language: str) -> InstitutionQuerySet:
        """Order by title in `language`."""
        return self.order_by("sort_key_fr" if language == "fr" else "sort_key_en", "slug")


class Institution(models.Model):
    """A public body that holds records. Its slug stands in addresses and never changes, whatever its title becomes."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    open_data_slug = models.CharField(
        _("open-data slug"), max_length=60, blank=True
    )  # `owner_org` in the official files
    jurisdiction = models.ForeignKey(
        "institutions.Jurisdiction",
        on_delete=models.PROTECT,
        related_name="institutions",
        verbose_name=_("jurisdiction"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=InstitutionKind.choices)
    schedule = models.CharField(_("schedule"), max_length=40, choices=Schedule.choices, blank=True)
    legal_title_en = models.CharField(_("legal title in English"), max_length=300)
    legal_title_fr = models.CharField(_("legal title in French"), max_length=300)
    applied_title_en = models.CharField(_("applied title in English"), max_length=300, blank=True)
    applied_title_fr = models.CharField(_("applied title in French"), max_length=300, blank=True)
    title_provenance_en = models.CharField(
        max_length=10, choices=NameProvenance.choices, default=NameProvenance.SOURCE
    )
    title_provenance_fr = models.CharField(
        max_length=10, choices=NameProvenance.choices, default=NameProvenance.SOURCE
    )
    acronym_en = models.CharField(_("acronym in English"), max_length=40, blank=True)
    acronym_fr = models.CharField(_("acronym in French"), max_length=40, blank=True)
    lead_department_en = models.CharField(_("lead department in English"), max_length=300, blank=True)
    lead_department_fr = models.CharField(_("lead department in French"), max_length=300, blank=True)
    website_en = models.URLField(_("website in English"), max_length=300, blank=True)
    website_fr = models.URLField(_("website in French"), max_length=300, blank=True)
    access_email = models.EmailField(_("e-mail of the access office"), blank=True)
    access_phone = models.CharField(_("telephone of the access office"), max_length=60, blank=True)
    access_address_en = models.TextField(_("postal address of the access office in English"), blank=True)
    access_address_fr = models.TextField(_("postal address of the access office in French"), blank=True)
    access_url_en = models.URLField(_("how to make a request, in English"), max_length=300, blank=True)
    access_url_fr = models.URLField(_("how to make a request, in French"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ACTIVE)
    ended_in = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    successor = models.ForeignKey(
        "institutions.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )
    purpose_en = models.TextField(_("what it does, in English"), blank=True)
    purpose_fr = models.TextField(_("what it does, in French"), blank=True)
    sort_key_en = models.CharField(max_length=300, editable=False)
    sort_key_fr = models.CharField(max_length=300, editable=False)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        indexes = [
            models.Index(fields=["sort_key_en"], name="institutions_by_title_en"),
            models.Index(fields=["sort_key_fr"], name="institutions_by_title_fr"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "open_data_slug"],
                condition=~Q(open_data_slug=""),
                name="institutions_open_data_slug_is_unique",
                violation_error_message=_(
                    "Another institution of this jurisdiction has this open-data slug."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(legal_title_en="") & ~Q(legal_title_fr=""),
                name="institutions_institution_is_bilingual",
                violation_error_message=_("An institution has its title in both languages."),
            ),
            models.CheckConstraint(
                condition=Q(purpose_en="", purpose_fr="") | (~Q(purpose_en="") & ~Q(purpose_fr="")),
                name="institutions_purpose_is_bilingual",
                violation_error_message=_(
                    "What an institution does is said in both languages or in neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=InstitutionKind.values)
                & Q(schedule__in=Schedule.values)
                & Q(title_provenance_en__in=NameProvenance.values)
                & Q(title_provenance_fr__in=NameProvenance.values),
                name="institutions_institution_words_are_known",
                violation_error_message=_("The kind, schedule or provenance is not a known one."),
            ),
            models.CheckConstraint(
                condition=Q(state=State.ACTIVE, successor__isnull=True, ended_in__isnull=True)
                | Q(state=State.CLOSED)
                | Q(state=State.MERGED, successor__isnull=False),
                name="institutions_state_fits_successor",
                violation_error_message=_("An active institution has no successor; a merged one has."),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="institutions_successor_is_another",
                violation_error_message=_("An institution does not succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def title(self) -> Text:
        """What people call it: the applied title, or the legal one where there is no other."""
        return Text(
            self.applied_title_en or self.legal_title_en, self.applied_title_fr or self.legal_title_fr
        )

    @property
    def legal_title(self) -> Text:
        """The title that the statute gives it."""
        return Text(self.legal_title_en, self.legal_title_fr)

    @property
    def acronym(self) -> Text:
        """The acronym in each language; it may be empty in both."""
        return Text(self.acronym_en, self.acronym_fr)

    @property
    def purpose(self) -> Text:
        """One sentence of ours on what it does and what people ask it for."""
        return Text(self.purpose_en, self.purpose_fr)

    @property
    def is_standing(self) -> bool:
        """Whether the body still stands."""
        return self.state == State.ACTIVE

    def keep_sort_keys(self) -> None:
        """Set the stored keys by which the titles are ordered."""
        self.sort_key_en, self.sort_key_fr = sort_key(self.title.en), sort_key(self.title.fr)


class FormerName(models.Model):
    """A title that the institution bore, and in which years as far as is known."""

    institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.CASCADE, related_name="former_names"
    )
    title_en = models.CharField(_("title in English"), max_length=300)
    title_fr = models.CharField(_("title in French"), max_length=300)
    from_year = models.PositiveSmallIntegerField(_("from"), null=True, blank=True)
    until_year = models.PositiveSmallIntegerField(_("until"), null=True, blank=True)
    source_note = models.CharField(_("where this is known from"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "title_en"],
                name="institutions_former_name_is_unique",
                violation_error_message=_("This former name is kept already."),
            ),
            models.CheckConstraint(
                condition=~Q(title_en="") & ~Q(title_fr=""),
                name="institutions_former_name_is_bilingual",
                violation_error_message=_("A former name is given in both languages."),
            ),
            models.CheckConstraint(
                condition=Q(from_year__isnull=True)
                | Q(until_year__isnull=True)
                | Q(until_year__gte=F("from_year")),
                name="institutions_former_name_years_in_order",
                violation_error_message=_("A name ends in the year it began or later."),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en

    @property
    def title(self) -> Text:
        """The title in both languages."""
        return Text(self.title_en, self.title_fr)


class Spelling(models.Model):
    """A way of writing an institution's name that real files use and that no rule of the matcher would find."""

    institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.CASCADE, related_name="spellings"
    )
    text = models.CharField(_("as written"), max_length=300)
    source_note = models.CharField(_("where it occurs"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "text"],
                name="institutions_spelling_is_unique",
                violation_error_message=_("This spelling is kept already."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="institutions_spelling_has_text",
                violation_error_message=_("A spelling has a text."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

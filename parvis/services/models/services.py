from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import Text
from parvis.core.public_id import new_public_id
from parvis.core.sort_key import sort_key
from parvis.services.models.loads import DataFile, Snapshot
from parvis.services.models.readings import answer, answered, fit, whole
from parvis.services.values import fiscal_year

if TYPE_CHECKING:
    from typing import Self

POINTS = (  # the six interaction points that may be online
    "os_account_registration",
    "os_authentication",
    "os_application",
    "os_decision",
    "os_issuance",
    "os_issue_resolution_feedback",
)
ANSWERS = (*POINTS, "automated_decision_system", "service_fee", "sin_usage", "cra_bn_identifier_usage")
APPLICATIONS = (  # by channel; what `num_applications_total` adds up
    "num_applications_by_phone",
    "num_applications_online",
    "num_applications_in_person",
    "num_applications_by_mail",
    "num_applications_by_email",
    "num_applications_by_fax",
    "num_applications_by_other",
)
VOLUMES = ("num_phone_enquiries", "num_website_visits", *APPLICATIONS)


def codes(verbose_name: Any) -> ArrayField[list[str], list[str]]:
    """Return the column of a list of codes."""
    return ArrayField(models.CharField(max_length=40), verbose_name=verbose_name, default=list, blank=True)


class ServiceQuerySet(models.QuerySet["Service"]):
    """Sets of services."""

    def of_institution(self, institution_id: int) -> Self:
        """Those of one institution."""
        return self.filter(institution_id=institution_id)

    def reported(self) -> Self:
        """Those with at least one yearly record that stands."""
        return self.filter(last_year__isnull=False)

    def alphabetical(self, language: str) -> Self:
        """Order by name in `language`."""
        return self.order_by("sort_key_fr" if language == "fr" else "sort_key_en", "pk")


class Service(models.Model):
    """A public service: one identity through its years and names. Names and owner are those of its last year."""

    public_id = models.CharField(
        _("public identifier"), max_length=16, unique=True, default=new_public_id, editable=False
    )
    key = models.CharField(_("key of its identity"), max_length=120, unique=True, editable=False)
    service_id = models.CharField(_("service identifier"), max_length=60)
    is_registered = models.BooleanField(_("its identifier stands in the register"), default=False)
    institution = models.ForeignKey(
        "institutions.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("institution"),
    )
    institution_as_written = models.CharField(_("institution as written"), max_length=300, blank=True)
    name_en = models.TextField(_("name in English"), blank=True)
    name_fr = models.TextField(_("name in French"), blank=True)
    sort_key_en = models.CharField(max_length=200, editable=False)
    sort_key_fr = models.CharField(max_length=200, editable=False)
    first_year = models.PositiveSmallIntegerField(_("first fiscal year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last fiscal year"), null=True, blank=True)
    is_invented = models.BooleanField(_("invented sample"), default=False)
    created_at = models.DateTimeField(_("first seen"), db_default=Now())
    changed_at = models.DateTimeField(_("last changed"), db_default=Now())

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        indexes = [
            models.Index(fields=["service_id"], name="services_by_service_id"),
            models.Index(fields=["sort_key_en"], name="services_by_name_en"),
            models.Index(fields=["sort_key_fr"], name="services_by_name_fr"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(service_id=""),
                name="services_service_is_identified",
                violation_error_message=_("A service has an identifier."),
            ),
            models.CheckConstraint(
                condition=~Q(name_en="", name_fr=""),
                name="services_service_is_named",
                violation_error_message=_("A service has a name in at least one language."),
            ),
        ]

    def __str__(self) -> str:
        return self.service_id

    @property
    def name(self) -> Text:
        """The name of its last year in both languages, as far as there is one."""
        return Text(self.name_en, self.name_fr)

    def keep_sort_keys(self) -> None:
        """Set the stored keys by which the names are ordered."""
        self.sort_key_en = sort_key(self.name_en or self.name_fr)[:200]
        self.sort_key_fr = sort_key(self.name_fr or self.name_en)[:200]


class RegisteredService(models.Model):
    """An identifier that was given to an institution for one of its services, whether it was reported or not."""

    service_id = models.CharField(_("service identifier"), max_length=60, unique=True)
    name_en = models.TextField(_("name in English"), blank=True)
    name_fr = models.TextField(_("name in French"), blank=True)
    institution = models.ForeignKey(
        "institutions.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("institution"),
    )
    institution_as_written = models.CharField(_("institution as written"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("registered service identifier")
        verbose_name_plural = _("registered service identifiers")

    def __str__(self) -> str:
        return self.service_id


class FormerIdentifier(models.Model):
    """Another identifier under which files reported the service."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="former_identifiers")
    identifier = models.CharField(_("identifier"), max_length=60)
    file = models.ForeignKey(DataFile, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("former identifier")
        verbose_name_plural = _("former identifiers")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "identifier"],
                name="services_former_identifier_is_kept_once",
                violation_error_message=_("This identifier is kept already."),
            ),
        ]

    def __str__(self) -> str:
        return self.identifier


class YearlyQuerySet(models.QuerySet[Any]):
    """Sets of yearly records, of services or of standards."""

    def current(self) -> Self:
        """Those that stand today; snapshots of a day are left out."""
        return self.filter(snapshot__isnull=True)

    def in_edition(self, snapshot: Snapshot | None) -> Self:
        """Those of a snapshot; without one, those that stand today."""
        return self.filter(snapshot=snapshot) if snapshot else self.current()


class YearlyRecord(models.Model):
    """What services and standards share: whose row it is, of which year and edition, and the row as its file had it."""

    public_id = models.CharField(
        _("public identifier"), max_length=16, unique=True, default=new_public_id, editable=False
    )
    year = models.PositiveSmallIntegerField(_("fiscal year"))  # the one that begins in April of this year
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # null: it stands today
    institution = models.ForeignKey(
        "institutions.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("institution"),
    )
    owner_org = models.CharField(_("code of the institution as written"), max_length=60, blank=True)
    owner_org_title = models.CharField(_("institution as written"), max_length=300, blank=True)
    file = models.ForeignKey(DataFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    line = models.PositiveIntegerField(_("line"), null=True, blank=True)
    cells = models.JSONField(_("cells of the source row"), default=dict, blank=True)
    digest = models.CharField(_("fingerprint of the row"), max_length=32, blank=True)
    is_invented = models.BooleanField(_("invented sample"), default=False)
    first_seen_at = models.DateTimeField(_("first seen"), db_default=Now())
    changed_at = models.DateTimeField(_("last changed"), db_default=Now())
    edited_at = models.DateTimeField(_("last edited by a person"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def fiscal_yr(self) -> str:
        """The fiscal year as files write it: 2023-2024."""
        return fiscal_year(self.year)


class ServiceYear(YearlyRecord):
    """What an institution reported of one service for one fiscal year. Columns bear their official names."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="years")
    service_name_en = models.TextField(_("name in English"), blank=True)
    service_name_fr = models.TextField(_("name in French"), blank=True)
    service_description_en = models.TextField(_("description in English"), blank=True)
    service_description_fr = models.TextField(_("description in French"), blank=True)
    service_type = codes(_("type of service"))
    service_recipient_type = models.CharField(_("type of recipient"), max_length=20, blank=True)
    service_scope = codes(_("scope"))
    client_target_groups = codes(_("client groups"))
    program_id = codes(_("program codes"))
    program_name_en = models.TextField(_("program names in English"), blank=True)
    program_name_fr = models.TextField(_("program names in French"), blank=True)
    client_feedback_channel = codes(_("feedback channels"))
    automated_decision_system = answer(_("automated decision system"))
    automated_decision_system_description_en = models.TextField(
        _("automated decision system, in English"), blank=True
    )
    automated_decision_system_description_fr = models.TextField(
        _("automated decision system, in French"), blank=True
    )
    service_fee = answer(_("fee"))
    os_account_registration = answer(_("account registration online"))
    os_authentication = answer(_("authentication online"))
    os_application = answer(_("application online"))
    os_decision = answer(_("decision online"))
    os_issuance = answer(_("issuance online"))
    os_issue_resolution_feedback = answer(_("issue resolution and feedback online"))
    os_comments_client_interaction_en = models.TextField(_("comments on interaction, in English"), blank=True)
    os_comments_client_interaction_fr = models.TextField(_("comments on interaction, in French"), blank=True)
    last_service_review = models.PositiveSmallIntegerField(
        _("fiscal year of the last review"), null=True, blank=True
    )
    last_service_improvement = models.PositiveSmallIntegerField(
        _("fiscal year of the last improvement"), null=True, blank=True
    )
    sin_usage = answer(_("social insurance number as identifier"))
    cra_bn_identifier_usage = answer(_("business number as identifier"))
    num_phone_enquiries = whole(_("telephone enquiries"))
    num_website_visits = whole(_("website visits"))
    num_applications_by_phone = whole(_("applications by telephone"))
    num_applications_online = whole(_("applications online"))
    num_applications_in_person = whole(_("applications in person"))
    num_applications_by_mail = whole(_("applications by mail"))
    num_applications_by_email = whole(_("applications by email"))
    num_applications_by_fax = whole(_("applications by fax"))
    num_applications_by_other = whole(_("applications by other channels"))
    num_applications_total = whole(_("all applications, as the source adds them up"))
    special_remarks_en = models.TextField(_("remarks in English"), blank=True)
    special_remarks_fr = models.TextField(_("remarks in French"), blank=True)
    service_uri_en = models.TextField(_("address in English"), blank=True)
    service_uri_fr = models.TextField(_("address in French"), blank=True)

    objects = YearlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly record of a service")
        verbose_name_plural = _("yearly records of services")
        indexes = [
            models.Index(fields=["year", "institution"], name="services_by_year"),
            models.Index(fields=["changed_at", "id"], name="services_by_change"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "year", "snapshot"],
                nulls_distinct=False,
                name="services_one_record_a_year",
                violation_error_message=_("This service has its record of that year already."),
            ),
            models.CheckConstraint(
                condition=~Q(service_name_en="", service_name_fr=""),
                name="services_year_is_named",
                violation_error_message=_("A service has a name in at least one language."),
            ),
            *answered("services_year", ANSWERS),
            *fit("services_year", (*VOLUMES, "num_applications_total")),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.fiscal_yr}"

    @property
    def name(self) -> Text:
        """The name in both languages, as far as there is one."""
        return Text(self.service_name_en, self.service_name_fr)

    @property
    def description(self) -> Text:
        """The description in both languages, as far as there is one."""
        return Text(self.service_description_en, self.service_description_fr)

    @property
    def remarks(self) -> Text:
        """What the institution adds, in both languages, as far as it does."""
        return Text(self.special_remarks_en, self.special_remarks_fr)

    @property
    def address(self) -> Text:
        """Where the service is used, in both languages, as far as it is said."""
        return Text(self.service_uri_en, self.service_uri_fr)

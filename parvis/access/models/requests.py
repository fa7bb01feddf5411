from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.access.states import (
    ENDED,
    RecordFormat,
    RecordsLanguage,
    RequestKind,
    RequestState,
    Waiver,
)
from parvis.core.public_id import new_public_id
from parvis.law import Event, Kind
from parvis.law import Role as Decider
from parvis.vault.sealed import SealedField, SealedModel

CLOCK_KINDS = [(kind.value, kind.value) for kind in Kind]


class AccessRequestQuerySet(models.QuerySet["AccessRequest"]):
    """Sets of requests."""

    def open(self) -> AccessRequestQuerySet:
        """Keep those that the institution still has to answer, or that wait for their fee."""
        return self.exclude(state__in=ENDED)

    def of_institution(self, institution_id: int) -> AccessRequestQuerySet:
        """Keep those of one institution."""
        return self.filter(institution_id=institution_id)

    def due_first(self) -> AccessRequestQuerySet:
        """Order by the day on which the answer is due, those without one last."""
        return self.order_by(models.F("statute_due").asc(nulls_last=True), "pk")


class AccessRequest(models.Model):
    """One part of a submission: what one institution is asked for, under one law, with one clock.

    It says nothing of who asks. `pack_id` pins the law of the day of its receipt; it is empty for a copy of what was
    released, which no statute governs. `statute_due` and `policy_due` are kept from the replay of its clock events.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    number = models.CharField(_("request number"), max_length=80, unique=True)
    submission = models.ForeignKey("access.Submission", on_delete=models.PROTECT, related_name="parts")
    institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=RequestKind.choices)
    state = models.CharField(_("state"), max_length=12, choices=RequestState.choices)
    regime = models.CharField(_("statute"), max_length=40, blank=True)
    pack_id = models.CharField(_("law pack"), max_length=60, blank=True)
    place = models.CharField(_("place"), max_length=40, blank=True)
    package = models.CharField(_("released package"), max_length=200, blank=True)  # its record’s public_id
    usual_file = models.ForeignKey(
        "access.UsualFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    record_format = models.CharField(_("format"), max_length=12, choices=RecordFormat.choices)
    records_language = models.CharField(_("language"), max_length=4, choices=RecordsLanguage.choices)
    received_on = models.DateField(_("received"), null=True, blank=True)
    statute_due = models.DateField(_("due by statute"), null=True, blank=True)
    policy_due = models.DateField(_("due by policy"), null=True, blank=True)
    fee = models.DecimalField(_("fee"), max_digits=8, decimal_places=2, default=0)
    currency = models.CharField(_("currency"), max_length=3, default="CAD")
    waiver = models.CharField(_("waiver"), max_length=10, choices=Waiver.choices, blank=True)
    told_of = models.CharField(max_length=12, blank=True, db_default="")  # the state of which they were told
    created_at = models.DateTimeField(default=timezone.now)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    purged_at = models.DateTimeField(_("content erased"), null=True, blank=True)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("access request")
        verbose_name_plural = _("access requests")
        indexes = [
            models.Index(fields=["institution", "state", "statute_due"], name="access_requests_of_desk"),
            models.Index(fields=["ended_on"], name="access_requests_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RequestKind.values)
                & Q(state__in=RequestState.values)
                & Q(record_format__in=RecordFormat.values)
                & Q(records_language__in=RecordsLanguage.values)
                & Q(waiver__in=Waiver.values),
                name="access_request_words_are_known",
                violation_error_message=_("The kind, the state or another word is not a known one."),
            ),
            models.CheckConstraint(
                condition=Q(kind=RequestKind.COPY) | ~Q(pack_id=""),
                name="access_request_has_its_law",
                violation_error_message=_("A request under a statute is pinned to its law."),
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=False) | ~Q(state=RequestState.RECEIVED),
                name="access_request_received_on_a_day",
                violation_error_message=_("A received request has the day of its receipt."),
            ),
            models.CheckConstraint(
                condition=Q(fee__gte=0),
                name="access_request_fee_is_no_debt",
                violation_error_message=_("A fee is not negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_informal(self) -> bool:
        """Whether no statute governs it: a copy of what was released."""
        return self.kind == RequestKind.COPY


class RequestText(SealedModel):
    """What is asked for, as it was written: version 1 is the original and never changes; later ones clarify it.

    The value holds `text`, `period_from`, `period_to`, `keywords`, `places` and, for a usual file, `particulars`.
    It is sealed whole, because people write about themselves in any field.
    """

    access_request = models.ForeignKey("access.AccessRequest", on_delete=models.CASCADE, related_name="texts")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    sealed = SealedField(_("text"))
    written_at = models.DateTimeField(default=timezone.now)
    why = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("text of a request")
        verbose_name_plural = _("texts of requests")
        ordering: ClassVar[list[str]] = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["access_request", "version"],
                name="access_text_version_is_unique",
                violation_error_message=_("This version of the text is kept already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.access_request_id} v{self.version}"


class ClockEvent(models.Model):
    """One thing that moves the clock of a request, as the law engine understands it. Dates follow by replay."""

    access_request = models.ForeignKey(
        "access.AccessRequest", on_delete=models.CASCADE, related_name="clock_events"
    )
    kind = models.CharField(_("event"), max_length=30, choices=CLOCK_KINDS)
    on = models.DateField(_("day"))
    ref = models.CharField(_("section"), max_length=60, blank=True)
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    by = models.CharField(_("decided by"), max_length=12, blank=True)
    then_on = models.DateField(_("then on"), null=True, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("event of the clock")
        verbose_name_plural = _("events of the clock")
        ordering: ClassVar[list[str]] = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"

    def as_event(self) -> Event:
        """Return it as the law engine takes it."""
        by = Decider(self.by) if self.by else None
        return Event(Kind(self.kind), self.on, self.ref, self.days, by, self.then_on)

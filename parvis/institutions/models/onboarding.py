"""How an institution comes on board: what it answered, the test that it passed, and files that bring many at once."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import LANGUAGES, Text
from parvis.core.public_id import new_public_id
from parvis.institutions.states import Channel, FeeChoice, FeeMeans, OnboardingState

COLOUR = r"^(#[0-9a-f]{6})?$"


class Onboarding(models.Model):
    """One institution's way on board. What is still missing is computed from facts, never ticked by hand.

    `drafts` keeps, by section, what was typed and is not complete yet.
    """

    institution = models.OneToOneField(
        "institutions.Institution", on_delete=models.PROTECT, related_name="onboarding"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=OnboardingState.choices, default=OnboardingState.INVITED
    )
    regimes = ArrayField(
        models.CharField(max_length=40), verbose_name=_("statutes"), default=list, blank=True
    )
    languages = ArrayField(
        models.CharField(max_length=2), verbose_name=_("working languages"), default=list, blank=True
    )
    fee_choice = models.CharField(_("fees"), max_length=10, choices=FeeChoice.choices, blank=True)
    fee_amount = models.DecimalField(  # where it asks for less than the statute
        _("application fee"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    fee_means = ArrayField(
        models.CharField(max_length=10),
        verbose_name=_("how the fee is paid"),
        default=list,
        db_default=[],
        blank=True,
    )
    fee_note_en = models.TextField(
        _("how to pay, in English"), max_length=600, blank=True, default="", db_default=""
    )
    fee_note_fr = models.TextField(
        _("how to pay, in French"), max_length=600, blank=True, default="", db_default=""
    )
    channels = ArrayField(
        models.CharField(max_length=12), verbose_name=_("how requests reach it"), default=list, blank=True
    )
    system_url = models.URLField(_("address of its own system"), max_length=300, blank=True)
    is_head_deciding = models.BooleanField(_("the head decides; nothing is delegated"), default=False)
    welcome_en = models.TextField(_("welcome in English"), max_length=1000, blank=True)
    welcome_fr = models.TextField(_("welcome in French"), max_length=1000, blank=True)
    colour_primary = models.CharField(_("main colour"), max_length=7, blank=True)
    colour_accent = models.CharField(_("second colour"), max_length=7, blank=True)
    drafts = models.JSONField(default=dict, blank=True)
    invited_at = models.DateTimeField(default=timezone.now)
    live_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    state_why = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("onboarding")
        verbose_name_plural = _("onboardings")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OnboardingState.values) & Q(fee_choice__in=["", *FeeChoice.values]),
                name="institutions_onboarding_words_are_known",
                violation_error_message=_("The state or the choice of fees is not a known one."),
            ),
            models.CheckConstraint(
                condition=Q(languages__contained_by=list(LANGUAGES))
                & Q(channels__contained_by=list(Channel.values))
                & Q(fee_means__contained_by=list(FeeMeans.values)),
                name="institutions_onboarding_lists_are_known",
                violation_error_message=_(
                    "A language, a way for requests or a way to pay is not a known one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(fee_amount__isnull=True) | Q(fee_amount__gt=0),
                name="institutions_onboarding_fee_is_no_debt",
                violation_error_message=_("A fee is more than nothing, or left out."),
            ),
            models.CheckConstraint(
                condition=Q(colour_primary__regex=COLOUR) & Q(colour_accent__regex=COLOUR),
                name="institutions_onboarding_colours_are_written",
                violation_error_message=_(
                    "A colour is written as # and six digits or letters a to f: #26374a."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.state}"

    @property
    def fee_note(self) -> Text:
        """How to pay otherwise than by card: to whose order, where to."""
        return Text(self.fee_note_en, self.fee_note_fr)

    @property
    def welcome(self) -> Text:
        """What the institution says to whoever asks it for records."""
        return Text(self.welcome_en, self.welcome_fr)


class SelfCheck(models.Model):
    """One run of the test before an institution goes live: each check with its outcome.

    The mail of the test carries a code; whoever opens its link proves that the address is read.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    onboarding = models.ForeignKey(
        "institutions.Onboarding", on_delete=models.CASCADE, related_name="self_checks"
    )
    ran_at = models.DateTimeField(default=timezone.now)
    ran_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcomes = models.JSONField(default=list)  # [{"check": "law", "passed": true, "of": "ca-atia"}]
    address = models.EmailField(blank=True)  # to which the mail of this test went
    code_hash = models.CharField(max_length=64, blank=True)
    reached_at = models.DateTimeField(null=True, blank=True)
    is_passed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("self-check")
        verbose_name_plural = _("self-checks")
        ordering: ClassVar[list[str]] = ["-ran_at", "-pk"]

    def __str__(self) -> str:
        return self.public_id


class OnboardingFile(models.Model):
    """A file that brings many institutions on board, kept between its preview and its confirmation."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("name of the file"), max_length=200)
    rows: models.JSONField[Any, Any] = models.JSONField(default=list)  # each row's line and cells, as read
    uploaded_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)  # what confirming did: {"new": 3, …}

    class Meta:
        verbose_name = _("onboarding file")
        verbose_name_plural = _("onboarding files")
        ordering: ClassVar[list[str]] = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.public_id

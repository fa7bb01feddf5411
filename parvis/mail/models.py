"""What is on its way to whom. The content and the address are sealed, and erased as soon as nothing needs them."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.core.public_id import new_public_id
from parvis.mail.states import SENDABLE, MailFault, MailState


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Messages, by what is to be done with them."""

    def claimable(self, now: datetime, claimed_before: datetime) -> "OutgoingMailQuerySet":
        """Messages that a worker may take: their time has come, or whoever took them has not been heard of since."""
        is_due = Q(state=MailState.QUEUED, next_attempt_at__lte=now)
        is_forsaken = Q(state=MailState.SENDING, claimed_at__lte=claimed_before)
        return self.filter(is_due | is_forsaken)

    def expired(self, now: datetime) -> "OutgoingMailQuerySet":
        """Messages that have outlived their use and still hold an address and a content."""
        return self.filter(expires_at__lte=now, sealed__isnull=False)


class OutgoingMail(models.Model):
    """One message to one address. `sealed` is what Fernet makes of address, subject, text and HTML; `null` once erased.

    `address_hash` is a keyed hash, for as long as a message may come back. `person_id` has no key: mail stands
    below accounts.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    template = models.CharField(_("message"), max_length=100)
    language = models.CharField(_("language"), max_length=2, choices=[("en", "English"), ("fr", "Français")])
    person_id = models.BigIntegerField(_("person"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    fault = models.CharField(_("fault"), max_length=20, choices=MailFault, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    claimed_at = models.DateTimeField(_("taken by a worker"), null=True)
    settled_at = models.DateTimeField(_("sent or given up"), null=True)
    expires_at = models.DateTimeField(_("of no use after"))
    address_hash = models.CharField(_("keyed hash of the address"), max_length=64, blank=True)
    provider_id = models.CharField(_("identifier at the provider"), max_length=100, blank=True)
    sealed = models.BinaryField(_("sealed address and content"), null=True)

    objects: ClassVar[models.Manager["OutgoingMail"]] = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=["en", "fr"]),
                name="mail_outgoing_language_is_official",
                violation_error_message=_("The language is English or French."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "next_attempt_at"], name="mail_outgoing_due"),
            models.Index(fields=["address_hash"], name="mail_outgoing_address"),
            models.Index(fields=["provider_id"], name="mail_outgoing_provider"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.template}"

    @property
    def can_be_sent(self) -> bool:
        """Whether it still waits, or is with a worker."""
        return self.state in SENDABLE

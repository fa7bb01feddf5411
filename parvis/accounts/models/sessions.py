"""Sessions of people who signed in, as they see and end them."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.core.public_id import new_public_id

SEEN_EVERY = timedelta(minutes=15)
CONFIRMED_FOR = timedelta(minutes=15)


class SignedInSessionQuerySet(models.QuerySet["SignedInSession"]):
    """Sets of sessions."""

    def end(self) -> None:
        """End them: what the browsers hold opens nothing any more."""
        keys = list(self.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        SignedInSession.objects.filter(session_key__in=keys).delete()


class SignedInSession(models.Model):
    """One browser in which a person is signed in. No address of the network is kept, nor the browser's full signature.

    `strong_at` is the moment at which the second factor was shown in this session; `confirmed_at` when the person
    last proved to be there, for delicate things. `identified_by` is the identifier of the provider by which they came
    in, where it has verified who they are.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="sessions")
    session_key = models.CharField(max_length=40, unique=True, editable=False)
    browser = models.CharField(_("browser"), max_length=30, blank=True)
    system = models.CharField(_("system"), max_length=30, blank=True)
    started_at = models.DateTimeField(_("signed in"), default=timezone.now)
    last_seen_at = models.DateTimeField(_("last seen"), default=timezone.now)
    strong_at = models.DateTimeField(_("second factor shown"), null=True)
    confirmed_at = models.DateTimeField(_("confirmed"), default=timezone.now)
    identified_by = models.CharField(max_length=40, blank=True, default="", db_default="")

    objects: ClassVar[SignedInSessionQuerySet] = SignedInSessionQuerySet.as_manager()  # type: ignore[assignment]  # a manager that is its queryset

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_strong(self) -> bool:
        """Whether the second factor was shown in it."""
        return self.strong_at is not None

    @property
    def is_freshly_confirmed(self) -> bool:
        """Whether the person proved a short time ago that they are there."""
        return timezone.now() - self.confirmed_at < CONFIRMED_FOR

    def note_seen(self) -> None:
        """Remember that it is in use, to the quarter of an hour: no trail of what a person does."""
        now = timezone.now()
        if now - self.last_seen_at >= SEEN_EVERY:
            SignedInSession.objects.filter(pk=self.pk, last_seen_at__lte=now - SEEN_EVERY).update(
                last_seen_at=now
            )

"""The append-only trail. Nothing outside this room reads or writes these tables."""

from typing import ClassVar

from django.db import models
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from parvis.audit.chain import SealedEvent


class EventQuerySet(models.QuerySet["Event"]):
    """Events, by where they stand in the chain."""

    def unsealed(self) -> "EventQuerySet":
        """Events that the sealer has not chained yet."""
        return self.filter(seal__isnull=True)

    def about(self, subject_type: str, subject_id: str) -> "EventQuerySet":
        """Events about one thing."""
        return self.filter(subject_type=subject_type, subject_id=subject_id)


class Event(models.Model):
    """One thing that happened. It holds the actor's id without a key: the trail outlives the account.

    A database trigger refuses every UPDATE and DELETE.
    """

    name = models.CharField(_("event"), max_length=100)
    happened_at = models.DateTimeField(_("moment"), db_default=Now())
    actor_kind = models.CharField(_("kind of actor"), max_length=10)
    actor_id = models.BigIntegerField(_("person"), null=True)
    actor_name = models.CharField(_("system actor"), max_length=100, blank=True)
    subject_type = models.CharField(_("kind of subject"), max_length=100)
    subject_id = models.CharField(_("subject"), max_length=64)
    data = models.JSONField(_("details"), default=dict)

    objects: ClassVar[models.Manager["Event"]] = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_event_subject"),
            models.Index(fields=["name"], name="audit_event_name"),
            models.Index(fields=["happened_at"], name="audit_event_moment"),
            models.Index(KeyTextTransform("institution", "data"), "id", name="audit_event_institution"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject_type}:{self.subject_id}"

    def sealed_form(self) -> SealedEvent:
        """Return all of it that a seal covers: every column."""
        return SealedEvent(
            self.pk,
            self.name,
            self.happened_at,
            self.actor_kind,
            self.actor_id,
            self.actor_name,
            self.subject_type,
            self.subject_id,
            self.data,
        )


class Seal(models.Model):
    """The chain: one link per event, made afterwards by one sealer, so that writers never wait for each other.

    Its hash needs a key that the database does not hold (`anchor.py`).
    """

    number = models.BigIntegerField(_("place in the chain"), primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="seal", db_constraint=False)
    hash = models.CharField(_("hash"), max_length=64)
    sealed_at = models.DateTimeField(_("sealed"))
    key_mark = models.CharField(_("mark of the key"), max_length=16)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.access.states import Relation
from parvis.core.public_id import new_public_id


class LegalHold(models.Model):
    """A reason for which a request is kept beyond its schedule, until it is lifted."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    access_request = models.ForeignKey("access.AccessRequest", on_delete=models.CASCADE, related_name="holds")
    why = models.CharField(_("why"), max_length=300)
    placed_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        constraints = [
            models.CheckConstraint(
                condition=~Q(why=""),
                name="access_hold_has_a_reason",
                violation_error_message=_("A legal hold has a reason."),
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class RequestLink(models.Model):
    """Two requests that go together."""

    source = models.ForeignKey("access.AccessRequest", on_delete=models.CASCADE, related_name="links")
    target = models.ForeignKey("access.AccessRequest", on_delete=models.CASCADE, related_name="linked_from")
    relation = models.CharField(_("relation"), max_length=10, choices=Relation.choices)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("link between requests")
        verbose_name_plural = _("links between requests")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "relation"],
                name="access_link_is_unique",
                violation_error_message=_("These requests are linked so already."),
            ),
            models.CheckConstraint(
                condition=Q(relation__in=Relation.values) & ~Q(source=models.F("target")),
                name="access_link_is_between_two",
                violation_error_message=_("A request is linked to another one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation} {self.target_id}"

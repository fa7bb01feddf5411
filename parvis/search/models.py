"""What search keeps in the database: vectors that cost time to make, and what has changed. The index is a file."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Vector(models.Model):
    """One embedded text, kept so that it is never computed twice: the index can be thrown away at any time."""

    digest = models.CharField(_("digest of engine, role and text"), max_length=64, primary_key=True)
    data = models.BinaryField(_("float16 numbers, little-endian"))

    class Meta:
        verbose_name = _("vector")
        verbose_name_plural = _("vectors")

    def __str__(self) -> str:
        return self.digest


class Change(models.Model):
    """Something findable that a room has changed and the index has not taken in yet.

    Written in the room's own transaction, so that no change is lost whatever dies afterwards. An empty `public_id`
    means everything of that kind.
    """

    kind = models.CharField(_("kind"), max_length=40)
    public_id = models.CharField(_("identifier"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["Change"]] = models.Manager()

    class Meta:
        verbose_name = _("change to index")
        verbose_name_plural = _("changes to index")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind}:{self.public_id}"


class Machine(models.Model):
    """One machine with an index of its own, as its index names it, and when it was last heard of."""

    name = models.CharField(_("name"), max_length=32, primary_key=True)
    seen_at = models.DateTimeField(_("last heard of"), db_default=Now())

    class Meta:
        verbose_name = _("machine with an index")
        verbose_name_plural = _("machines with an index")

    def __str__(self) -> str:
        return self.name


class Taken(models.Model):
    """One change that the index of one machine holds, for as long as other machines lack it."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="taken")
    machine = models.ForeignKey(Machine, on_delete=models.CASCADE, related_name="taken")

    objects: ClassVar[models.Manager["Taken"]] = models.Manager()

    class Meta:
        verbose_name = _("change taken in")
        verbose_name_plural = _("changes taken in")
        constraints = [
            models.UniqueConstraint(fields=["change", "machine"], name="search_taken_once"),
        ]

    def __str__(self) -> str:
        return f"{self.change_id} {self.machine_id}"

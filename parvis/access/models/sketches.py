from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.access.likeness import BITS


class SketchField(models.Field):  # type: ignore[type-arg]  # Django’s own takes no parameters when it runs
    """A column of 512 bits, written and read as characters 0 and 1, which PostgreSQL compares by itself."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002  # Django gives it
        """Return the type of the column."""
        return f"bit({BITS})"


class TextSketch(models.Model):
    """By what the text of a request is found alike to others of its institution; see `access/likeness.py`.

    There is none for requests about somebody's own information, and none any more once the text was erased.
    """

    access_request = models.OneToOneField(
        "access.AccessRequest", on_delete=models.CASCADE, related_name="sketch"
    )
    bits = SketchField(_("sketch"))

    class Meta:
        verbose_name = _("sketch of a text")
        verbose_name_plural = _("sketches of texts")

    def __str__(self) -> str:
        return str(self.access_request_id)

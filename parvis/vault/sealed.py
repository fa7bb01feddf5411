"""Columns that hold sealed values, and the model that reads and writes them."""

from __future__ import annotations

from typing import Any

from django.db import models

from parvis.core.public_id import new_public_id
from parvis.vault.sealing import seal_value, unseal_value


class SealedField(models.BinaryField):  # type: ignore[type-arg]  # the stubs know no parameters that we would set
    """A column of sealed values; empty when there is none, or when it was erased."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", bytes)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)


class SealedModel(models.Model):
    """A row with sealed columns. Each value is bound to its table, row and column, so that none can be moved."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)

    class Meta:
        abstract = True

    def about(self, field: str) -> str:
        """Return what a sealed value of this row is bound to."""
        return f"{self._meta.label_lower}:{self.public_id}:{field}"

    def keep_sealed(self, field: str, value: Any) -> None:
        """Set a column to a value that JSON can hold, sealed. The caller saves."""
        setattr(self, field, seal_value(value, self.about(field)))

    def read_sealed(self, field: str) -> Any:
        """Return the value of a sealed column. Raises UnsealError when it was erased, changed or moved."""
        return unseal_value(getattr(self, field), self.about(field))

    def is_erased(self, field: str) -> bool:
        """Return whether a sealed column holds nothing (any more)."""
        return not bytes(getattr(self, field) or b"")

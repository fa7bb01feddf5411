"""A reading in the database: two columns, a number and the kind of what was said, that only stand together."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, overload

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.services.values import WITHOUT_NUMBER, Answer, Kind, Reading

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

KINDS = [(kind.value, kind.value) for kind in Kind]
ANSWERS = [(answer.value, answer.value) for answer in Answer]


class ReadingColumns(property):
    """A model's attribute that is a `Reading`; stored as `NAME_number` (null unless a number) and `NAME_kind`.

    It is a property, so that a model takes it as an argument; queries name the two columns.
    """

    def __init__(self, verbose_name: "str | _StrPromise", number: "models.Field[Any, Any]") -> None:
        super().__init__()
        self._verbose_name, self._number = verbose_name, number
        self._name = ""

    def contribute_to_class(self, model: type[models.Model], name: str) -> None:
        """Add the two columns and the attribute to the model (called by Django for each attribute)."""
        self._name = name
        self._number.verbose_name = self._verbose_name
        self._number.null = self._number.blank = True
        kind: models.Field[Any, Any] = models.CharField(
            self._verbose_name, max_length=6, choices=KINDS, default="", blank=True
        )
        model.add_to_class(f"{name}_number", self._number)
        model.add_to_class(f"{name}_kind", kind)
        setattr(model, name, self)

    @overload
    def __get__(self, instance: None, owner: type | None = None) -> "ReadingColumns": ...
    @overload
    def __get__(self, instance: models.Model, owner: type | None = None) -> Reading: ...
    def __get__(self, instance: models.Model | None, owner: type | None = None) -> "Reading | ReadingColumns":
        """Return the reading that the two columns make."""
        if instance is None:
            return self
        kind = Kind(getattr(instance, f"{self._name}_kind"))
        if kind is Kind.NUMBER:
            return Reading(kind, getattr(instance, f"{self._name}_number"))
        return WITHOUT_NUMBER[kind]

    def __set__(self, instance: models.Model, value: Reading) -> None:
        """Set both columns."""
        setattr(instance, f"{self._name}_number", value.number)
        setattr(instance, f"{self._name}_kind", value.kind.value)


def whole(verbose_name: "str | _StrPromise") -> ReadingColumns:
    """Return the columns of a whole number: how many."""
    return ReadingColumns(verbose_name, models.BigIntegerField())


def fraction(verbose_name: "str | _StrPromise") -> ReadingColumns:
    """Return the columns of a part of one: a target of 90 % is 0.9."""
    return ReadingColumns(verbose_name, models.DecimalField(max_digits=20, decimal_places=10))


def answer(verbose_name: "str | _StrPromise") -> "models.CharField[str, str]":
    """Return the column of a yes-or-no question."""
    return models.CharField(verbose_name, max_length=2, choices=ANSWERS, default="", blank=True)


def fit(prefix: str, names: Iterable[str]) -> list[models.CheckConstraint]:
    """Return the rule that each reading has a number exactly when it says so."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{name}_kind": Kind.NUMBER.value, f"{name}_number__isnull": False})
            | Q(
                **{
                    f"{name}_kind__in": [kind.value for kind in WITHOUT_NUMBER],
                    f"{name}_number__isnull": True,
                }
            ),
            name=f"{prefix}_{name}_fits"[:63],
            violation_error_message=_("A figure is a number, NA, ND or blank, and only one of these."),
        )
        for name in names
    ]


def answered(prefix: str, names: Iterable[str]) -> list[models.CheckConstraint]:
    """Return the rule that each yes-or-no column holds one of its five values."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{name}__in": [one.value for one in Answer]}),
            name=f"{prefix}_{name}_known"[:63],
            violation_error_message=_("An answer is Y, N, NA, ND or blank."),
        )
        for name in names
    ]

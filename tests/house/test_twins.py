"""Both languages are equal, in the tables as well."""

import importlib
import pkgutil
from typing import Any

import pytest
from django.apps import apps
from django.db import models

import parvis
from parvis.audit.events import EventName, is_described, sentence


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("parvis.")]


def shape(field: "models.Field[Any, Any]") -> tuple[object, ...]:
    return type(field), field.max_length, field.null, field.blank, field.unique


@pytest.mark.parametrize("model", ours(), ids=lambda model: model.__name__)
def test_every_column_in_one_language_has_its_twin_of_the_same_shape(model: type[models.Model]) -> None:
    fields = {field.name: field for field in model._meta.fields}
    for name, field in fields.items():
        for own, other in (("_en", "_fr"), ("_fr", "_en")):
            if name.endswith(own):
                twin = fields.get(name.removesuffix(own) + other)
                assert twin, f"{name} has no twin"
                assert shape(field) == shape(twin), f"{name} and {twin.name} differ"


@pytest.mark.parametrize("model", ours(), ids=lambda model: model.__name__)
def test_every_constraint_says_in_words_what_is_wrong(model: type[models.Model]) -> None:
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            assert constraint.violation_error_message != constraint.default_violation_error_message, (
                constraint.name
            )


def event_modules() -> list[str]:
    return [
        module.name
        for module in pkgutil.walk_packages(parvis.__path__, "parvis.")
        if module.name.rpartition(".")[2] == "events"
    ]


@pytest.mark.parametrize("name", event_modules())
def test_every_event_has_its_sentence_in_both_languages(name: str) -> None:
    module = importlib.import_module(name)
    vocabularies = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, EventName) and value is not EventName
    ]
    for vocabulary in vocabularies:
        for event in vocabulary:
            assert is_described(event), f"{event} has no sentence"
            assert sentence(event).en != sentence(event).fr
            assert event.count(":") == 2, f"{event} is room:subject:past"

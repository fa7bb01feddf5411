"""A use-case: one transaction, keyword-only, with an actor."""

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import ParamSpec, TypeVar

from django.db import transaction

from parvis.core.errors import NotAllowedError, NotReadyError

P = ParamSpec("P")
R = TypeVar("R")


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make `function` a use-case: it runs in one transaction and takes `actor` and all else by keyword.

    Raises TypeError at import when the signature is not of that form, so that no other form can come in.
    """
    parameters = inspect.signature(function).parameters
    if "actor" not in parameters:
        raise TypeError(f"{function.__qualname__} is an action and takes an actor")
    for parameter in parameters.values():
        if parameter.kind not in (parameter.KEYWORD_ONLY, parameter.VAR_KEYWORD):
            raise TypeError(f"{function.__qualname__} is an action: {parameter.name} is to be keyword-only")

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            return function(*args, **kwargs)

    run.is_action = True  # type: ignore[attr-defined]  # the tests about the code look for it
    return run


def require(allowed: bool, message: object = "") -> None:  # noqa: FBT001  # reads as a sentence: require(can_…)
    """Stop with NotAllowedError unless `allowed`: the first gate, who."""
    if not allowed:
        raise NotAllowedError(message)


def require_none(blockers: Iterable[object]) -> None:
    """Stop with NotReadyError when anything still blocks: the second gate, ready."""
    found = tuple(blockers)
    if found:
        raise NotReadyError(found)

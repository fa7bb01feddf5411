"""What every page agrees on."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase

from parvis.core.actor import Actor

P = ParamSpec("P")
RequestT = TypeVar("RequestT", bound=HttpRequest)
View = Callable[Concatenate[RequestT, P], HttpResponseBase]


class ActingRequest(HttpRequest):
    """A request whose actor the middleware has set. Views take this type; rules take the actor."""

    actor: Actor


def public_page(view: View[RequestT, P]) -> View[RequestT, P]:
    """Open this page to anyone. All others ask for sign-in; a test lists those that carry this mark."""
    view.is_public_page = True  # type: ignore[attr-defined]  # the tests about the code look for it
    return login_not_required(view)

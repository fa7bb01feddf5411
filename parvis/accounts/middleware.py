"""Sets the actor once, at the edge: rules take the actor and never look at the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from parvis.core.actor import Actor


class ActorMiddleware:
    """Puts `request.actor` there for every view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request)  # type: ignore[attr-defined]  # ActingRequest names its type
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request: the signed-in person, or the public."""
    if request.user.is_authenticated:
        return Actor.person(request.user.pk, is_staff=request.user.is_staff)
    return Actor.public()

"""A browser in the hands of an actor with given roles, for tests of pages that are not about signing in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings

from parvis.accounts.models import Person
from parvis.core.actor import Actor
from parvis.core.roles import Grant

_GRANTS: dict[int, tuple[Grant, ...]] = {}


class ActAs:
    """Gives a signed-in person the roles that the test gave them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            pk = request.user.pk
            request.actor = Actor.person(pk, grants=_GRANTS.get(pk, ()), is_strong=True)  # type: ignore[attr-defined]  # ActingRequest names its type
        return self.get_response(request)


@contextmanager
def acting(*grants: Grant) -> Iterator[Client]:
    """Give the browser of a new person who holds these roles."""
    number = Person.objects.count() + 1
    person = Person.objects.create_person(email=f"person{number}@example.org")
    _GRANTS[person.pk] = grants
    client = Client(raise_request_exception=False)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    middleware = [*settings.MIDDLEWARE, "tests.acting.ActAs"]
    with override_settings(MIDDLEWARE=middleware):
        yield client
    _GRANTS.pop(person.pk)

"""Sets the actor once, at the edge: rules take the actor and never look at the request."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from parvis.accounts import queries
from parvis.accounts.acting import SESSION_KEY, Acting, acting_for
from parvis.accounts.granting import grants_of
from parvis.accounts.models import SignedInSession
from parvis.core.actor import Actor
from parvis.core.pages import ActingRequest


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands: who acts, in which session, in whose name."""

    actor: Actor
    session: SignedInSession | None = None
    acting: Acting | None = None


class AccountRequest(ActingRequest):
    """A request as the pages of this room take it."""

    standing: Standing


class ActorMiddleware:
    """Puts `request.actor` there for every view. What a signed-in person reads is kept by no shared cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        standing = standing_of(request)
        request.standing = standing  # type: ignore[attr-defined]  # AccountRequest names its type
        request.actor = standing.actor  # type: ignore[attr-defined]  # ActingRequest names its type
        response = self.get_response(request)
        if standing.actor.person_id is not None and "Cache-Control" not in response:
            patch_cache_control(response, private=True)
        if standing.session is not None:
            standing.session.note_seen()
        return response


def standing_of(request: HttpRequest) -> Standing:
    """Return who acts in this request and how: the signed-in person, or the public.

    A role of staff counts only in a session that has shown a second factor.
    """
    person = request.user
    if not person.is_authenticated:
        return Standing(Actor.public())
    session = queries.session_of(request.session.session_key, person.pk)
    is_strong = session is not None and session.is_strong
    grants = grants_of(person.pk, is_strong=is_strong)
    acting = acting_for(request.session.get(SESSION_KEY), grants)
    actor = Actor.person(
        person.pk,
        is_staff=person.is_staff and is_strong,
        grants=grants,
        institution_id=acting.institution_id if acting else None,
        is_strong=is_strong,
    )
    return Standing(actor, session, acting)


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request."""
    return standing_of(request).actor

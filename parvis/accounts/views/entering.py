"""From a proved address, provider or passkey to an open session, by way of the second factor where there is one."""

import time
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, translate_url
from django.utils import translation

from parvis.accounts import actions, factors, queries
from parvis.accounts.middleware import AccountRequest
from parvis.accounts.models import Person
from parvis.accounts.views.frames import safe_next
from parvis.core.actor import Actor

PENDING = "second_factor"  # the session's key for somebody who has still to show their second factor
PENDING_SECONDS = 600
DAY = 86_400
STAFF_SECONDS, PUBLIC_SECONDS = DAY // 2, 14 * DAY


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody who has proved their address, or has a provider's word, and nothing else: not signed in."""

    person_id: int
    method: str
    goes_on_to: str
    since: float
    identified_by: str = ""


def enter(
    request: AccountRequest,
    person: Person,
    *,
    method: str,
    is_strong: bool = False,
    identified_by: str = "",
    goes_on_to: str = "",
) -> HttpResponse:
    """Sign in a person, or ask for their second factor first. Only an address or a provider's word is proved yet.

    `identified_by` is the identifier of a provider that has verified who they are.
    """
    if is_strong or not factors.has_factor(person):
        return open_for(
            request,
            person,
            method=method,
            is_strong=is_strong,
            identified_by=identified_by,
            goes_on_to=goes_on_to,
        )
    _leave(request)
    told = Pending(person.pk, method, goes_on_to, time.time(), identified_by)
    request.session[PENDING] = asdict(told)
    request.session.set_expiry(PENDING_SECONDS)
    return redirect("second_factor")


def pending(request: AccountRequest) -> tuple[Pending, Person] | None:
    """Return who has still to show their second factor in this browser."""
    told: dict[str, Any] | None = request.session.get(PENDING)
    if not told or time.time() - told["since"] > PENDING_SECONDS:
        return None
    person = queries.person_by_id(told["person_id"])
    return (Pending(**told), person) if person else None


def open_for(
    request: AccountRequest,
    person: Person,
    *,
    method: str,
    is_strong: bool,
    identified_by: str = "",
    goes_on_to: str = "",
) -> HttpResponse:
    """Open a session under a new key, and go on, in the language that the person prefers."""
    _leave(request)
    login(request, person)
    must_set_up = keep_for(request, person)
    request.session.save()
    actions.open_session(
        actor=Actor.person(person.pk, is_strong=is_strong),
        person=person,
        session_key=str(request.session.session_key),
        signature=request.headers.get("User-Agent", ""),
        method=method,
        is_strong=is_strong,
        identified_by=identified_by,
    )
    with translation.override(person.language):
        way = safe_next(goes_on_to) or reverse("account")
        if must_set_up and not is_strong:
            way = reverse("second_factors")
    response = redirect(translate_url(way, person.language))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, person.language, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def keep_for(request: AccountRequest, person: Person) -> bool:
    """Let the session last as long as the person's roles allow; return whether they are of staff: half a day only."""
    is_of_staff = queries.must_have_second_factor(person)
    request.session.set_expiry(STAFF_SECONDS if is_of_staff else PUBLIC_SECONDS)
    return is_of_staff


def _leave(request: AccountRequest) -> None:
    """End what an earlier visitor left in this browser, and its key: whoever planted one gains nothing."""
    if request.standing.session is not None:
        actions.sign_out(actor=request.standing.actor, session=request.standing.session)
    request.session.flush()

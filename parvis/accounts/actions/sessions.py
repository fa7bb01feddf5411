"""Sessions: opened when someone signs in, confirmed for delicate things, ended here or from afar."""

from django.utils import timezone

from parvis.accounts.devices import browser_of, system_of
from parvis.accounts.events import AccountsEvent
from parvis.accounts.models import Person, SignedInSession
from parvis.accounts.policy import can_end_session, sessions_visible_to
from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor


@action
def open_session(
    *,
    actor: Actor,
    person: Person,
    session_key: str,
    signature: str,
    method: str,
    is_strong: bool,
    identified_by: str = "",
) -> SignedInSession:
    """Note that a person signed in, in which kind of browser, and whether they showed a second factor.

    `signature` is the browser's User-Agent, of which only two words are kept. `method` is `code`, `passkey` or the
    identifier of a provider; `identified_by` that of one which has verified who the person is.
    """
    session = SignedInSession.objects.create(
        person=person,
        session_key=session_key,
        browser=browser_of(signature),
        system=system_of(signature),
        strong_at=timezone.now() if is_strong else None,
        identified_by=identified_by,
    )
    append_event(AccountsEvent.SIGNED_IN, actor=actor, subject=person, method=method, is_strong=is_strong)
    return session


@action
def confirm_session(*, actor: Actor, session: SignedInSession, is_strong: bool) -> None:
    """Note that the person proved to be there again; with `is_strong`, by a second factor."""
    require(can_end_session(actor, session))
    session.confirmed_at = timezone.now()
    if is_strong and session.strong_at is None:
        session.strong_at = session.confirmed_at
    session.save(update_fields=["confirmed_at", "strong_at"])


@action
def end_session(*, actor: Actor, session: SignedInSession) -> None:
    """End one of the actor's own sessions from afar."""
    require(can_end_session(actor, session))
    append_event(AccountsEvent.SESSION_REVOKED, actor=actor, subject=session)
    SignedInSession.objects.filter(pk=session.pk).end()


@action
def end_other_sessions(*, actor: Actor, session_key: str | None) -> int:
    """End all of the actor's sessions but the one of that key (all, without one); return how many."""
    others = sessions_visible_to(actor).exclude(session_key=session_key or "").order_by("pk")
    ended = list(others)
    for session in ended:
        append_event(AccountsEvent.SESSION_REVOKED, actor=actor, subject=session)
    SignedInSession.objects.filter(pk__in=[session.pk for session in ended]).end()
    return len(ended)


@action
def sign_out(*, actor: Actor, session: SignedInSession) -> None:
    """End the session in which the actor is now."""
    require(can_end_session(actor, session))
    append_event(AccountsEvent.SIGNED_OUT, actor=actor, subject=session.person)
    SignedInSession.objects.filter(pk=session.pk).end()

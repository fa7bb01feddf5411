"""Signing in, for tests of any room: a session as the sign-in pages open it, without walking through them."""

from django.test import Client

from parvis.accounts import actions
from parvis.accounts.models import Person
from parvis.core.actor import Actor


def signed_in(person: Person, *, is_strong: bool = True, client: Client | None = None) -> Client:
    """Return a client in which `person` is signed in; with `is_strong`, after a second factor."""
    client = client or Client()
    client.force_login(person)
    key = client.session.session_key
    assert key
    actions.open_session(
        actor=Actor.person(person.pk, is_strong=is_strong),
        person=person,
        session_key=key,
        signature="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        method="code",
        is_strong=is_strong,
    )
    return client

"""Signed-in browsers, as sign-in leaves them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from parvis.accounts.acting import SESSION_KEY
from parvis.accounts.models import Person, SignedInSession
from parvis.institutions.models import Institution

Entering = Callable[..., Client]


@pytest.fixture
def signed_in() -> Entering:
    """Return what signs a person in, with a second factor unless told otherwise, acting for an institution at will."""

    def enter(person: Person, institution: Institution | None = None, *, is_strong: bool = True) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        SignedInSession.objects.update_or_create(
            session_key=client.session.session_key,
            defaults={"person": person, "strong_at": timezone.now() if is_strong else None},
        )
        if institution is not None:
            session = client.session
            session[SESSION_KEY] = institution.pk
            session.save()
        return client

    return enter

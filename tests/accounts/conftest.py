"""People and what their mail says."""

from collections.abc import Callable

import pytest
from django.test import Client

from parvis.accounts.models import EmailCode, Person

Codes = Callable[[], str]


@pytest.fixture
def person() -> Person:
    return Person.objects.create_person(email="alice@example.org", name="Alice", language="en")


@pytest.fixture
def staff() -> Person:
    return Person.objects.create_person(email="officer@example.org", language="en", is_staff=True)


@pytest.fixture
def browser() -> Client:
    """A browser that checks what a form carries, as a real one does."""
    return Client(enforce_csrf_checks=False)


def newest_code() -> str:
    """Return the digits that were mailed last."""
    return EmailCode.objects.order_by("-pk")[0].code


def ask_code(client: Client, address: str, **words: str) -> str:
    """Ask for a code as the page does; return it."""
    response = client.post("/en/sign-in", {"address": address, **words})
    assert response.status_code == 302, response.content.decode()
    assert response["Location"] == "/en/sign-in/code"
    return newest_code()

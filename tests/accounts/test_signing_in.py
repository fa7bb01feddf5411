"""Signing in by a code: the way through it, and what is tried against it."""

import logging
import re
import threading
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import cast

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from parvis.accounts import actions
from parvis.accounts.models import EmailCode, Person, SignedInSession
from parvis.core.actor import Actor
from tests.accounts.conftest import ask_code, newest_code

pytestmark = pytest.mark.django_db
ADDRESS = "visitor@example.org"
SAID = re.compile(r"s\d+_x\d+|'(?:[^']|'')*'|\b\d+\b|NULL|true|false", re.IGNORECASE)  # values in a statement


def enter(client: Client, code: str, address: str = "/en/sign-in/code") -> HttpResponse:
    return cast("HttpResponse", client.post(address, {"code": code}))


def is_signed_in(client: Client) -> bool:
    return client.get("/en/account").status_code == 200


def test_a_visitor_signs_in_by_an_address_and_the_account_is_made_only_then(client: Client) -> None:
    code = ask_code(client, "Visitor@Example.org")
    assert not Person.objects.exists()
    response = enter(client, f"{code[:4]} {code[4:]}")
    assert response["Location"] == "/en/account"
    assert Person.objects.get().email == ADDRESS
    assert is_signed_in(client)
    assert SignedInSession.objects.get().strong_at is None


def test_in_french_the_account_is_made_in_french(client: Client) -> None:
    client.post("/fr/ouvrir-une-session", {"address": ADDRESS})
    response = enter(client, newest_code(), "/fr/ouvrir-une-session/code")
    assert response["Location"] == "/fr/compte"
    assert Person.objects.get().language == "fr"


def test_after_sign_in_the_interface_follows_the_preferred_language(client: Client) -> None:
    Person.objects.create_person(email=ADDRESS, language="fr")
    response = enter(client, ask_code(client, ADDRESS, next="/en/search?q=fish"))
    assert response["Location"] == "/fr/recherche?q=fish"


def test_a_known_and_an_unknown_address_get_the_same_page(person: Person) -> None:
    pages = []
    for address in (person.email, "nobody@example.org"):
        client = Client()
        ask_code(client, address)
        page = client.get("/en/sign-in/code").content.decode().replace(address, "ADDRESS")
        pages.append(page.partition("csrfmiddlewaretoken")[0])
    assert pages[0] == pages[1]


def test_a_known_an_unknown_and_a_closed_address_cost_the_same_statements(staff: Person) -> None:
    closed = Person.objects.create_person(email="closed@example.org", language="en")
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    ask_code(Client(), "warm@example.org")  # what is asked once for a whole process
    shapes = []
    for address in (staff.email, "nobody@example.org", closed.email):
        with CaptureQueriesContext(connections["default"]) as asked:
            ask_code(Client(), address)
        shapes.append([SAID.sub("?", one["sql"]) for one in asked.captured_queries])
    assert len(shapes[0]) > 5
    assert shapes[0] == shapes[1] == shapes[2], "an answer that costs more tells who has an account"


def test_a_code_opens_one_session_and_no_second(client: Client) -> None:
    code = ask_code(client, ADDRESS)
    other = Client()
    other.cookies = SimpleCookie({name: one.value for name, one in client.cookies.items()})
    assert enter(client, code).status_code == 302
    assert enter(other, code).status_code == 302  # its session was ended: to the first page
    assert not is_signed_in(other)
    assert EmailCode.objects.get().used_at


def test_a_code_is_taken_only_in_the_browser_that_asked(client: Client) -> None:
    code = ask_code(client, ADDRESS)
    other = Client()
    ask_code(other, "mallory@example.org")
    response = enter(other, code)
    assert "This is not the code" in response.content.decode()
    assert not is_signed_in(other)


def test_after_five_wrong_codes_the_right_one_is_no_longer_taken(client: Client) -> None:
    code = ask_code(client, ADDRESS)
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    assert "4 more times" in enter(client, wrong).content.decode()
    for _ in range(4):
        page = enter(client, wrong).content.decode()
    assert "no longer taken" in page
    enter(client, code)
    assert not is_signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_share_no_attempt() -> None:
    code = actions.send_sign_in_code(actor=Actor.public(), address=ADDRESS, language="en")
    wrong = f"{(int(code.code) + 1) % 10**8:08d}"
    results = []

    def guess() -> None:
        own = EmailCode.objects.get(pk=code.pk)
        results.append(actions.redeem_code(actor=Actor.public(), code=own, typed=wrong))
        connections.close_all()

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    code.refresh_from_db()
    assert code.attempts_left == 0
    assert not any(result.is_right for result in results)
    assert not actions.redeem_code(actor=Actor.public(), code=code, typed=code.code).is_right


def test_an_expired_code_is_not_taken(client: Client) -> None:
    code = ask_code(client, ADDRESS)
    EmailCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "no longer taken" in enter(client, code).content.decode()
    assert not is_signed_in(client)


def test_what_is_no_code_is_said_and_costs_no_attempt(client: Client) -> None:
    ask_code(client, ADDRESS)
    assert "has 8 digits" in enter(client, "12ab").content.decode()
    assert EmailCode.objects.get().attempts_left == 5


def test_what_is_no_address_is_said_and_kept(client: Client) -> None:
    page = client.post("/en/sign-in", {"address": "alice at example"}).content.decode()
    assert "Enter an e-mail address such as" in page
    assert 'value="alice at example"' in page


def test_a_code_can_be_sent_again_and_is_the_same(client: Client) -> None:
    code = ask_code(client, ADDRESS)
    assert client.post("/en/sign-in/code/resend").status_code == 302
    assert newest_code() == code
    assert enter(client, code).status_code == 302


def test_the_key_of_the_session_changes_at_sign_in(client: Client) -> None:
    code = ask_code(client, ADDRESS)
    planted = client.session.session_key
    enter(client, code)
    assert client.session.session_key != planted
    other = Client()
    other.cookies["parvis_session"] = str(planted)
    assert not is_signed_in(other)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil",
        "/" * 3000,
    ],
)
def test_nobody_is_sent_to_another_site(client: Client, target: str) -> None:
    response = enter(client, ask_code(client, ADDRESS, next=target))
    assert response["Location"] == "/en/account"


def test_a_deactivated_person_gets_no_session_and_the_same_page(client: Client, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)
    enter(client, ask_code(client, person.email))
    assert not is_signed_in(client)


def test_who_is_deactivated_is_signed_out_at_once(client: Client, person: Person) -> None:
    enter(client, ask_code(client, person.email))
    assert is_signed_in(client)
    actions.deactivate_person(actor=Actor.system("test"), person=person)
    assert not is_signed_in(client)


def test_a_form_without_its_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/fr/ouvrir-une-session", {"address": ADDRESS})
    assert response.status_code == 403
    assert "Ce formulaire n’est plus valide" in response.content.decode()
    assert not EmailCode.objects.exists()
    assert client.post("/en/sign-out").status_code == 403


def test_an_address_gets_no_more_than_six_codes_an_hour(client: Client) -> None:
    for _ in range(6):
        ask_code(client, ADDRESS)
    response = client.post("/en/sign-in", {"address": ADDRESS})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 60
    assert "too many attempts. Wait" in response.content.decode()
    assert (
        "trop de tentatives. Attendez"
        in client.post("/fr/ouvrir-une-session", {"address": ADDRESS}).content.decode()
    )


def test_no_code_and_no_address_stands_in_any_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    code = ask_code(client, ADDRESS)
    enter(client, f"{(int(code) + 1) % 10**8:08d}")
    enter(client, code)
    told = caplog.text + " ".join(
        str(record.__dict__) for record in caplog.records if "sql" not in record.__dict__
    )
    assert code not in told
    assert ADDRESS not in told


def test_signing_out_ends_the_session_and_needs_a_form(client: Client, person: Person) -> None:
    enter(client, ask_code(client, person.email))
    assert client.get("/en/sign-out").status_code == 405
    assert client.post("/en/sign-out").status_code == 302
    assert not is_signed_in(client)
    assert not SignedInSession.objects.exists()


def test_pages_that_need_sign_in_lead_there_and_back(client: Client) -> None:
    assert client.get("/en/account/sessions")["Location"] == "/en/sign-in?next=/en/account/sessions"
    response = enter(client, ask_code(client, ADDRESS, next="/en/account/sessions"))
    assert response["Location"] == "/en/account/sessions"

"""Signing in by a provider of OpenID Connect: a real one, over real HTTP on loopback."""

import contextlib
import html
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.conf import LazySettings
from django.test import Client

from parvis.access.models import AccessRequest, Draft
from parvis.accounts import factors
from parvis.accounts.models import EmailCode, Person, SignedInSession
from parvis.accounts.queries import identifying_provider
from parvis.config.choices import OidcProvider
from parvis.core.bilingual import Text
from parvis.core.roles import Role
from tests.access.factories import a_receiving_institution
from tests.institutions.conftest import Entering, signed_in
from tests.institutions.factories import a_membership

__all__ = ["signed_in"]
pytestmark = pytest.mark.django_db
START, CALLBACK = "/en/sign-in/provider/example", "/sign-in/provider/example/callback"
ALICE = {"email": "alice@example.org", "email_verified": True, "name": "Alice"}


USERS = (
    {"sub": "alice", **ALICE},
    {"sub": "unverified", "email": "alice@example.org", "email_verified": False},
    {"sub": "said-so", "email": "alice@example.org", "email_verified": "true"},
    {"sub": "strong", "email": "strong@example.org", "email_verified": True, "amr": ["pwd", "mfa"]},
    {"sub": "alice-strong", **ALICE, "acr": "mfa"},
    {"sub": "nobody"},
    {"sub": "checked", "email": "checked@example.org", "email_verified": True, "acr": "verified"},
)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Run the provider as a process of its own, until the tests of this file are done."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = [word for user in USERS for word in ("--user-claims", json.dumps(user))]
    words = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *told]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  # our words
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            with contextlib.suppress(requests.ConnectionError):
                requests.get(f"{url}/.well-known/openid-configuration", timeout=5)
                break
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(autouse=True)
def _provider(issuer: str, settings: LazySettings) -> None:
    one = OidcProvider(
        id="example",
        name_en="Example ID",
        name_fr="ID Exemple",
        issuer=issuer,
        client_id="parvis",
        client_secret="secret",
        second_factor=("mfa",),
        identity=("verified",),
    )
    settings.OIDC_PROVIDERS = (one,)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [one.as_app()]}}


def way_to_provider(client: Client, **words: str) -> str:
    """Start as the sign-in page does; return the address at the provider."""
    page = client.post(START, words).content.decode()
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)
    assert found, page
    return html.unescape(found[1])


def answer_of_provider(way: str, subject: str) -> str:
    """Sign in at the provider; return where it sends the browser."""
    answer = requests.post(way, data={"sub": subject}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["Location"])
    assert parts.path == CALLBACK
    return f"{parts.path}?{parts.query}"


def enter(client: Client, subject: str, **words: str) -> str:
    """Sign in by the provider; return where one goes on to, or the page that refuses."""
    response = client.get(answer_of_provider(way_to_provider(client, **words), subject))
    return str(response.headers.get("Location") or response.content.decode())


def test_a_first_sign_in_makes_an_account_and_a_second_finds_it(client: Client) -> None:
    assert enter(client, "alice", next="/en/search") == "/en/search"
    person = Person.objects.get()
    assert (person.email, person.name) == ("alice@example.org", "Alice")
    assert enter(Client(), "alice") == "/en/account"
    assert Person.objects.count() == 1
    assert SocialAccount.objects.get().extra_data == {}


def test_what_is_asked_carries_state_nonce_and_pkce(client: Client) -> None:
    asked = parse_qs(urlsplit(way_to_provider(client)).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) >= 16 for name in ("state", "nonce", "code_challenge"))


def test_an_existing_account_is_linked_by_a_verified_address(client: Client, person: Person) -> None:
    assert enter(client, "alice") == "/en/account"
    assert SocialAccount.objects.get().user == person


@pytest.mark.parametrize("subject", ["unverified", "said-so", "nobody"])
def test_an_address_that_is_not_verified_links_and_makes_nothing(
    client: Client, person: Person, subject: str
) -> None:
    assert "has not verified your e-mail address" in enter(client, subject)
    assert not SocialAccount.objects.exists()
    assert list(Person.objects.all()) == [person]
    assert client.get("/en/account").status_code == 302


def test_an_answer_with_another_state_is_refused(client: Client) -> None:
    answer = answer_of_provider(way_to_provider(client), "alice")
    query = parse_qs(urlsplit(answer).query)
    forged = f"{CALLBACK}?{urlencode({'code': query['code'][0], 'state': 'x' * 16})}"
    assert "did not confirm who you are" in client.get(forged).content.decode()
    assert not Person.objects.exists()


def test_an_answer_for_another_browser_is_refused(client: Client) -> None:
    answer = answer_of_provider(way_to_provider(client), "alice")
    other = Client()
    way_to_provider(other)
    assert "did not confirm who you are" in other.get(answer).content.decode()
    assert not Person.objects.exists()


def test_an_answer_is_taken_once(client: Client) -> None:
    answer = answer_of_provider(way_to_provider(client), "alice")
    assert client.get(answer).status_code == 302
    client.post("/en/sign-out")
    assert "did not confirm who you are" in client.get(answer).content.decode()


def test_an_answer_to_another_nonce_is_refused(client: Client) -> None:
    way = way_to_provider(client)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(way).query).items()}
    forged = urlsplit(way)._replace(query=urlencode({**asked, "nonce": "another"})).geturl()
    assert "did not confirm who you are" in client.get(answer_of_provider(forged, "alice")).content.decode()
    assert not Person.objects.exists()


def test_an_answer_of_another_issuer_is_refused(client: Client) -> None:
    answer = answer_of_provider(way_to_provider(client), "alice")
    assert "did not confirm" in client.get(f"{answer}&iss=https://evil.example").content.decode()


def test_who_declines_at_the_provider_is_told_and_not_signed_in(client: Client) -> None:
    state = parse_qs(urlsplit(way_to_provider(client)).query)["state"][0]
    page = client.get(f"{CALLBACK}?error=access_denied&state={state}").content.decode()
    assert "did not confirm who you are" in page


def test_a_provider_may_count_as_a_second_factor(client: Client) -> None:
    enter(client, "strong")
    assert SignedInSession.objects.get().is_strong
    other = Client()
    enter(other, "alice")
    assert not SignedInSession.objects.get(person__email="alice@example.org").is_strong


def test_a_new_link_never_stands_for_the_second_factor_that_a_person_has(
    client: Client, person: Person
) -> None:
    factors.add_app(person, factors.new_app_secret(), counter=0)
    assert enter(client, "alice-strong") == "/en/sign-in/second-factor"
    assert not SignedInSession.objects.exists()
    assert enter(Client(), "alice-strong") == "/en/account"


def test_a_deactivated_person_does_not_come_in_by_a_link(client: Client) -> None:
    enter(Client(), "alice")
    Person.objects.update(is_active=False)
    assert "the account is closed" in enter(client, "alice")


def test_nobody_is_sent_to_another_site_after_it(client: Client) -> None:
    assert enter(client, "alice", next="https://evil.example/") == "/en/account"


def test_a_provider_that_does_not_answer_is_said(client: Client, settings: LazySettings) -> None:
    one = settings.OIDC_PROVIDERS[0].model_copy(update={"issuer": "http://127.0.0.1:9"})
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [one.as_app()]}}
    assert "The provider does not answer" in client.post(START).content.decode()


def test_an_unknown_provider_is_not_found(client: Client) -> None:
    assert client.post("/en/sign-in/provider/unknown").status_code == 404
    assert client.get("/sign-in/provider/unknown/callback").status_code == 404


def test_the_sign_in_page_names_the_provider_in_each_language(client: Client) -> None:
    assert "Sign in by Example ID" in client.get("/en/sign-in").content.decode()
    assert "Ouvrir une session avec ID Exemple" in client.get("/fr/ouvrir-une-session").content.decode()


def test_a_provider_that_verified_who_somebody_is_vouches_for_them_in_that_session_alone() -> None:
    client, other = Client(), Client()
    enter(client, "checked")
    enter(other, "alice")
    told = {one.person.email: one.identified_by for one in SignedInSession.objects.select_related("person")}
    assert told == {"checked@example.org": "example", "alice@example.org": ""}
    person = Person.objects.get(email="checked@example.org")
    by_code = Client()
    by_code.post("/en/sign-in", {"address": person.email})
    by_code.post("/en/sign-in/code", {"code": EmailCode.objects.order_by("-pk")[0].code})
    known = [
        identifying_provider(key, person.pk)
        for key in (client.session.session_key, by_code.session.session_key)
    ]
    assert known == [Text("Example ID", "ID Exemple"), Text()]


def test_who_was_verified_asks_for_their_own_file_and_the_officer_sees_by_whom(signed_in: Entering) -> None:
    here = a_receiving_institution()
    for subject, said in (
        ("checked", "Example ID has verified who they are."),
        ("alice", "it proves the address, not the person"),
    ):
        client = Client()
        enter(client, subject)
        client.post("/en/ask", {"text": "My own file", "institution": here.slug})
        draft = Draft.objects.order_by("-pk")[0].public_id
        client.post(f"/en/ask/{draft}/kind", {"kind": "own"})
        page = client.get(f"/en/ask/{draft}/who").content.decode()
        assert ("Example ID has verified who you are." in page) is (subject == "checked")
        who = {"has_right": "on", "name": "Robin", "identity_by": "account", "verified_by": "Somebody"}
        client.post(f"/en/ask/{draft}/who", who)
        client.post(f"/en/ask/{draft}/contact", {"email": "robin@example.org", "language": "en"})
        client.post(f"/en/ask/{draft}/details", {"record_format": "electronic", "records_language": "any"})
        assert client.post(f"/en/ask/{draft}/review").status_code == 302
        row = AccessRequest.objects.order_by("-pk")[0]
        officer = signed_in(a_membership(Role.OFFICER, here).person, here)
        assert said in officer.get(f"/en/cases/{row.public_id}/requester").content.decode()

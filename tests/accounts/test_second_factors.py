"""Second factors: set up, shown, used up, required of staff, removed; and recovered when lost."""

import html
import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.utils import timezone

from parvis.accounts import actions, factors, queries
from parvis.accounts.models import Person, Recovery, SignedInSession
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError, NotReadyError
from tests.accounts.conftest import ask_code, newest_code
from tests.accounts.entering import signed_in

pytestmark = pytest.mark.django_db


def app_code(secret: str, periods_later: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods_later)))


def with_app(person: Person) -> str:
    """Give a person an app whose next code is still unused; return its secret."""
    secret = factors.new_app_secret()
    factors.add_app(person, secret, counter=0)
    factors.make_recovery_codes(person)
    return secret


def prove_address(client: Client, person: Person) -> str:
    response = client.post("/en/sign-in/code", {"code": ask_code(client, person.email)})
    return str(response["Location"])


def test_staff_without_a_second_factor_are_led_to_set_one_up_and_have_no_power_until_then(
    client: Client, staff: Person
) -> None:
    assert prove_address(client, staff) == "/en/account/second-factors"
    assert client.get("/en/staff/recoveries").status_code == 404
    page = client.get("/en/account/second-factors/app").content.decode()
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    signed = re.search(r'name="secret" value="([^"]+)"', page)
    assert secret
    assert signed
    told = {"secret": html.unescape(signed[1]), "code": app_code(secret[1].replace(" ", ""))}
    response = client.post("/en/account/second-factors/app", told)
    assert response["Location"] == "/en/account/second-factors/recovery-codes"
    assert client.get("/en/staff/recoveries").status_code == 200
    assert (
        len(
            re.findall(
                r"<li><code>\d{5} \d{5}</code></li>", client.get(response["Location"]).content.decode()
            )
        )
        == 10
    )


def test_the_secret_of_another_person_is_not_taken(client: Client, staff: Person, person: Person) -> None:
    page = signed_in(person).get("/en/account/second-factors/app").content.decode()
    signed = html.unescape(re.search(r'name="secret" value="([^"]+)"', page)[1])  # type: ignore[index]  # it is there
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")  # type: ignore[index]  # as above
    signed_in(staff, client=client).post(
        "/en/account/second-factors/app", {"secret": signed, "code": app_code(secret)}
    )
    assert not factors.has_factor(staff)


def test_who_has_a_second_factor_is_not_signed_in_without_it(client: Client, person: Person) -> None:
    secret = with_app(person)
    assert prove_address(client, person) == "/en/sign-in/second-factor"
    assert client.get("/en/account").status_code == 302
    assert not SignedInSession.objects.exists()
    assert (
        "is wrong or was used"
        in client.post("/en/sign-in/second-factor", {"code": "000000"}).content.decode()
    )
    assert client.post("/en/sign-in/second-factor", {"code": app_code(secret)})["Location"] == "/en/account"
    assert SignedInSession.objects.get().is_strong


def test_a_code_of_the_app_is_taken_once(person: Person) -> None:
    secret = with_app(person)
    code = app_code(secret)
    assert actions.show_app_code(actor=Actor.public(), person=person, typed=code)
    assert not actions.show_app_code(actor=Actor.public(), person=person, typed=code)
    earlier = app_code(secret, -1)
    assert not actions.show_app_code(actor=Actor.public(), person=person, typed=earlier)


def test_a_recovery_code_is_taken_once_and_the_person_is_told(client: Client, person: Person) -> None:
    with_app(person)
    code = factors.unused_recovery_codes(person)[3]
    prove_address(client, person)
    told = {"recovery_code": f"{code[:5]} {code[5:]}"}
    assert client.post("/en/sign-in/second-factor", told)["Location"] == "/en/account"
    other = Client()
    prove_address(other, person)
    assert "not one of your recovery codes" in other.post("/en/sign-in/second-factor", told).content.decode()
    assert len(factors.unused_recovery_codes(person)) == 9


def test_tries_of_a_second_factor_are_limited_for_all_browsers_together(person: Person) -> None:
    secret = with_app(person)
    browsers = [Client(), Client()]
    for browser in browsers:
        prove_address(browser, person)
        for _ in range(3):
            assert browser.post("/en/sign-in/second-factor", {"code": "000000"}).status_code == 200
    response = browsers[0].post("/en/sign-in/second-factor", {"code": app_code(secret)})
    assert response.status_code == 429
    assert not SignedInSession.objects.exists()


def test_proving_the_address_holds_for_ten_minutes_only(client: Client, person: Person) -> None:
    secret = with_app(person)
    prove_address(client, person)
    session = client.session
    session["second_factor"] = {**session["second_factor"], "since": time.time() - 601}
    session.save()
    response = client.post("/en/sign-in/second-factor", {"code": app_code(secret)})
    assert response["Location"] == "/en/sign-in"


def test_secrets_do_not_stand_in_the_database_as_they_are(person: Person) -> None:
    secret = with_app(person)
    stored = str(list(Authenticator.objects.order_by("pk").values_list("data", flat=True)))
    assert secret not in stored
    assert not any(code in stored for code in factors.unused_recovery_codes(person))


def test_staff_keep_their_last_second_factor_and_others_need_not(staff: Person, person: Person) -> None:
    for one in (staff, person):
        with_app(one)
    factor = queries.second_factors(staff).factors[0]
    with pytest.raises(NotReadyError):
        actions.remove_factor(actor=Actor.person(staff.pk), person=staff, factor_id=factor.id)
    with pytest.raises(NotAllowedError):
        actions.remove_factor(actor=Actor.person(staff.pk), person=person, factor_id=factor.id)
    own = queries.second_factors(person).factors[0]
    actions.remove_factor(actor=Actor.person(person.pk), person=person, factor_id=own.id)
    assert not Authenticator.objects.filter(user=person).exists()


def test_what_is_delicate_asks_again_after_a_quarter_of_an_hour(staff: Person) -> None:
    secret = with_app(staff)
    client = signed_in(staff)
    assert client.get("/en/account/second-factors/app").status_code == 302  # has one already
    assert client.get("/en/account/sessions").status_code == 200
    SignedInSession.objects.update(confirmed_at=timezone.now() - timedelta(minutes=16))
    response = client.get("/en/account/sessions")
    assert response["Location"] == "/en/account/confirm?next=%2Fen%2Faccount%2Fsessions"
    assert client.get("/en/account/second-factors/recovery-codes").status_code == 302
    told = {"code": app_code(secret), "next": "/en/account/sessions"}
    assert client.post("/en/account/confirm", told)["Location"] == "/en/account/sessions"
    assert client.get("/en/account/sessions").status_code == 200


def test_without_a_second_factor_one_confirms_by_a_code_to_the_address(person: Person) -> None:
    client = signed_in(person, is_strong=False)
    SignedInSession.objects.update(confirmed_at=timezone.now() - timedelta(minutes=16))
    assert client.post("/en/account/confirm/send", {"next": "/en/account/address"}).status_code == 302
    response = client.post("/en/account/confirm", {"code": newest_code(), "next": "/en/account/address"})
    assert response["Location"] == "/en/account/address"
    assert client.get("/en/account/address").status_code == 200
    assert SignedInSession.objects.get().strong_at is None


def test_a_recovery_takes_another_person_and_a_day(client: Client, person: Person, staff: Person) -> None:
    with_app(person)
    prove_address(client, person)
    client.post("/en/sign-in/recovery/ask")
    recovery = Recovery.objects.get()
    client.post("/en/sign-in/recovery/complete")
    assert factors.has_factor(person)
    administrator = signed_in(staff)
    administrator.post(f"/en/staff/recoveries/{recovery.public_id}", {"confirm": ""})
    client.post("/en/sign-in/recovery/complete")
    assert factors.has_factor(person)
    Recovery.objects.update(confirmed_at=timezone.now() - timedelta(hours=24, seconds=1))
    assert client.post("/en/sign-in/recovery/complete")["Location"] == "/en/account"
    assert not factors.has_factor(person)


def test_nobody_confirms_their_own_recovery_and_no_weak_session_any(staff: Person, person: Person) -> None:
    own = actions.ask_recovery(actor=Actor.public(), person=staff)
    strong = Actor.person(staff.pk, is_staff=True, is_strong=True)
    with pytest.raises(NotAllowedError):
        actions.confirm_recovery(actor=strong, recovery=own)
    other = actions.ask_recovery(actor=Actor.public(), person=person)
    for actor in (
        Actor.person(staff.pk, is_staff=True),
        Actor.person(person.pk, is_strong=True),
        Actor.public(),
    ):
        with pytest.raises(NotAllowedError):
            actions.confirm_recovery(actor=actor, recovery=other)
    actions.confirm_recovery(actor=strong, recovery=other)
    assert other.state == "confirmed"


def test_the_person_can_stop_a_recovery_and_then_nothing_happens(
    client: Client, person: Person, staff: Person
) -> None:
    secret = with_app(person)
    recovery = actions.ask_recovery(actor=Actor.public(), person=person)
    actions.confirm_recovery(actor=Actor.person(staff.pk, is_staff=True, is_strong=True), recovery=recovery)
    owner = signed_in(person)
    assert "Somebody asked to recover this account" in owner.get("/en/account").content.decode()
    owner.post("/en/sign-in/recovery/stop")
    Recovery.objects.update(confirmed_at=timezone.now() - timedelta(hours=25))
    prove_address(client, person)
    client.post("/en/sign-in/recovery/complete")
    assert factors.has_factor(person)
    assert secret

"""The account page: profile, address, sessions, an end; and what stands at the head of every page."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from parvis.accounts import actions, factors
from parvis.accounts.devices import browser_of, system_of
from parvis.accounts.models import EmailCode, Person, SignedInSession
from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.mail.models import OutgoingMail
from parvis.mail.sealing import unseal
from tests.accounts.conftest import newest_code
from tests.accounts.entering import signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "new@example.org"


def messages_to(address: str) -> list[str]:
    letters = [unseal(mail.sealed) for mail in OutgoingMail.objects.order_by("pk")]
    return [letter.text for letter in letters if letter.address == address]


def test_name_and_language_are_changed_and_the_page_goes_on_in_that_language(person: Person) -> None:
    client = signed_in(person, is_strong=False)
    response = client.post("/en/account", {"name": "Alice Roy", "language": "fr"})
    assert response["Location"] == "/fr/compte"
    assert "Vos changements sont enregistrés" in client.get("/fr/compte").content.decode()
    person.refresh_from_db()
    assert (person.name, person.language) == ("Alice Roy", "fr")


def test_the_address_changes_only_by_the_code_sent_to_the_new_one(person: Person) -> None:
    client = signed_in(person)
    client.post("/en/account/address", {"address": ADDRESS})
    person.refresh_from_db()
    assert person.email == "alice@example.org"
    wrong = f"{(int(newest_code()) + 1) % 10**8:08d}"
    assert "This is not the code" in client.post("/en/account/address/code", {"code": wrong}).content.decode()
    assert client.post("/en/account/address/code", {"code": newest_code()})["Location"] == "/en/account"
    person.refresh_from_db()
    assert person.email == ADDRESS
    assert "no longer opens it" in messages_to("alice@example.org")[-1]


def test_an_address_of_another_account_is_not_taken_over(person: Person, staff: Person) -> None:
    client = signed_in(person)
    client.post("/en/account/address", {"address": staff.email})
    client.post("/en/account/address/code", {"code": newest_code()})
    assert "Another account signs in by this address" in client.get("/en/account").content.decode()
    person.refresh_from_db()
    assert person.email == "alice@example.org"


def test_a_code_for_one_purpose_serves_no_other(person: Person, client: Client) -> None:
    signed_in(person).post("/en/account/address", {"address": ADDRESS})
    code = EmailCode.objects.get()
    client.post("/en/sign-in", {"address": "other@example.org"})
    session = client.session
    session["sign_in_code"] = {"code": code.public_id, "address": ADDRESS, "next": ""}
    session.save()
    assert "no longer taken" in client.post("/en/sign-in/code", {"code": code.code}).content.decode()


def test_sessions_are_listed_and_ended_one_by_one_or_all_others(person: Person) -> None:
    here, phone, old = (signed_in(person) for _ in range(3))
    page = here.get("/en/account/sessions").content.decode()
    assert page.count("Firefox on Linux") == 3
    assert page.count("This browser") == 1
    row = SignedInSession.objects.get(session_key=phone.session.session_key)
    assert here.post(f"/en/account/sessions/{row.public_id}/end").status_code == 302
    assert phone.get("/en/account").status_code == 302
    assert old.get("/en/account").status_code == 200
    here.post("/en/account/sessions/end-others")
    assert old.get("/en/account").status_code == 302
    assert here.get("/en/account").status_code == 200
    assert Session.objects.count() == 1


def test_nobody_ends_the_session_of_another(person: Person, staff: Person) -> None:
    theirs = signed_in(staff)
    row = SignedInSession.objects.get(person=staff)
    assert signed_in(person).post(f"/en/account/sessions/{row.public_id}/end").status_code == 404
    assert theirs.get("/en/account").status_code == 200


def test_last_seen_is_kept_to_a_quarter_of_an_hour_and_nothing_finer(person: Person) -> None:
    client = signed_in(person)
    before = SignedInSession.objects.get().last_seen_at
    client.get("/en/account")
    assert SignedInSession.objects.get().last_seen_at == before
    SignedInSession.objects.update(last_seen_at=timezone.now() - timedelta(minutes=16))
    client.get("/en/account")
    assert SignedInSession.objects.get().last_seen_at > before


def test_a_deleted_account_leaves_no_name_no_address_and_nobody_signs_in(person: Person) -> None:
    factors.add_app(person, factors.new_app_secret(), counter=0)
    client, other = signed_in(person), signed_in(person)
    client.post("/en/account/delete")
    person.refresh_from_db()
    assert (person.name, person.is_active) == ("", False)
    assert "alice" not in person.email
    assert other.get("/en/account").status_code == 302
    assert not factors.has_factor(person)
    assert Person.objects.create_person(email="alice@example.org").pk != person.pk


def test_who_holds_a_role_has_it_ended_before_the_account_is_deleted(staff: Person) -> None:
    client = signed_in(staff)
    assert "Have it ended first" in client.get("/en/account/delete").content.decode()
    client.post("/en/account/delete")
    staff.refresh_from_db()
    assert staff.is_active


def test_no_event_of_the_trail_holds_an_address_a_name_or_a_code(person: Person, client: Client) -> None:
    client.post("/en/sign-in", {"address": person.email})
    code = newest_code()
    client.post("/en/sign-in/code", {"code": code})
    client.post("/en/account", {"name": "Alice Roy", "language": "en"})
    client.post("/en/sign-out")
    told = str([(e.name, e.subject_id, e.data, e.actor_name) for e in Event.objects.order_by("pk")])
    assert "accounts:person:signed-in" in told
    assert "accounts:person:signed-out" in told
    assert not any(secret in told for secret in (person.email, "Roy", code))


def test_the_head_of_a_page_offers_to_sign_in_and_brings_back(client: Client) -> None:
    page = client.get("/en/institutions").content.decode()
    assert 'href="/en/sign-in?next=%2Fen%2Finstitutions"' in page
    assert "Sign out" not in page
    assert not client.cookies


def test_what_a_signed_in_person_reads_is_kept_by_no_shared_cache(person: Person, client: Client) -> None:
    assert "private" in signed_in(person).get("/en/institutions")["Cache-Control"]
    assert "no-store" in signed_in(person).get("/en/account")["Cache-Control"]
    assert "private" not in client.get("/en/institutions").headers.get("Cache-Control", "")


def test_the_menu_names_the_person_and_shows_staff_pages_only_after_a_second_factor(staff: Person) -> None:
    weak = signed_in(staff, is_strong=False).get("/en/account").content.decode()
    assert "Staff pages" not in weak
    assert "Your roles wait for a second factor" in weak
    assert "Staff pages" in signed_in(staff).get("/en/account").content.decode()


@pytest.mark.parametrize(
    ("signature", "browser", "system"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140",
            "Edge",
            "Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604.1",
            "Safari",
            "iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36",
            "Chrome",
            "Android",
        ),
        ("curl/8", "", ""),
    ],
)
def test_a_browser_is_told_in_two_words(signature: str, browser: str, system: str) -> None:
    assert (browser_of(signature), system_of(signature)) == (browser, system)


def test_codes_are_forgotten_a_day_after_they_expire() -> None:
    code = actions.send_sign_in_code(actor=Actor.public(), address=ADDRESS, language="en")
    assert actions.forget_old_codes(actor=Actor.system("test")) == 0
    EmailCode.objects.filter(pk=code.pk).update(expires_at=timezone.now() - timedelta(days=1, minutes=1))
    assert actions.forget_old_codes(actor=Actor.system("test")) == 1


def test_who_is_deactivated_learns_it_only_by_mail(person: Person) -> None:
    actions.deactivate_person(actor=Actor.system("test"), person=person)
    actions.send_sign_in_code(actor=Actor.public(), address=person.email, language="en")
    assert "The account that it belongs to is closed" in messages_to(person.email)[-1]
    assert newest_code() not in " ".join(messages_to(person.email))

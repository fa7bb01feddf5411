"""Paying: a failed payment loses nothing, a doubled one is given back, and one confirmation receives once."""

from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from parvis.access.actions.ending import lapse_unpaid
from parvis.access.actions.paying import note_payment, start_payment
from parvis.access.actions.receiving import note_fee
from parvis.access.models import Payment, Submission
from parvis.access.states import PaidBy
from parvis.access.tasks import note_confirmed, refund
from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError, NotReadyError
from parvis.core.roles import Role
from tests.access.factories import a_receiving_institution, a_submission
from tests.institutions.conftest import Entering
from tests.institutions.factories import a_membership

PUBLIC, SYSTEM = Actor.public(), Actor.system("test")
pytestmark = pytest.mark.django_db
CONFIRMS = {"status": "confirmed", "fraud_status": "unknown", "gateway_response": "3ds-disabled"}
REJECTS = {**CONFIRMS, "status": "rejected"}


def unpaid(parts: int = 1, language: str = "en") -> tuple[Submission, str, Client]:
    """Send a request that waits for its fee; return it with its key and the browser of who sent it."""
    places = (a_receiving_institution(fee_choice="statute") for _part in range(parts))
    submission, key = a_submission(*places, language=language)
    client = Client()
    client.post(f"/en/requests/back/{key}")
    return submission, key, client


def begun(client: Client, submission: Submission, language: str = "en") -> str:
    """Begin to pay; return the address of the provider's form."""
    way = {
        "en": f"/en/requests/{submission.public_id}/pay",
        "fr": f"/fr/demandes/{submission.public_id}/payer",
    }
    answer = client.post(way[language])
    assert answer.status_code == 302
    return str(answer["Location"])


def states(submission: Submission) -> set[str]:
    return set(submission.parts.values_list("state", flat=True))


@pytest.mark.parametrize(
    ("language", "failed"), [("en", "The payment did not succeed"), ("fr", "Le paiement n’a pas réussi")]
)
def test_a_payment_fails_then_succeeds_and_the_request_is_received_once(language: str, failed: str) -> None:
    submission, _key, client = unpaid(2, language)
    form = begun(client, submission, language)
    shown = client.get(form).content.decode()
    assert {"en": "$10.00", "fr": "10,00\u00a0$"}[language] in shown
    back = client.post(form, REJECTS)
    assert failed in client.get(urlsplit(back["Location"]).path + "?failed=1").content.decode()
    assert states(submission) == {"awaiting-fee"}
    done = client.post(begun(client, submission, language), CONFIRMS)
    assert client.get(urlsplit(done["Location"]).path).status_code == 200
    assert states(submission) == {"received"}
    assert all(part.received_on == timezone.localdate() for part in submission.parts.all())
    assert sorted(Payment.objects.values_list("status", "refund_due")) == [
        ("confirmed", Decimal(0)),
        ("rejected", Decimal(0)),
    ]
    names = Event.objects.filter(name__startswith="access:payment").values_list("name", flat=True)
    assert sorted(names) == [
        *("access:payment:confirmed", "access:payment:failed"),
        *("access:payment:started", "access:payment:started"),
    ]


def test_the_gateway_is_away_and_the_request_stays() -> None:
    submission, _key, client = unpaid()
    answer = client.post(begun(client, submission), {**CONFIRMS, "gateway_response": "failure"})
    assert answer["Location"].endswith("/pay?failed=1")
    assert states(submission) == {"awaiting-fee"}
    assert client.get(urlsplit(answer["Location"]).path).status_code == 200


def test_the_provider_tells_it_by_itself_though_the_browser_never_came_back() -> None:
    submission, _key, client = unpaid()
    begun(client, submission)
    payment = Payment.objects.get()
    told = Client(enforce_csrf_checks=True).post(
        f"/payments/process/{payment.token}/?verification_result=confirmed"
    )
    assert told.status_code == 302
    assert states(submission) == {"received"}
    Client().post(f"/payments/process/{payment.token}/?verification_result=confirmed")
    assert submission.parts.get().clock_events.count() == 1
    assert Client().post("/payments/process/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_a_confirmation_that_was_left_behind_by_a_crash_is_noted_with_the_next_notice() -> None:
    submission, key, _client = unpaid()
    start_payment(actor=PUBLIC, submission=submission, key=key)
    Payment.objects.update(status="confirmed")
    with pytest.raises(NotImplementedError):
        Client().post("/payments/process/card/")  # the dummy does not tell which payment it is about
    note_confirmed.func(0)
    assert states(submission) == {"received"}


def test_paid_in_two_tabs_the_second_is_given_back() -> None:
    submission, _key, client = unpaid()
    tabs = [begun(client, submission) for _tab in range(2)]
    for tab in tabs:
        client.post(tab, CONFIRMS)
    first, second = Payment.objects.order_by("pk")
    assert (first.refund_due, second.refund_due) == (Decimal(0), Decimal(5))
    assert submission.parts.get().clock_events.count() == 1
    assert Event.objects.filter(name="access:payment:doubled").count() == 1
    refund.func(second.pk)
    refund.func(second.pk)
    second.refresh_from_db()
    assert second.refund_due == 0
    assert Event.objects.filter(name="access:payment:refunded").count() == 1


@pytest.mark.django_db(transaction=True)
def test_browser_and_provider_confirm_at_the_same_moment_and_it_counts_once() -> None:
    submission, key, _client = unpaid()
    payments = [start_payment(actor=PUBLIC, submission=submission, key=key) for _try in range(2)]
    Payment.objects.update(status="confirmed")
    start = Barrier(6)

    def confirm(payment: Payment) -> None:
        start.wait(10)
        try:
            note_payment(actor=SYSTEM, payment=payment)
        finally:
            connection.close()

    threads = [Thread(target=confirm, args=[payments[number % 2]]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert submission.parts.get().clock_events.count() == 1
    assert sorted(Payment.objects.values_list("refund_due", flat=True)) == [Decimal(0), Decimal(5)]


def test_a_payment_that_comes_after_the_request_lapsed_is_given_back() -> None:
    submission, key, _client = unpaid()
    payment = start_payment(actor=PUBLIC, submission=submission, key=key)
    submission.parts.update(created_at=timezone.now() - timedelta(days=40))
    assert lapse_unpaid(actor=SYSTEM, after_days=30) == 1
    Payment.objects.update(status="confirmed")
    note_payment(actor=SYSTEM, payment=payment)
    payment.refresh_from_db()
    assert payment.refund_due == Decimal(5)
    assert states(submission) == {"lapsed"}


def test_nobody_else_pays_and_nothing_is_paid_twice() -> None:
    submission, key, client = unpaid()
    other = Client()
    assert other.get(f"/en/requests/{submission.public_id}/pay").status_code == 404
    assert other.get(begun(client, submission)).status_code == 404
    with pytest.raises(NotAllowedError):
        start_payment(actor=PUBLIC, submission=submission, key="wrong")
    client.post(begun(client, submission), CONFIRMS)
    with pytest.raises(NotReadyError, match="nothing to pay"):
        start_payment(actor=PUBLIC, submission=submission, key=key)
    assert client.get(f"/en/requests/{submission.public_id}/pay").status_code == 302


def test_where_nobody_takes_cards_the_page_says_whom_to_ask(settings: Settings) -> None:
    submission, _key, client = unpaid()
    settings.PAYMENT_VARIANTS = {}
    shown = client.get(f"/en/requests/{submission.public_id}/pay").content.decode()
    assert "Cards are not taken here." in shown
    assert "access@example.org" in shown
    client.post(f"/en/requests/{submission.public_id}/pay")
    assert not Payment.objects.exists()


def test_the_desk_shows_what_is_to_be_given_back_to_its_own_institution_alone(signed_in: Entering) -> None:
    submission, key, _client = unpaid()
    row = start_payment(actor=PUBLIC, submission=submission, key=key)
    Payment.objects.filter(pk=row.pk).update(refund_due=5)
    here, there = submission.parts.get().institution, a_receiving_institution()
    for place, is_shown in ((here, True), (there, False)):
        browser = signed_in(a_membership(Role.OFFICER, place).person, place)
        assert ("Payments to give back" in browser.get("/en/staff/requests").content.decode()) is is_shown


def test_nothing_of_who_pays_or_what_is_asked_is_kept_with_a_payment() -> None:
    submission, _key, client = unpaid()
    client.post(begun(client, submission), CONFIRMS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM access_payment t")
        text = str(cursor.fetchall())
    assert "Robin" not in text
    assert "Riverbend" not in text
    assert "example.org" not in text


def test_who_takes_no_cards_says_how_to_pay_and_the_others_are_paid_by_card() -> None:
    by_cheque = a_receiving_institution(
        fee_choice="statute",
        fee_means=["cheque"],
        fee_note_en="To the Receiver General, 1 Main Street.",
        fee_note_fr="À l’ordre du receveur général, 1, rue Principale.",
    )
    by_card = a_receiving_institution(fee_choice="statute", fee_means=["card", "counter"])
    submission, key = a_submission(by_cheque, by_card)
    client = Client()
    client.post(f"/en/requests/back/{key}")
    shown = client.get(f"/en/requests/{submission.public_id}/pay").content.decode()
    assert "To the Receiver General, 1 Main Street." in shown
    assert "Cards are not taken for this part." in shown
    assert "Pay $5.00 by card" in shown
    assert "At its office" in shown
    client.post(begun(client, submission), CONFIRMS)
    assert {part.institution: part.state for part in submission.parts.all()} == {
        by_cheque: "awaiting-fee",
        by_card: "received",
    }
    assert not Payment.objects.filter(refund_due__gt=0).exists()
    client.post(f"/en/requests/{submission.public_id}/pay")
    assert Payment.objects.count() == 1, "what is left is not paid by card"


def test_an_institution_asks_for_less_than_its_statute_and_never_for_more() -> None:
    less = a_receiving_institution(fee_choice="reduced", fee_amount=Decimal("2.50"))
    more = a_receiving_institution(fee_choice="reduced", fee_amount=Decimal(50))
    ignored = a_receiving_institution(fee_choice="statute", fee_amount=Decimal("2.50"))
    submission, _key = a_submission(less, more, ignored)
    fees = [submission.parts.get(institution=one).fee for one in (less, more, ignored)]
    assert fees == [Decimal("2.50"), Decimal(5), Decimal(5)]


def test_an_officer_notes_a_cheque_and_the_clock_runs_from_that_day(signed_in: Entering) -> None:
    here = a_receiving_institution(fee_choice="statute", fee_means=["cheque"])
    submission, key = a_submission(here)
    row, today = submission.parts.get(), timezone.localdate()
    submission.parts.update(created_at=timezone.now() - timedelta(days=9))
    browser = signed_in(a_membership(Role.OFFICER, here).person, here)
    way = f"/en/cases/{row.public_id}/fee"
    assert way in browser.get(f"/en/cases/{row.public_id}").content.decode()
    for day, said in (
        (today + timedelta(days=1), "not in the future"),
        (today - timedelta(days=10), "cannot have come before the request was sent"),
        ("soon", "Enter a day such as"),
    ):
        refused = browser.post(way, {"paid_on": str(day), "by": "counter"}).content.decode()
        assert said in refused
        assert f'value="{day}"' in refused
    paid_on = today - timedelta(days=3)
    answer = browser.post(way, {"paid_on": str(paid_on), "by": "cheque"}, follow=True).content.decode()
    assert "The fee is noted" in answer
    row.refresh_from_db()
    assert (row.state, row.received_on) == ("received", paid_on)
    assert Event.objects.get(name="access:request:fee_came").data["by"] == "cheque"
    again = browser.post(way, {"paid_on": str(today), "by": "cheque"}, follow=True).content.decode()
    assert "does not wait for a fee" in again
    assert row.clock_events.count() == 1
    with pytest.raises(NotReadyError, match="nothing to pay"):
        start_payment(actor=PUBLIC, submission=submission, key=key)


def test_who_does_not_work_the_request_notes_no_fee(signed_in: Entering) -> None:
    here, there = a_receiving_institution(fee_choice="statute"), a_receiving_institution()
    row = a_submission(here)[0].parts.get()
    for role, place in ((Role.OFFICER, there), (Role.REVIEWER, here), (Role.HEAD, here)):
        browser = signed_in(a_membership(role, place).person, place)
        answer = browser.post(
            f"/en/cases/{row.public_id}/fee", {"paid_on": str(timezone.localdate()), "by": "cheque"}
        )
        assert answer.status_code == 404
    with pytest.raises(NotAllowedError):
        note_fee(actor=PUBLIC, access_request=row, paid_on=timezone.localdate(), by=PaidBy.CHEQUE)
    assert states(row.submission) == {"awaiting-fee"}


def test_a_cheque_and_a_card_for_the_same_request_and_the_card_is_given_back() -> None:
    submission, key, _client = unpaid()
    payment = start_payment(actor=PUBLIC, submission=submission, key=key)
    row = submission.parts.get()
    assert note_fee(actor=SYSTEM, access_request=row, paid_on=timezone.localdate(), by=PaidBy.CHEQUE)
    Payment.objects.update(status="confirmed")
    note_payment(actor=SYSTEM, payment=payment)
    payment.refresh_from_db()
    assert payment.refund_due == Decimal(5)
    assert row.clock_events.count() == 1

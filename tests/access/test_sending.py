"""Sending a draft: parts, numbers, law and days; once, however often it is sent; and what cannot be sent says why."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone, translation
from procrastinate.contrib.django.models import ProcrastinateJob

from parvis.access import queries
from parvis.access.actions.receiving import settle_fees
from parvis.access.answers import Answers, Requested
from parvis.access.intake.actions import discard_draft, keep_answers, send_draft, start_draft
from parvis.access.models import AccessRequest, Draft, JourneyCount, Receipt, Submission
from parvis.access.states import RequestKind, RequestState
from parvis.access.tasks import follow_up
from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError, NotReadyError
from parvis.core.states import StaleStateError
from parvis.law import deadline, pack_for, received
from parvis.mail.models import OutgoingMail
from parvis.mail.sealing import unseal
from tests.access.factories import (
    ASKER,
    WORDS,
    a_draft,
    a_receiving_institution,
    a_request,
    a_submission,
    some_answers,
)
from tests.institutions.factories import a_person

PUBLIC, SYSTEM = Actor.public(), Actor.system("test")
pytestmark = pytest.mark.django_db


def test_a_submission_has_a_part_for_each_institution_with_its_own_number_and_clock() -> None:
    here, there = a_receiving_institution(slug="aaa"), a_receiving_institution("ca-bc", slug="bbb")
    submission, _key = a_submission(here, there)
    today = timezone.localdate()
    first, second = submission.parts.order_by("number")
    assert (first.number, second.number) == (f"AAA-A-{today.year}-00001", f"BBB-A-{today.year}-00001")
    assert first.pack_id == pack_for("ca-atia", today).id
    assert first.statute_due == deadline(pack_for("ca-atia", today), [received(today)]).statute_due
    assert second.regime == "ca-bc"
    assert {part.state for part in (first, second)} == {RequestState.RECEIVED}
    assert [part.clock_events.get().kind for part in (first, second)] == ["received", "received"]


def test_numbers_run_on_without_a_gap_and_by_kind() -> None:
    here = a_receiving_institution(slug="aaa")
    year = timezone.localdate().year
    numbers = [a_request(here).number for _time in range(3)]
    assert numbers == [f"AAA-A-{year}-{number:05}" for number in (1, 2, 3)]
    assert a_request(here, kind=RequestKind.COPY, package="abc").number == f"AAA-I-{year}-00001"


def test_who_asks_is_kept_apart_and_sealed_with_nothing_of_it_in_trail_or_mail_queue() -> None:
    submission, _key = a_submission()
    row = submission.parts.get()
    with connection.cursor() as cursor:
        for table in (
            "access_requester",
            "access_requesttext",
            "access_draft",
            "access_accessrequest",
            "access_submission",
        ):
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608  # names of our own tables
            text = " ".join(line for (line,) in cursor.fetchall())
            assert "Robin" not in text
            assert "robin@" not in text
            assert "Riverbend" not in text
    assert submission.requester.read_sealed("sealed")["asker"]["name"] == "Robin Tremblay"
    assert queries.texts_of(row)[0].requested.text == WORDS
    told = " ".join(f"{event.data} {event.subject_id}" for event in Event.objects.all())
    assert "Robin" not in told and "robin@" not in told and "Riverbend" not in told  # noqa: PT018  # one thing


def test_a_draft_sent_twice_makes_one_submission_and_keeps_nothing_of_what_was_typed() -> None:
    draft, key = a_draft(a_receiving_institution())
    first = send_draft(actor=PUBLIC, draft=draft, key=key)
    again = send_draft(actor=PUBLIC, draft=Draft.objects.get(pk=draft.pk), key=key)
    assert first == again
    assert Submission.objects.count() == AccessRequest.objects.count() == 1
    assert Draft.objects.get(pk=draft.pk).is_erased("sealed")


@pytest.mark.django_db(transaction=True)
def test_eight_posts_at_the_same_moment_make_one_submission() -> None:
    draft, key = a_draft(a_receiving_institution(), a_receiving_institution("ca-bc"))
    start, made = Barrier(8), []

    def post() -> None:
        mine = Draft.objects.get(pk=draft.pk)
        start.wait(10)
        try:
            made.append(send_draft(actor=PUBLIC, draft=mine, key=key).pk)
        finally:
            connection.close()

    threads = [Thread(target=post) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(made) == 8
    assert len(set(made)) == 1
    assert AccessRequest.objects.count() == 2
    assert Submission.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_requests_sent_at_once_to_the_same_institutions_never_share_a_number_nor_block_each_other() -> None:
    places = [a_receiving_institution() for _number in range(3)]
    drafts = [a_draft(*(places if number % 2 else reversed(places))) for number in range(8)]
    start = Barrier(8)

    def post(draft: Draft, key: str) -> None:
        start.wait(10)
        try:
            send_draft(actor=PUBLIC, draft=draft, key=key)
        finally:
            connection.close()

    threads = [Thread(target=post, args=one) for one in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    numbers = list(AccessRequest.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers)) == 24
    for place in places:
        mine = sorted(number for number in numbers if number.startswith(place.slug.upper() + "-"))
        assert [int(number[-5:]) for number in mine] == list(range(1, 9))


@pytest.mark.parametrize(
    ("changes", "step", "words"),
    [
        ({"requested": Requested()}, "what", "Write what you are looking for."),
        ({"requested": Requested(text="x" * 8001)}, "what", "too long"),
        ({"institutions": ()}, "institutions", "Choose at least one institution."),
        ({"asker": replace(ASKER, has_right=False)}, "who", "Confirm that you have the right to ask."),
        ({"asker": replace(ASKER, name=" ")}, "who", "Give your name."),
        ({"asker": replace(ASKER, email="")}, "contact", "Give an e-mail address"),
        ({"record_format": "paper"}, "contact", "Give the postal address"),
        ({"kind": RequestKind.OWN}, "who", "Say how you prove who you are."),
        (
            {"kind": RequestKind.OWN, "asker": replace(ASKER, identity_by="documents")},
            "who",
            "Attach a document that proves who you are.",
        ),
        ({"asker": replace(ASKER, is_anonymous=True)}, "who", "cannot be made without a name"),
        (
            {"kind": RequestKind.OTHER, "asker": replace(ASKER, identity_by="account", represented="Sam")},
            "who",
            "Attach the signed consent",
        ),
    ],
)
def test_what_cannot_be_sent_says_why_and_at_which_step_and_stays_a_draft(
    changes: dict[str, Any], step: str, words: str
) -> None:
    draft, key = a_draft(a_receiving_institution(), **changes)
    with pytest.raises(NotReadyError) as refused:
        send_draft(actor=PUBLIC, draft=draft, key=key)
    assert any(one.step == step and words in str(one) for one in refused.value.blockers)  # type: ignore[attr-defined]  # Blocker
    assert not Submission.objects.exists()
    kept = Draft.objects.get(pk=draft.pk)
    assert queries.answers_of(kept) == queries.answers_of(draft)


def test_a_refusal_speaks_the_language_of_the_draft() -> None:
    draft, key = a_draft(a_receiving_institution(), requested=Requested(), language="fr")
    with translation.override("fr"), pytest.raises(NotReadyError) as refused:
        send_draft(actor=PUBLIC, draft=draft, key=key)
    assert "Écrivez ce que vous cherchez." in str(refused.value)


def test_an_institution_that_does_not_take_requests_here_stops_the_sending_and_is_named() -> None:
    here, away = a_receiving_institution(), a_receiving_institution(slug="away")
    away.onboarding.state = "paused"
    away.onboarding.save()
    draft, key = a_draft(here, away)
    with pytest.raises(NotReadyError, match="does not take requests here yet"):
        send_draft(actor=PUBLIC, draft=draft, key=key)


def test_a_fee_is_waited_for_and_the_clock_runs_from_the_day_that_it_is_paid() -> None:
    here = a_receiving_institution(fee_choice="statute")
    submission, _key = a_submission(here)
    row = submission.parts.get()
    assert (row.state, row.fee, row.received_on, row.statute_due) == (
        "awaiting-fee",
        Decimal("5.00"),
        None,
        None,
    )
    assert not row.clock_events.exists()
    paid_on = timezone.localdate() + timedelta(days=4)
    assert settle_fees(actor=SYSTEM, submission=submission, paid_on=paid_on, parts=[row]) == 1
    row.refresh_from_db()
    assert row.received_on == paid_on
    assert row.statute_due == deadline(pack_for("ca-atia", paid_on), [received(paid_on)]).statute_due
    assert settle_fees(actor=SYSTEM, submission=submission, paid_on=paid_on, parts=[row]) == 0
    assert row.clock_events.count() == 1


@pytest.mark.parametrize("language", ["en", "fr"])
def test_requester_and_offices_are_told_once_by_a_worker_and_again_when_the_fee_came(language: str) -> None:
    here = a_receiving_institution(access_email="office@example.org")
    there = a_receiving_institution(fee_choice="statute", access_email="other@example.org")
    submission, key = a_submission(here, there, language=language)
    assert not OutgoingMail.objects.exists()  # a post waits for no template
    for _time in range(2):
        follow_up.func(submission.pk)
        told = sorted(OutgoingMail.objects.values_list("template", "language"))
        assert told == [
            ("access/arrived", "en"),
            ("access/fee_waiting", language),
            ("access/received", language),
        ]
    assert JourneyCount.objects.get(outcome="filed").times == 1
    settle_fees(
        actor=SYSTEM, submission=submission, paid_on=timezone.localdate(), parts=submission.parts.all()
    )
    follow_up.func(submission.pk)
    assert sorted(OutgoingMail.objects.values_list("template", flat=True)) == [
        *("access/arrived", "access/arrived", "access/fee_waiting", "access/received", "access/received")
    ]
    assert Receipt.objects.count() == 2
    mine = unseal(OutgoingMail.objects.filter(template="access/received").order_by("pk")[0].sealed)
    assert mine.address == "robin@example.org"
    assert key in mine.text
    assert "Robin" not in mine.text + mine.subject
    assert "Riverbend" not in mine.text + mine.subject


def test_a_waiver_that_is_asked_lets_the_request_be_received_at_once() -> None:
    row = a_request(a_receiving_institution(fee_choice="statute"), waive=True)
    assert (row.state, row.waiver) == ("received", "asked")


def test_a_copy_of_what_was_released_is_free_and_has_a_standard_in_the_place_of_a_statute() -> None:
    row = a_request(
        a_receiving_institution(fee_choice="statute"),
        kind=RequestKind.COPY,
        package="abc",
        asker=replace(ASKER, is_anonymous=True, name="", has_right=False),
    )
    assert (row.fee, row.pack_id, row.statute_due) == (Decimal(0), "", None)
    assert row.policy_due == timezone.localdate() + timedelta(days=30)
    assert queries.clock_of(row) is None


def test_a_draft_opens_by_its_key_or_to_whose_it_is_and_to_nobody_else() -> None:
    mine, other = Actor.person(a_person().pk), Actor.person(a_person().pk)
    draft, key = a_draft(actor=mine)
    assert queries.draft_of(mine, draft.public_id) == draft
    assert queries.draft_of(PUBLIC, draft.public_id, key) == draft
    for actor, tried in ((other, ""), (PUBLIC, ""), (PUBLIC, "wrong"), (other, draft.public_id)):
        assert queries.draft_of(actor, draft.public_id, tried) is None
        with pytest.raises(NotAllowedError):
            send_draft(actor=actor, draft=draft, key=tried)
    guest, _key = a_draft()
    assert queries.draft_of(PUBLIC, guest.public_id) is None


def test_what_was_sent_does_not_change_from_another_tab() -> None:
    draft, key = a_draft(a_receiving_institution())
    stale = Draft.objects.get(pk=draft.pk)
    send_draft(actor=PUBLIC, draft=draft, key=key)
    with pytest.raises(StaleStateError):
        keep_answers(actor=PUBLIC, draft=stale, answers=some_answers(), key=key)


def test_a_draft_that_is_given_up_is_deleted_and_counted_without_who() -> None:
    draft, key = a_draft()
    discard_draft(actor=PUBLIC, draft=draft, key=key, is_satisfied=True)
    assert not Draft.objects.exists()
    assert JourneyCount.objects.get().times == 1


def test_answers_of_an_earlier_version_are_read_without_what_is_unknown_now() -> None:
    draft, _key = start_draft(actor=PUBLIC, answers=Answers())
    draft.keep_sealed(
        "sealed", {"kind": "own", "gone": 1, "asker": {"name": "A", "old": True}, "done": ["what"]}
    )
    kept = queries.answers_of(draft)
    assert (kept.kind, kept.asker.name, kept.done) == ("own", "A", ("what",))


def test_a_request_keeps_the_law_of_its_day() -> None:
    here = a_receiving_institution("ca-ab")
    row = a_request(here)
    assert row.pack_id == pack_for("ca-ab", timezone.localdate()).id != pack_for("ca-ab", date(2024, 1, 2)).id


def test_what_follows_is_queued_with_the_request_itself() -> None:
    """Nothing between the commit and the queue can be killed: the job is written by the same transaction."""
    with transaction.atomic():
        a_submission()
        assert ProcrastinateJob.objects.filter(task_name="access.follow_up").count() == 1
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.filter(task_name="access.follow_up").exists()
    assert not Submission.objects.exists()

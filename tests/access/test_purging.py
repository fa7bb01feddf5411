"""What the schedule erases, what a legal hold keeps, and what stays and tells nothing of anyone."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from parvis.access.actions.ending import lapse_unpaid, withdraw_request
from parvis.access.actions.purging import purge
from parvis.access.actions.receipts import make_receipt
from parvis.access.actions.working import lift_hold, place_hold
from parvis.access.models import AccessRequest, Draft, Receipt, Submission
from parvis.access.retention import schedule
from parvis.audit.models import Event
from parvis.config import command
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError, NotReadyError
from parvis.core.states import StaleStateError
from tests.access.factories import a_draft, a_receiving_institution, a_submission

SYSTEM, PUBLIC = Actor.system("test"), Actor.public()
TODAY = timezone.localdate()
pytestmark = pytest.mark.django_db


def ended(days_ago: int, *, parts: int = 1) -> Submission:
    submission, key = a_submission(*(a_receiving_institution() for _part in range(parts)))
    make_receipt(actor=SYSTEM, submission=submission)
    for part in submission.parts.all():
        withdraw_request(actor=PUBLIC, access_request=part, key=key)
    submission.parts.update(ended_on=TODAY - timedelta(days=days_ago))
    return submission


def test_a_request_past_its_day_keeps_its_number_and_loses_all_that_anyone_wrote() -> None:
    over, not_yet = ended(schedule().requests), ended(schedule().requests - 1)
    done = purge(actor=SYSTEM, today=TODAY)
    assert (done.submissions, done.requests, done.requesters, done.files, done.held) == (1, 1, 1, 1, 0)
    over.requester.refresh_from_db()
    assert over.requester.is_erased("sealed")
    assert over.requester.address_mark == ""
    assert over.parts.get().number
    assert over.parts.get().texts.get().is_erased("sealed")
    assert not not_yet.requester.is_erased("sealed")
    assert Receipt.objects.get().submission == not_yet
    assert purge(actor=SYSTEM, today=TODAY).submissions == 0


@pytest.mark.django_db(transaction=True)
def test_the_files_go_with_the_rows_once_that_stands(own_home: Path) -> None:
    ended(schedule().requests)
    assert [path for path in own_home.rglob("*") if path.is_file()]
    purge(actor=SYSTEM, today=TODAY)
    assert not [path for path in own_home.rglob("*") if path.is_file()]


def test_one_part_that_goes_on_keeps_the_whole() -> None:
    submission = ended(schedule().requests, parts=2)
    AccessRequest.objects.filter(pk=submission.parts.order_by("pk")[0].pk).update(
        state="received", ended_on=None
    )
    assert purge(actor=SYSTEM, today=TODAY).submissions == 0


def test_a_legal_hold_keeps_a_request_until_it_is_lifted() -> None:
    submission = ended(schedule().requests)
    hold = place_hold(actor=SYSTEM, access_request=submission.parts.get(), why="Court file")
    done = purge(actor=SYSTEM, today=TODAY)
    assert (done.submissions, done.held) == (0, 1)
    assert lift_hold(actor=SYSTEM, hold=hold)
    assert not lift_hold(actor=SYSTEM, hold=hold)
    assert purge(actor=SYSTEM, today=TODAY).submissions == 1


def test_a_hold_has_a_reason_and_is_not_for_everyone() -> None:
    row = a_submission()[0].parts.get()
    with pytest.raises(NotReadyError):
        place_hold(actor=SYSTEM, access_request=row, why="  ")
    with pytest.raises(NotAllowedError):
        place_hold(actor=PUBLIC, access_request=row, why="Court file")


def test_drafts_go_on_the_day_after_their_last_one() -> None:
    draft, _key = a_draft()
    assert purge(actor=SYSTEM, today=draft.expires_on).drafts == 0
    assert purge(actor=SYSTEM, today=draft.expires_on + timedelta(days=1)).drafts == 1
    assert not Draft.objects.exists()


def test_an_unpaid_request_lapses_after_its_days_and_goes_sooner() -> None:
    submission, _key = a_submission(a_receiving_institution(fee_choice="statute"))
    assert lapse_unpaid(actor=SYSTEM, after_days=30) == 0
    submission.parts.update(created_at=timezone.now() - timedelta(days=31))
    assert lapse_unpaid(actor=SYSTEM, after_days=30) == 1
    submission.parts.update(ended_on=TODAY - timedelta(days=schedule().lapsed))
    assert purge(actor=SYSTEM, today=TODAY).submissions == 1


def test_a_trial_says_the_same_and_erases_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    ended(schedule().requests)
    assert command.run("access purge", "--trial") == 0
    assert "       1  submissions that ended long enough ago" in capsys.readouterr().out
    assert not Event.objects.filter(name="access:purge:done").exists()
    assert command.run("access purge") == 0
    assert Event.objects.get(name="access:purge:done").data["submissions"] == 1


def test_a_request_is_withdrawn_once_and_by_its_requester_alone() -> None:
    submission, key = a_submission()
    row = submission.parts.get()
    with pytest.raises(NotAllowedError):
        withdraw_request(actor=PUBLIC, access_request=row, key="wrong")
    withdraw_request(actor=PUBLIC, access_request=row, key=key)
    assert (row.state, row.ended_on) == ("withdrawn", TODAY)
    with pytest.raises(StaleStateError):
        withdraw_request(actor=PUBLIC, access_request=row, key=key)


def test_nothing_in_the_tables_tells_who_asked_after_a_purge() -> None:
    ended(schedule().requests)
    purge(actor=SYSTEM, today=TODAY)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith("access_"):
                cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608  # names of our own tables
                assert "Robin" not in str(cursor.fetchall())

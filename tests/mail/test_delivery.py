"""From send_mail to a server that takes it, or not: what is stored, claimed, tried again, given up and erased."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from parvis.accounts.letters import CODE
from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError, NotReadyError
from parvis.core.roles import Grant, Role
from parvis.mail import actions, delivery, queries, tasks
from parvis.mail.backends import PermanentFaultError, TemporaryFaultError
from parvis.mail.models import OutgoingMail
from parvis.mail.sealing import Letter, address_hash, unseal
from parvis.mail.states import MailFault, MailState
from tests.mail.conftest import ACTOR, ADDRESS

ADMINISTRATOR = Actor.person(7, grants=(Grant(Role.ADMINISTRATOR),))
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def through_a_mail_server(settings: Settings) -> None:
    settings.MAIL, settings.SMTP_URL = "smtp", "smtp+unencrypted://127.0.0.1:1"


class WayOut:
    """Takes what it is given, or raises what it was told to."""

    def __init__(self, *errors: Exception | None) -> None:
        self.errors = list(errors)
        self.taken: list[Letter] = []

    def send(self, letter: Letter, *, public_id: str, language: str) -> str:  # noqa: ARG002  # the protocol's
        if self.errors and (error := self.errors.pop(0)):
            raise error
        self.taken.append(letter)
        return "there-1"


def send(address: str = ADDRESS) -> OutgoingMail:
    return actions.send_mail(
        actor=ACTOR,
        template="tests/welcome",
        address=address,
        language="fr",
        context={"name": "Alice"},
        person_id=3,
    )


def fresh(mail: OutgoingMail) -> OutgoingMail:
    return OutgoingMail.objects.get(pk=mail.pk)


def later(mail: OutgoingMail, by: timedelta) -> None:
    """Let time pass for one message."""
    moved = {
        name: value - by
        for name in ("next_attempt_at", "claimed_at", "settled_at", "expires_at", "created_at")
        if (value := getattr(fresh(mail), name))
    }
    OutgoingMail.objects.filter(pk=mail.pk).update(**moved)


def test_address_and_content_are_stored_only_sealed() -> None:
    mail = send()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(m)::text FROM mail_outgoingmail m")
        stored = cursor.fetchone()[0]
        cursor.execute("SELECT coalesce(string_agg(row_to_json(e)::text, ''), '') FROM audit_event e")
        trail = cursor.fetchone()[0]
    for told in ("alice", "Alice", "Bonjour"):
        assert told not in stored
        assert told not in trail
    assert unseal(mail.sealed).address == ADDRESS
    assert mail.address_hash == address_hash("Alice@Example.org ")
    assert "alice" not in repr(unseal(mail.sealed))


@pytest.mark.django_db(transaction=True)
def test_the_task_is_queued_on_commit_with_a_number_and_nothing_else() -> None:
    with transaction.atomic():
        mail = send()
        assert not ProcrastinateJob.objects.filter(args__mail_id=mail.pk).exists()
    job = ProcrastinateJob.objects.get(args__mail_id=mail.pk, task_name="mail.deliver")
    assert job.args == {"mail_id": mail.pk}


@pytest.mark.django_db(transaction=True)
def test_a_message_goes_with_the_change_that_it_tells_of_or_not_at_all() -> None:
    with pytest.raises(RuntimeError) as undone, transaction.atomic():
        raise RuntimeError(send().pk)
    assert not OutgoingMail.objects.exists()
    assert not ProcrastinateJob.objects.filter(args__mail_id=undone.value.args[0]).exists()


def test_what_is_sent_is_erased_and_remembered_only_by_its_keyed_hash() -> None:
    mail, way = send(), WayOut()
    delivery.deliver(mail.pk, way)
    assert [letter.address for letter in way.taken] == [ADDRESS]
    assert way.taken[0].subject == "Bienvenue"
    sent = fresh(mail)
    assert (sent.state, sent.sealed, sent.provider_id, sent.attempts) == (MailState.SENT, None, "there-1", 1)
    assert sent.address_hash
    names = Event.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["mail:message:queued", "mail:message:sent"]


def test_a_message_that_was_sent_is_not_sent_again_however_often_its_task_runs() -> None:
    mail, way = send(), WayOut()
    for _ in range(3):
        delivery.deliver(mail.pk, way)
    delivery.deliver(mail.pk + 1000, way)  # a row that is gone
    assert len(way.taken) == 1


def test_two_workers_never_send_the_same_attempt() -> None:
    mail, way = send(), WayOut()
    assert actions.claim_mail(actor=ACTOR, mail_id=mail.pk)
    assert actions.claim_mail(actor=ACTOR, mail_id=mail.pk) is None
    with pytest.raises(delivery.PostponedError) as postponed:
        delivery.deliver(mail.pk, way)
    assert not way.taken
    assert postponed.value.until > timezone.now() + timedelta(minutes=4)


def test_a_message_that_a_dead_worker_had_taken_is_sent_by_another_after_five_minutes() -> None:
    mail, way = send(), WayOut()
    actions.claim_mail(actor=ACTOR, mail_id=mail.pk)
    later(mail, timedelta(minutes=6))
    delivery.deliver(mail.pk, way)
    assert len(way.taken) == 1
    assert fresh(mail).attempts == 2


def test_pauses_grow_until_a_message_is_given_up() -> None:
    mail, pauses = send(), []
    OutgoingMail.objects.update(expires_at=timezone.now() + timedelta(days=30))
    way = WayOut(*[TemporaryFaultError(MailFault.BUSY)] * 20)
    while True:
        try:
            delivery.deliver(mail.pk, way)
        except delivery.PostponedError as postponed:
            pauses.append(round((postponed.until - timezone.now()).total_seconds()))
            OutgoingMail.objects.update(next_attempt_at=timezone.now())
            continue
        break
    assert pauses == [10, 30, 120, 600, 1800, 3600, 10800, 21600, 43200]
    given_up = fresh(mail)
    assert (given_up.state, given_up.fault, given_up.attempts) == (MailState.FAILED, MailFault.BUSY, 10)
    assert given_up.sealed is not None


def test_a_message_that_would_come_too_late_is_given_up_at_once() -> None:
    mail = send()
    OutgoingMail.objects.update(expires_at=timezone.now() + timedelta(seconds=5))
    delivery.deliver(mail.pk, WayOut(TemporaryFaultError(MailFault.UNREACHABLE)))
    assert fresh(mail).state == MailState.FAILED


def test_a_permanent_fault_is_final() -> None:
    mail = send()
    delivery.deliver(mail.pk, WayOut(PermanentFaultError(MailFault.ADDRESS_REFUSED)))
    failed = fresh(mail)
    assert (failed.state, failed.fault) == (MailState.FAILED, MailFault.ADDRESS_REFUSED)


def test_what_nobody_foresaw_is_tried_again_and_no_log_repeats_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    mail = send()
    with pytest.raises(delivery.PostponedError) as postponed:
        delivery.deliver(mail.pk, WayOut(ValueError(f"no {ADDRESS} here")))
    assert fresh(mail).fault == MailFault.UNFORESEEN
    assert ADDRESS not in caplog.text + str(postponed.value)
    assert "'kind': 'ValueError'" in caplog.text


def test_another_secret_key_makes_a_queued_message_unreadable_and_says_so() -> None:
    mail = send()
    with override_settings(SECRET_KEY="another " * 10):
        delivery.deliver(mail.pk, WayOut())
    assert fresh(mail).fault == MailFault.UNREADABLE


def test_an_administrator_has_a_message_tried_again_and_nobody_else() -> None:
    mail = send()
    delivery.deliver(mail.pk, WayOut(PermanentFaultError(MailFault.ADDRESS_REFUSED)))
    for role in (Role.AUDITOR, Role.PARTNER):
        with pytest.raises(NotAllowedError):
            actions.retry_mail(actor=Actor.person(8, grants=(Grant(role),)), mail=fresh(mail))
    with pytest.raises(NotAllowedError):  # the right role for one institution only
        actions.retry_mail(actor=Actor.person(8, grants=(Grant(Role.ADMINISTRATOR, 4),)), mail=fresh(mail))
    actions.retry_mail(actor=ADMINISTRATOR, mail=fresh(mail))
    way = WayOut()
    delivery.deliver(mail.pk, way)
    assert len(way.taken) == 1
    with pytest.raises(NotReadyError):
        actions.retry_mail(actor=ADMINISTRATOR, mail=fresh(mail))


@pytest.mark.django_db(transaction=True)
def test_the_sweep_takes_up_what_no_task_takes_care_of_and_only_that() -> None:
    lost, forsaken, timely = send(), send(), send()
    actions.claim_mail(actor=ACTOR, mail_id=forsaken.pk)
    later(lost, timedelta(minutes=11))
    later(forsaken, timedelta(minutes=11))
    assert set(queries.forsaken()) == {lost.pk, forsaken.pk}
    assert queries.mail_counts().overdue == 1
    tasks.sweep(0)
    tasks.sweep(1)
    jobs = ProcrastinateJob.objects.filter(
        task_name="mail.resume", args__mail_id__in=[lost.pk, forsaken.pk, timely.pk]
    )
    assert sorted(job.args["mail_id"] for job in jobs.order_by("pk")) == [lost.pk, forsaken.pk]
    assert timely.pk not in queries.forsaken()


def test_contents_are_erased_when_they_are_of_no_use_hashes_after_a_month_rows_after_a_year() -> None:
    waiting, sent, failed = send(), send(), send()
    delivery.deliver(sent.pk, WayOut())
    delivery.deliver(failed.pk, WayOut(PermanentFaultError(MailFault.ADDRESS_REFUSED)))
    for mail in (waiting, sent, failed):
        later(mail, timedelta(days=4))
    actions.tidy_mail(actor=ACTOR)
    assert fresh(waiting).state == MailState.FAILED
    assert fresh(waiting).fault == MailFault.TOO_OLD
    assert not OutgoingMail.objects.filter(sealed__isnull=False).exists()
    assert OutgoingMail.objects.exclude(address_hash="").count() == 3
    for mail in (waiting, sent, failed):
        later(mail, timedelta(days=31))
    actions.tidy_mail(actor=ACTOR)
    assert not OutgoingMail.objects.exclude(address_hash="").exists()
    for mail in (waiting, sent, failed):
        later(mail, timedelta(days=400))
    actions.tidy_mail(actor=ACTOR)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"template": "tests/nothing"}, LookupError),
        ({"language": "de"}, ValueError),
        ({"address": "a@example.org\nBcc: b@example.org"}, ValueError),
        ({"address": ""}, ValueError),
        ({"context": {}}, ValueError),
    ],
)
def test_what_cannot_be_written_is_refused(words: dict[str, object], error: type[Exception]) -> None:
    right = {"template": "tests/welcome", "address": ADDRESS, "language": "en", "context": {"name": "A"}}
    with pytest.raises(error):
        actions.send_mail(actor=ACTOR, **{**right, **words})  # type: ignore[arg-type]  # wrong on purpose


def test_the_catcher_keeps_messages_at_once_and_sends_nothing() -> None:
    with override_settings(MAIL="catcher"):
        mail = actions.send_mail(
            actor=ACTOR, template="tests/welcome", address=ADDRESS, language="en", context={"name": "Alice"}
        )
        assert mail.state == MailState.SENT
        [caught] = queries.caught(Actor.public())
    assert caught.letter.address == ADDRESS
    assert "Hello Alice" in caught.letter.text


def test_a_code_goes_before_the_letters_that_waited_already(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        letter = send()
        code = actions.send_mail(
            actor=ACTOR,
            template=CODE.name,
            address=ADDRESS,
            language="en",
            context=CODE.examples("en"),
        )
    jobs = ProcrastinateJob.objects.filter(task_name="mail.deliver").order_by("-priority", "pk")
    assert [job.args["mail_id"] for job in jobs] == [code.pk, letter.pk]

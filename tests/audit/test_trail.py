import pytest
from django.db import DatabaseError, connection, transaction

from parvis.audit import actions, queries
from parvis.audit.anchor import audit_key
from parvis.audit.events import EventName, describe, sentence
from parvis.audit.models import Seal
from parvis.audit.verifying import verify_chain
from parvis.core.actor import Actor
from parvis.core.bilingual import Text


class DoorEvent(EventName):
    OPENED = "test:door:opened"


describe({DoorEvent.OPENED: Text("The door was opened", "La porte a été ouverte")})
ACTOR = Actor.system("test")


def append(count: int = 1) -> None:
    with transaction.atomic():
        for number in range(count):
            actions.append_event(DoorEvent.OPENED, actor=ACTOR, subject="door", number=number)


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        actions.append_event(DoorEvent.OPENED, actor=ACTOR, subject="door")


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE audit_event SET name = 'x'", "DELETE FROM audit_event"])
def test_the_database_itself_refuses_to_change_the_trail(statement: str) -> None:
    append()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_trail_cannot_be_emptied_at_once() -> None:
    append()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER audit_event_no_truncate")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_event CASCADE")


@pytest.mark.django_db
def test_sealing_chains_each_event_once() -> None:
    append(3)
    assert queries.seal_lag().waiting == 3
    assert actions.seal_events(actor=ACTOR) == 3
    append(2)
    assert actions.seal_events(actor=ACTOR) == 2
    assert actions.seal_events(actor=ACTOR) == 0
    assert list(Seal.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert queries.seal_lag().waiting == 0
    assert list(verify_chain(audit_key())) == []


@pytest.mark.django_db
def test_a_disabled_trigger_is_noticed() -> None:
    assert queries.is_append_only()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only")
    assert not queries.is_append_only()


def test_an_event_without_a_sentence_in_both_languages_is_refused() -> None:
    class WindowEvent(EventName):
        OPENED = "test:window:opened"
        CLOSED = "test:window:closed"

    with pytest.raises(ValueError, match="no sentence"):
        describe({WindowEvent.OPENED: Text("Opened", "Ouverte")})
    with pytest.raises(ValueError, match="both languages"):
        describe({WindowEvent.OPENED: Text("Opened", ""), WindowEvent.CLOSED: Text("Closed", "Fermée")})


def test_an_event_of_a_forgotten_vocabulary_shows_its_bare_name() -> None:
    assert sentence("test:forgotten:thing").en == "test:forgotten:thing"

import pytest
from django.db import DatabaseError, connection, transaction

from parvis.audit import actions, queries
from parvis.audit.events import EventName, describe, sentence
from parvis.audit.models import Event, Seal
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
    assert list(queries.verify_chain()) == []


def without_triggers(statement: str, *parameters: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only")
        cursor.execute("ALTER TABLE audit_seal DISABLE TRIGGER audit_seal_append_only")
        cursor.execute(statement, parameters)
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only")
        cursor.execute("ALTER TABLE audit_seal ENABLE TRIGGER audit_seal_append_only")


@pytest.mark.django_db
def test_a_changed_row_is_found() -> None:
    append(4)
    actions.seal_events(actor=ACTOR)
    second = Event.objects.order_by("pk")[1].pk
    without_triggers("UPDATE audit_event SET actor_name = 'somebody else' WHERE id = %s", second)
    assert [(fault.number, fault.kind) for fault in queries.verify_chain()] == [(2, "changed")]


@pytest.mark.django_db
def test_a_missing_row_is_found() -> None:
    append(4)
    actions.seal_events(actor=ACTOR)
    third = Event.objects.order_by("pk")[2].pk
    without_triggers("DELETE FROM audit_event WHERE id = %s", third)
    assert [(fault.number, fault.kind) for fault in queries.verify_chain()] == [(3, "missing")]


@pytest.mark.django_db
def test_a_row_removed_together_with_its_seal_leaves_a_hole_that_is_found() -> None:
    append(4)
    actions.seal_events(actor=ACTOR)
    without_triggers("DELETE FROM audit_seal WHERE number = 2")
    assert [(fault.number, fault.kind) for fault in queries.verify_chain()] == [(2, "missing")]


@pytest.mark.django_db
def test_swapped_rows_are_found() -> None:
    append(3)
    actions.seal_events(actor=ACTOR)
    first, second = Event.objects.order_by("pk").values_list("pk", flat=True)[:2]
    without_triggers(
        "UPDATE audit_event SET data = jsonb_build_object('number', CASE id WHEN %s THEN 1 ELSE 0 END)"
        " WHERE id IN (%s, %s)",
        first,
        first,
        second,
    )
    assert [fault.number for fault in queries.verify_chain()] == [1, 2]


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

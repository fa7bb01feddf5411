"""Every way in which somebody with the whole database in hand could touch the trail, done for real, and found."""

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from parvis.audit import actions, anchor, queries
from parvis.audit.anchor import Head, audit_key
from parvis.audit.chain import FIRST, key_mark, link_hash
from parvis.audit.models import Event, Seal
from parvis.audit.verifying import verify_chain
from parvis.config import command
from parvis.core.actor import Actor
from parvis.core.errors import ParvisError
from tests.audit.test_trail import DoorEvent

ACTOR = Actor.system("test")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def trail(home: Path) -> Iterator[None]:  # noqa: ARG001  # the key stands there
    """Six events in two runs of the sealer."""
    for _run in range(2):
        append(3)
        assert actions.seal_events(actor=ACTOR) == 3
    assert faults() == []
    yield
    with tampering() as run:
        run("DELETE FROM audit_seal")
        run("DELETE FROM audit_event")


def append(count: int = 1) -> None:
    for number in range(count):
        with transaction.atomic():
            actions.append_event(DoorEvent.OPENED, actor=ACTOR, subject="door", number=number)


def faults(*heads: Head) -> list[tuple[int, str]]:
    noted = anchor.read_anchor()
    return [
        (fault.number, str(fault.kind)) for fault in verify_chain(audit_key(), *heads, *filter(None, [noted]))
    ]


class tampering:  # noqa: N801  # reads as a sentence: with tampering() as run
    """The database in the hands of somebody who may do anything with it."""

    def __enter__(self) -> Callable[..., None]:
        self.switch("DISABLE")
        return self.run

    def __exit__(self, *_error: object) -> None:
        self.switch("ENABLE")

    def switch(self, word: str) -> None:
        for table in ("event", "seal"):
            self.run(f"ALTER TABLE audit_{table} {word} TRIGGER audit_{table}_append_only")

    def run(self, statement: str, *parameters: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)


def event(place: int) -> int:
    return Event.objects.order_by("pk")[place - 1].pk


@pytest.mark.parametrize(
    "change",
    [
        "name = 'x'",
        "happened_at = happened_at + interval '1 second'",
        "actor_kind = 'person'",
        "actor_id = 7",
        "actor_name = 'x'",
        "subject_type = 'x'",
        "subject_id = 'x'",
        "data = '{}'",
    ],
)
def test_every_field_of_an_event_is_held(change: str) -> None:
    with tampering() as run:
        run(f"UPDATE audit_event SET {change} WHERE id = %s", event(2))  # noqa: S608  # our own words
    assert faults() == [(2, "changed")]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (f"hash = '{'1' * 64}'", "changed"),
        ("sealed_at = sealed_at - interval '1 day'", "changed"),
        ("key_mark = 'x'", "sealed with another key"),
    ],
)
def test_every_field_of_a_seal_is_held(change: str, kind: str) -> None:
    with tampering() as run:
        run(f"UPDATE audit_seal SET {change} WHERE number = 2")  # noqa: S608  # our own words
    assert faults() == [(2, kind)]


def test_an_event_that_is_gone_is_missed() -> None:
    with tampering() as run:
        run("DELETE FROM audit_event WHERE id = %s", event(3))
    assert faults() == [(3, "missing")]


def test_a_seal_that_is_gone_is_missed_also_when_its_event_is_sealed_anew() -> None:
    with tampering() as run:
        run("DELETE FROM audit_seal WHERE number = 2")
    assert faults() == [(2, "without its seal")]
    actions.seal_events(actor=ACTOR)
    assert (2, "without its seal") in faults()


def test_an_event_that_is_gone_with_its_seal_is_missed() -> None:
    gone = event(2)
    with tampering() as run:
        run("DELETE FROM audit_seal WHERE number = 2")
        run("DELETE FROM audit_event WHERE id = %s", gone)
    assert faults() == [(2, "without its seal")]


def test_closing_the_hole_by_numbering_anew_is_found() -> None:
    gone = event(2)
    with tampering() as run:
        run("DELETE FROM audit_seal WHERE number = 2")
        run("DELETE FROM audit_event WHERE id = %s", gone)
        for number in range(3, 7):
            run("UPDATE audit_seal SET number = %s WHERE number = %s", number - 1, number)
    assert {(2, "changed"), (6, "cut off")} <= set(faults())


def test_events_that_changed_places_are_found() -> None:
    first, second = event(1), event(2)
    with tampering() as run:
        run("UPDATE audit_seal SET event_id = -1 WHERE number = 1")
        run("UPDATE audit_seal SET event_id = %s WHERE number = 2", first)
        run("UPDATE audit_seal SET event_id = %s WHERE number = 1", second)
    assert [number for number, kind in faults() if kind == "changed"] == [1, 2]


@pytest.mark.parametrize("with_events", [False, True])
def test_a_tail_that_was_cut_off_is_found_by_the_noted_head(with_events: bool) -> None:  # noqa: FBT001  # a table of two
    last = [event(5), event(6)]
    with tampering() as run:
        run("DELETE FROM audit_seal WHERE number > 4")
        if with_events:
            run("DELETE FROM audit_event WHERE id = ANY(%s)", last)
    assert faults() == [(6, "cut off")]


def test_a_tail_that_grew_again_after_it_was_cut_off_is_found_and_the_note_is_kept() -> None:
    before = anchor.read_anchor()
    gone = [event(5), event(6)]
    with tampering() as run:
        run("DELETE FROM audit_seal WHERE number > 4")
        run("DELETE FROM audit_event WHERE id = ANY(%s)", gone)
    append(5)
    actions.seal_events(actor=ACTOR)
    assert Seal.objects.count() == 9
    assert faults() == [(6, "made anew")]
    assert anchor.read_anchor() == before


def rechain(key: bytes) -> None:
    """Make every link anew, as the sealer would."""
    previous = FIRST
    with tampering() as run:
        for seal in Seal.objects.select_related("event").order_by("number"):
            previous = link_hash(key, previous, seal.number, seal.sealed_at, seal.event.sealed_form())
            run("UPDATE audit_seal SET hash = %s WHERE number = %s", previous, seal.number)


def test_a_chain_made_anew_without_the_key_is_found_link_by_link() -> None:
    with tampering() as run:
        run("UPDATE audit_event SET actor_name = 'x' WHERE id = %s", event(2))
    rechain(secrets.token_bytes(32))  # the mark of the right key stays
    found = faults()
    assert {number for number, kind in found if kind == "changed"} == {1, 2, 3, 4, 5, 6}
    assert (6, "made anew") in found


def test_a_chain_made_anew_with_the_stolen_key_is_found_by_the_noted_head() -> None:
    with tampering() as run:
        run("UPDATE audit_event SET actor_name = 'x' WHERE id = %s", event(2))
    rechain(audit_key())
    assert faults() == [(6, "made anew")]


def test_a_chain_made_anew_with_key_and_note_is_found_by_a_head_noted_elsewhere() -> None:
    elsewhere = queries.head()
    assert elsewhere
    with tampering() as run:
        run("UPDATE audit_event SET actor_name = 'x' WHERE id = %s", event(2))
    rechain(audit_key())
    newest = queries.head()
    assert newest
    anchor.write_anchor(newest)
    assert faults() == []
    assert faults(elsewhere) == [(6, "made anew")]


def insert(pk: int | None, happened_at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (id, name, happened_at, actor_kind, actor_name, subject_type, subject_id, data)"
            " VALUES (coalesce(%s, nextval('audit_event_id_seq')), 'a:b:c', %s, 'system', 'x', 'x', '', '{}')",
            [pk, happened_at],
        )


def between() -> int:
    """Leave a number unused, as a transaction that was undone does, and seal beyond it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('audit_event_id_seq')")
        unused = int(cursor.fetchone()[0])
    append(2)
    actions.seal_events(actor=ACTOR)
    return unused


def test_an_event_put_in_under_an_old_number_is_found() -> None:
    unused = between()
    insert(unused, datetime.now(UTC) + timedelta(seconds=30))
    actions.seal_events(actor=ACTOR)
    assert faults() == [(9, "inserted later")]


@pytest.mark.parametrize("is_numbered_as_old", [True, False])
def test_an_event_put_in_with_an_old_moment_is_found(is_numbered_as_old: bool) -> None:  # noqa: FBT001  # a table of two
    unused = between()
    insert(unused if is_numbered_as_old else None, datetime.now(UTC) - timedelta(days=30))
    actions.seal_events(actor=ACTOR)
    assert faults() == [(9, "backdated")]


def test_an_event_whose_transaction_took_long_is_no_fault() -> None:
    unused = between()
    insert(unused, datetime.now(UTC) - timedelta(minutes=40))
    actions.seal_events(actor=ACTOR)
    assert faults() == []


def test_a_sealer_that_works_in_runs_leaves_no_fault() -> None:
    start = datetime.now(UTC) - timedelta(seconds=1)
    for number in range(6):
        insert(None, start + timedelta(milliseconds=number))
    for _run in range(3):
        actions.seal_events(actor=ACTOR, at_most=2)
    assert faults() == []


def test_seals_of_a_machine_with_another_key_are_refused_before_they_do_harm(settings: Settings) -> None:
    append()
    right = audit_key()
    settings.AUDIT_KEY = "ab" * 32
    with pytest.raises(ParvisError, match="PARVIS_AUDIT_KEY"):
        actions.seal_events(actor=ACTOR)
    settings.AUDIT_KEY = right.hex()
    assert actions.seal_events(actor=ACTOR) == 1
    assert key_mark(right) != key_mark(bytes.fromhex("ab" * 32))


def test_the_key_and_the_note_are_for_the_owner_alone(home: Path) -> None:
    for name in ("audit_key", "audit-head.json"):
        assert (home / "keys" / name).stat().st_mode & 0o777 == 0o600
    assert (home / "keys").stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in (home / "keys").iterdir()) == ["audit-head.json", "audit_key"]


def test_the_command_says_what_it_found(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert command.run("audit verify") == 0
    assert "the trail is whole, 6 links long" in capsys.readouterr().out
    assert command.run("audit head") == 0
    noted = capsys.readouterr().out.strip()
    assert command.run("audit verify", "--head", noted) == 0
    assert command.run("audit verify", "--head", "6:" + "0" * 64) == 1
    assert "link 6: event unknown is made anew" in capsys.readouterr().out
    (home / "keys" / "audit-head.json").unlink()
    assert command.run("audit verify") == 1
    assert "no head is noted" in capsys.readouterr().out
    (home / "keys" / "audit-head.json").write_text("{}")
    with pytest.raises(ParvisError, match="somebody changed it"):
        command.run("audit verify")


def test_a_switched_off_trigger_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with tampering():
        assert command.run("audit verify") == 1
    assert "its triggers are gone or disabled" in capsys.readouterr().out

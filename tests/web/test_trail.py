"""The audit trail as a page and as a file: who reads what of it, narrowed how, and that taking it is noted."""

import csv
import html
import io
import json
import re

import pytest
from django.db import transaction
from django.test import Client

from parvis.audit import actions, policy
from parvis.audit.models import Event
from parvis.core.actor import Actor, ActorKind
from parvis.core.roles import Grant, Role
from parvis.institutions.queries import references_by_slug
from tests.acting import acting
from tests.audit.test_trail import DoorEvent

pytestmark = pytest.mark.django_db
AUDITOR = Grant(Role.AUDITOR)


def append(*, subject: str = "door", actor: Actor | None = None, **data: object) -> Event:
    with transaction.atomic():
        actions.append_event(DoorEvent.OPENED, actor=actor or Actor.system("tests"), subject=subject, **data)
    return Event.objects.latest("pk")


def page(client: Client, query: str = "", language: str = "en") -> str:
    path = "/fr/personnel/piste-d-audit" if language == "fr" else "/en/staff/audit"
    answer = client.get(f"{path}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_auditors_and_administrators_read_all_and_others_know_of_no_trail() -> None:
    append(institution="northern-lights")
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        with acting(Grant(role)) as client:
            assert "The door was opened" in page(client)
            assert "La porte a été ouverte" in page(client, language="fr")
    for grants in ((), (Grant(Role.CENTRAL_OFFICE),), (Grant(Role.OFFICER, 1),), (Grant(Role.AUDITOR, 1),)):
        with acting(*grants) as client:
            assert client.get("/en/staff/audit").status_code == 404
            assert client.post("/en/staff/audit/export", {"form": "csv"}).status_code == 404
    assert Client().get("/en/staff/audit").status_code == 302


@pytest.mark.parametrize("role", [Role.HEAD, Role.PRIVACY_OFFICER])
def test_a_head_and_a_privacy_officer_read_what_is_about_their_institution(
    small_world: None,  # noqa: ARG001  # the institutions
    role: Role,
) -> None:
    own = references_by_slug(["northern-lights"])["northern-lights"].id
    other = references_by_slug(["ferries"])["ferries"].id
    append(subject="ours", institution="northern-lights")
    append(subject="theirs", institution="ferries")
    append(subject="nobody's")
    with acting(Grant(role, own)) as client:
        shown = page(client)
        exported = client.post("/en/staff/audit/export", {"form": "jsonl"}).getvalue().decode()
    for text in (shown, exported):
        assert "ours" in text
        assert "theirs" not in text
    assert "nobody" not in shown
    with acting(Grant(role, other)) as client:  # the near miss: the right role, another institution
        assert "ours" not in page(client)


def test_the_row_and_the_set_answer_alike() -> None:
    events = [append(institution="a"), append(institution="b"), append(), append(institution="")]
    actors = [
        Actor.public(),
        Actor.person(1, grants=(AUDITOR,)),
        Actor.person(2, grants=(Grant(Role.ADMINISTRATOR),)),
        Actor.person(3, grants=(Grant(Role.HEAD, 7),)),
        Actor.person(4, grants=(Grant(Role.OFFICER, 7),)),
        Actor.system("x"),
    ]
    for actor in actors:
        mine = frozenset({"a"}) if policy.institutions_read(actor) else frozenset()
        seen = set(policy.visible_to(actor, mine).values_list("pk", flat=True))
        for event in events:
            assert policy.can_read_event(actor, event, mine) == (event.pk in seen), (actor, event.data)


def test_the_trail_is_narrowed_by_event_subject_period_and_actor() -> None:
    append(subject="door")
    append(subject="window", actor=Actor.person(7))
    with acting(AUDITOR) as client:
        assert "window" not in shown_subjects(page(client, "?subject_type=door"))
        assert shown_subjects(page(client, f"?actor_kind={ActorKind.PERSON}")) == ["window"]
        assert shown_subjects(page(client, "?person_id=7")) == ["window"]
        assert shown_subjects(page(client, "?name=audit:trail:exported")) == []
        assert shown_subjects(page(client, "?from_on=2020-01-01&until_on=2020-01-02")) == []
        assert shown_subjects(page(client, "?from_on=2020-01-01")) == ["window", "door"]
        assert "No event matches" in page(client, "?subject_id=nothing")


def shown_subjects(text: str) -> list[str]:
    return [part.partition("</dd>")[0].strip() for part in text.split("<dt>About</dt><dd>")[1:]]


def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost() -> None:
    append(subject="abc")
    with acting(AUDITOR) as client:
        answer = client.get("/fr/personnel/piste-d-audit?from_on=demain&subject_id=abc&before=99")
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert "aucun événement n’est affiché" in shown
        assert "trail-sentence" not in shown
        assert "Pages de la piste" not in shown
        assert 'name="form"' not in shown, "there is nothing to take along"
        assert 'class="error"' in shown
        assert 'value="demain"' in shown
        assert 'value="abc"' in shown
        turned = client.get("/en/staff/audit?from_on=2026-02-01&until_on=2026-01-01")
        assert "ends before it begins" in turned.content.decode()
        numbered = client.get("/en/staff/audit?person_id=x").content.decode()
        assert "Enter a whole number" in numbered
        assert '<input type="text" name="person_id" value="x"' in numbered
        for wrong in ("?before=x", "?before=99999999999999999999", "?person_id=x", "?name=nothing"):
            answer = client.get(f"/en/staff/audit{wrong}")
            assert (answer.status_code == 422) is ("trail-sentence" not in answer.content.decode())


def test_a_long_trail_is_read_page_by_page_and_each_event_once() -> None:
    for number in range(120):
        append(number=number)
    seen: list[str] = []
    query = "?subject_type=door"
    with acting(AUDITOR) as client:
        for _page in range(3):
            text = page(client, query)
            seen += [part.partition("<")[0] for part in text.split("<dt>number</dt><dd>")[1:]]
            older = re.search(r'href="/en/staff/audit(\?[^"]+)">Older', text)
            query = html.unescape(older[1]) if older else ""
    assert query == ""
    assert seen == [str(number) for number in reversed(range(120))]


def test_the_seal_of_each_event_and_the_lag_are_shown() -> None:
    append()
    with acting(AUDITOR) as client:
        assert "event waits for its seal" in page(client)
        assert "not sealed yet" in page(client)
        actions.seal_events(actor=Actor.system("tests"))
        sealed = page(client)
    assert "Every event is sealed" in sealed
    assert "seal 1" in sealed


def test_an_export_has_what_the_filter_leaves_and_is_itself_noted() -> None:
    append(subject="door", note="=1+1")
    append(subject="window")
    actions.seal_events(actor=Actor.system("tests"))
    with acting(AUDITOR) as client:
        answer = client.post("/en/staff/audit/export", {"form": "jsonl", "subject_type": "door"})
        lines = [json.loads(line) for line in answer.getvalue().decode().splitlines()]
        table = client.post("/fr/personnel/piste-d-audit/export", {"form": "csv"}).getvalue().decode()
        assert client.post("/en/staff/audit/export", {"form": "exe"}).status_code == 404
    assert [line["subject_type"] for line in lines] == ["door"]
    assert lines[0]["seal_number"] == 1
    assert len(lines[0]["seal_hash"]) == 64
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["subject_type"] for row in rows] == ["door", "window", "trail", "trail"]
    noted = Event.objects.filter(name="audit:trail:exported").order_by("pk")
    assert [event.data for event in noted] == [
        {"form": "jsonl", "filters": {"subject_type": "door"}},
        {"form": "csv", "filters": {}},
    ]
    assert all(event.actor_id for event in noted)


def test_no_cell_of_a_table_is_run_by_a_spreadsheet() -> None:
    append(subject="=HYPERLINK(1)")
    with acting(AUDITOR) as client:
        table = client.post("/en/staff/audit/export", {"form": "csv"}).getvalue().decode()
    assert "'=HYPERLINK(1)" in table


@pytest.mark.django_db(transaction=True)
def test_a_read_of_personal_information_is_an_event_in_its_own_transaction() -> None:
    actions.record_read(
        actor=Actor.person(7), subject="case", why="processing", institution="northern-lights"
    )
    event = Event.objects.get(name="audit:personal_information:read", actor_id=7)
    assert event.data == {"why": "processing", "institution": "northern-lights"}

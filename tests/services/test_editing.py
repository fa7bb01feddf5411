"""Editing a yearly record: who may, what is refused, what is kept, what the rules then find."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError
from parvis.core.roles import Grant, Role
from parvis.services import policy
from parvis.services.actions import (
    ChangedMeanwhileError,
    DoubtfulError,
    edit_service_year,
    edit_standard_year,
)
from parvis.services.models import ServiceYear, SetAsideRow, StandardYear
from parvis.services.models.services import APPLICATIONS
from parvis.services.values import Reading
from tests.institutions.factories import an_institution
from tests.services.files import SERVICES, STANDARDS, a_service, a_standard, ferries, load, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(tmp_path: Path) -> Actor:
    institution = ferries()
    load(
        write(tmp_path / "si.csv", SERVICES, [a_service()]),
        write(tmp_path / "ss.csv", STANDARDS, [a_standard()]),
        write(tmp_path / "si_snapshot-2025-03-01.csv", SERVICES, [a_service()]),
    )
    return Actor.person(1, grants=(Grant(Role.SERVICE_OWNER, institution.pk),), is_strong=True)


def test_the_owner_changes_a_figure_and_the_row_of_the_file_is_kept(owner: Actor) -> None:
    record = ServiceYear.objects.current().get()
    edit_service_year(actor=owner, record=record, changes={"num_phone_enquiries": Reading.of(40)})
    record.refresh_from_db()
    assert record.num_phone_enquiries == Reading.of(40)
    assert record.edited_at is not None
    assert SetAsideRow.objects.get().cells["num_phone_enquiries"] == "ND"


def test_what_cannot_be_is_not_taken_and_no_reason_makes_it_so(owner: Actor) -> None:
    record = StandardYear.objects.current().get()
    with pytest.raises(DoubtfulError) as stopped:
        edit_standard_year(
            actor=owner,
            record=record,
            changes={"volume_meeting_target": Reading.of(101)},
            reasons={"more_met_than_handled": "It was so."},
        )
    assert stopped.value.findings[0].rule == "more_met_than_handled"
    record.refresh_from_db()
    assert record.volume_meeting_target != Reading.of(101)


def test_a_doubt_that_a_change_brings_is_confirmed_with_a_reason_which_stays_while_the_facts_do(
    owner: Actor,
) -> None:
    record = StandardYear.objects.current().get()
    changes = {"total_volume": Reading.of(0), "volume_meeting_target": Reading.of(0)}
    with pytest.raises(DoubtfulError) as stopped:
        edit_standard_year(actor=owner, record=record, changes=changes)
    assert [one.rule for one in stopped.value.findings] == ["no_volume"]
    edit_standard_year(
        actor=owner, record=record, changes=changes, reasons={"no_volume": " Closed this year. "}
    )
    assert record.findings.get().confirmed_because == "Closed this year."
    edit_standard_year(actor=owner, record=record, changes={"comments_en": "Closed."})
    assert record.findings.get().confirmed_because == "Closed this year."
    edit_standard_year(
        actor=owner,
        record=record,
        changes={"total_volume": Reading.NO_DATA},
        reasons={"no_volume": "Not counted."},
    )
    assert record.findings.get().confirmed_because == "Not counted."


def test_the_own_verdict_of_the_source_goes_with_the_figures_that_it_was_of(owner: Actor) -> None:
    record = StandardYear.objects.current().get()
    edit_standard_year(actor=owner, record=record, changes={"volume_meeting_target": Reading.of(99)})
    record.refresh_from_db()
    assert (record.target_met, record.performance) == ("", Reading.BLANK)


def test_the_trail_tells_what_was_said_before_and_after_and_what_was_confirmed(owner: Actor) -> None:
    record = StandardYear.objects.current().get()
    edit_standard_year(
        actor=owner,
        record=record,
        changes={"total_volume": Reading.of(0), "volume_meeting_target": Reading.of(0)},
        reasons={"no_volume": "Closed this year."},
    )
    event = Event.objects.get(name="services:standard-year:edited")
    assert event.data["changed"]["total_volume"] == ["100", "0"]
    assert event.data["confirmed"] == {"no_volume": "Closed this year."}


def test_who_opened_the_form_before_another_saved_is_told_and_replaces_nothing(owner: Actor) -> None:
    record = ServiceYear.objects.current().get()
    seen = record.changed_at
    edit_service_year(actor=owner, record=record, changes={"num_phone_enquiries": Reading.of(40)}, seen=seen)
    with pytest.raises(ChangedMeanwhileError):
        edit_service_year(
            actor=owner, record=record, changes={"num_phone_enquiries": Reading.of(41)}, seen=seen
        )
    record.refresh_from_db()
    assert record.num_phone_enquiries == Reading.of(40)


def test_what_the_rules_say_of_a_service_follows_a_change_of_its_standard(owner: Actor) -> None:
    record = ServiceYear.objects.current().get()
    silent = dict.fromkeys(APPLICATIONS, Reading.NO_DATA)
    edit_service_year(actor=owner, record=record, changes=silent)
    assert record.findings.filter(rule="standards_count_and_service_does_not").exists()
    result = StandardYear.objects.current().get()
    changes = {"total_volume": Reading.NO_DATA, "volume_meeting_target": Reading.NO_DATA}
    edit_standard_year(actor=owner, record=result, changes=changes, reasons={"no_volume": "Not counted."})
    assert not record.findings.filter(rule="standards_count_and_service_does_not").exists()


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"target": Reading.of(90)}, "target"),
        ({"total_volume": Reading.of(-1)}, "total_volume"),
        ({"total_volume": Reading.of(Decimal("1.5"))}, "total_volume"),
        ({"digest": "x"}, "digest"),
    ],
)
def test_what_cannot_be_is_refused_at_its_column(
    owner: Actor, changes: dict[str, object], column: str
) -> None:
    record = StandardYear.objects.current().get()
    with pytest.raises(ValidationError) as refused:
        edit_standard_year(actor=owner, record=record, changes=changes)
    assert list(refused.value.message_dict) == [column]
    assert StandardYear.objects.get(pk=record.pk).edited_at is None


def test_who_may_edit_is_the_same_for_a_record_and_for_a_set(owner: Actor) -> None:
    elsewhere = an_institution(
        slug="can-bri", open_data_slug="can-bri", legal_title_en="Bridges", legal_title_fr="Ponts"
    )
    institution = ferries_id()
    actors = {
        "owner": (owner, True),
        "near miss: owner elsewhere": (
            Actor.person(2, grants=(Grant(Role.SERVICE_OWNER, elsewhere.pk),)),
            False,
        ),
        "near miss: officer here": (Actor.person(3, grants=(Grant(Role.OFFICER, institution),)), False),
        "central office": (Actor.person(4, grants=(Grant(Role.CENTRAL_OFFICE),)), True),
        "anyone": (Actor.public(), False),
    }
    for name, (actor, may) in actors.items():
        editable = set(policy.editable_by(actor, ServiceYear.objects.all()))
        for record in ServiceYear.objects.all():
            allowed = policy.can_edit(actor, record)
            assert allowed == (record in editable), name
            assert allowed == (may and record.snapshot_id is None), name


def ferries_id() -> int:
    found: int | None = ServiceYear.objects.current().get().institution_id
    assert found is not None
    return found


@pytest.mark.usefixtures("owner")
def test_the_right_role_elsewhere_changes_nothing() -> None:
    record = ServiceYear.objects.current().get()
    stranger = Actor.person(2, grants=(Grant(Role.SERVICE_OWNER, (record.institution_id or 0) + 1),))
    with pytest.raises(NotAllowedError):
        edit_service_year(actor=stranger, record=record, changes={"service_fee": "N"})

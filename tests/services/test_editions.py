from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from parvis.audit.models import Event
from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.core.errors import NotAllowedError, NotReadyError
from parvis.core.roles import Grant, Role
from parvis.services.actions.editions import publish_edition
from parvis.services.models import Edition, EditionFigure, EditionRow, ServiceYear
from parvis.services.queries.editions import comparison, edition_figures, edition_list
from tests.services.factories import a_department, a_service_year, a_standard_year

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("tests")
WHY = Text("The year is complete.", "L’exercice est complet.")


def publish(**given: Any) -> Edition:
    wanted: dict[str, Any] = {"actor": SYSTEM, "year": 2023, "why": WHY, "as_of": date(2024, 9, 30)}
    return publish_edition(**wanted | given)


def test_a_published_figure_stays_while_the_data_go_on() -> None:
    record = a_service_year()
    edition = publish()
    ServiceYear.objects.filter(pk=record.pk).update(os_application="N")
    [figure] = edition_figures(edition.public_id, indicator="online-end-to-end")
    assert (figure.numerator, figure.denominator) == (1, 1)


def test_the_next_edition_says_what_changed_and_why() -> None:
    record = a_service_year()
    a_standard_year(record)
    first = publish()
    ServiceYear.objects.filter(pk=record.pk).update(os_application="N")
    a_service_year()
    second = publish(why=Text("A step was reported wrongly.", "Une étape était mal déclarée."))
    found = comparison(second.public_id)
    assert found is not None
    assert (found.before.public_id, found.after.why.en) == (first.public_id, "A step was reported wrongly.")
    assert len(found.services.came) == 1
    assert [(one.field, one.before, one.after) for one in found.services.cells] == [
        ("os_application", "Y", "N")
    ]
    changed = {one.indicator: one for one in found.figures}
    before, after = changed["online-end-to-end"].before, changed["online-end-to-end"].after
    assert before is not None
    assert after is not None
    assert (before.value, after.value) == (1, 0.5)
    assert "standards-met" not in changed
    assert [item.number for item in edition_list(2023)] == [2, 1]
    assert Event.objects.filter(name="services:edition:published").count() == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda edition: Edition.objects.filter(pk=edition.pk).update(why_en="Another reason"),
        lambda edition: EditionRow.objects.filter(edition=edition).delete(),
        lambda edition: EditionFigure.objects.filter(edition=edition).update(numerator=7),
        lambda edition: EditionRow.objects.create(
            edition=edition,
            is_standard=False,
            key="late",
            service_key="late",
            year=2023,
            cells={},
            digest="x",
        ),
    ],
    ids=["its words", "its rows", "its figures", "one row more"],
)
def test_the_database_refuses_every_change_of_a_published_edition(change: Any) -> None:
    a_service_year()
    edition = publish()
    with pytest.raises(DatabaseError, match="a published edition never changes"), transaction.atomic():
        change(edition)
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("DELETE FROM services_edition")


def test_an_edition_says_why_in_both_languages_and_is_of_something_new() -> None:
    with pytest.raises(NotReadyError, match="no rows"):
        publish()
    a_service_year()
    with pytest.raises(NotReadyError, match="in French"):
        publish(why=Text("Only English", ""))
    publish()
    with pytest.raises(NotReadyError, match="Nothing has changed"):
        publish()


def test_the_central_office_publishes_and_a_service_owner_does_not() -> None:
    record = a_service_year()
    owner = Grant(Role.SERVICE_OWNER, record.institution_id)
    for grants in ((), (owner,), (Grant(Role.CENTRAL_OFFICE, a_department().pk),)):
        with pytest.raises(NotAllowedError):
            publish(actor=Actor.person(7, grants=grants))
    assert publish(actor=Actor.person(7, grants=(Grant(Role.CENTRAL_OFFICE),))).number == 1

import pytest

from parvis.core.actor import Actor
from parvis.services.actions.figures import refresh_figures
from parvis.services.indicators.reading import register
from parvis.services.models import ServiceYear, StoredFigure
from parvis.services.queries.figures import data_versions, results, rows_of, stale_years
from parvis.services.values import Kind, Reading
from tests.services.factories import a_department, a_service_year, a_standard_year

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("tests")


def value(indicator: str, institution: str = "") -> float | None:
    [one] = results(indicators=[indicator], institution=institution)
    return one.value


def test_a_change_of_a_row_shows_in_figures_at_once_and_is_kept_by_the_next_refresh() -> None:
    record = a_service_year()
    refresh_figures(actor=SYSTEM)
    assert value("online-end-to-end") == 1
    assert stale_years(data_versions()) == ()
    ServiceYear.objects.filter(pk=record.pk).update(os_application="N")
    assert stale_years(data_versions()) == (2023,)
    assert value("online-end-to-end") == 0
    assert refresh_figures(actor=SYSTEM) == (2023,)
    assert StoredFigure.objects.get(indicator="online-end-to-end", institution="").value == 0
    assert refresh_figures(actor=SYSTEM) == ()


def test_the_figures_of_an_institution_are_its_own() -> None:
    a_service_year()
    a_service_year(institution=a_department("parks"), os_application="N")
    assert [value("online-end-to-end", one) for one in ("", "ferries", "parks")] == [0.5, 1, 0]
    refresh_figures(actor=SYSTEM)
    assert [value("online-end-to-end", one) for one in ("", "ferries", "parks")] == [0.5, 1, 0]


def test_a_standard_without_a_verdict_of_its_source_gets_ours() -> None:
    record = a_service_year()
    a_standard_year(record)
    a_standard_year(record, volume_meeting_target=Reading.of(80))
    a_standard_year(record, total_volume=Reading.NO_DATA)
    a_standard_year(record, target_met="N")
    [one] = results(indicators=["standards-met"], institution="")
    assert (one.numerator, one.denominator, one.rows) == (1, 3, 4)


def test_a_figure_opens_its_rows_from_the_database() -> None:
    record = a_service_year(num_applications_online=Reading.NO_DATA)
    [row] = rows_of(register().indicators["applications-online"], 2023)
    assert (row.key, row.institution, row.gap) == (record.service.public_id, "ferries", Kind.NO_DATA)
    assert rows_of(register().indicators["improved-in-two-years"], 2018) == ()

import pytest
from pytest_django import DjangoAssertNumQueries

from parvis.core.actor import Actor
from parvis.services.actions.figures import refresh_figures
from parvis.services.indicators.reading import register
from parvis.services.models import ServiceYear, StoredFigure
from parvis.services.queries.figures import (
    WITNESS,
    data_versions,
    figure_years,
    results,
    rows_of,
    stale_years,
)
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


def test_whether_figures_are_stale_is_asked_of_one_row_a_year_however_many_figures_there_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for year in (2022, 2023):
        a_service_year(year=year)
    refresh_figures(actor=SYSTEM)
    versions = data_versions()
    figure_years(versions)
    with django_assert_num_queries(1) as asked:
        assert stale_years(versions) == ()
    [plan] = [one["sql"] for one in asked.captured_queries]
    assert f"\"indicator\" = '{WITNESS}'" in plan
    assert StoredFigure.objects.filter(indicator=WITNESS, institution="").count() == 2


def test_a_year_whose_figures_were_never_calculated_is_stale() -> None:
    a_service_year(year=2022)
    refresh_figures(actor=SYSTEM)
    a_service_year(year=2023)
    assert stale_years(data_versions()) == (2023,)
    StoredFigure.objects.all().delete()
    assert stale_years(data_versions()) == (2022, 2023)


def test_the_witness_of_a_year_is_defined_from_the_first_year_of_all_definitions() -> None:
    first = min(version.from_year for one in register().indicators.values() for version in one.versions)
    [version] = register().indicators[WITNESS].versions
    assert (version.from_year, version.until_year) == (first, "")
    a_service_year(year=2010)
    assert stale_years(data_versions()) == ()


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

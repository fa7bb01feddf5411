import pytest
from django.db import IntegrityError, transaction

from parvis.services.models import Service, ServiceYear
from parvis.services.values import Reading

pytestmark = pytest.mark.django_db


def a_service_year(**given: object) -> ServiceYear:
    service = Service.objects.create(key="12", service_id="12", name_en="Ferry", name_fr="Traversier")
    return ServiceYear.objects.create(service=service, year=2023, service_name_en="Ferry", **given)


@pytest.mark.parametrize(
    "reading", [Reading.of(0), Reading.of(7), Reading.NO_DATA, Reading.NOT_APPLICABLE, Reading.BLANK], ids=str
)
def test_the_database_gives_back_which_of_the_four_values_it_was_given(reading: Reading) -> None:
    kept = a_service_year(num_phone_enquiries=reading)
    kept.refresh_from_db()
    assert ServiceYear.objects.get().num_phone_enquiries == reading


def test_a_figure_that_nobody_gave_is_blank() -> None:
    a_service_year()
    assert ServiceYear.objects.get().num_website_visits == Reading.BLANK


def test_the_database_refuses_a_number_that_says_it_is_none() -> None:
    row = a_service_year(num_phone_enquiries=Reading.of(7))
    with pytest.raises(IntegrityError, match="num_phone_enquiries_fits"), transaction.atomic():
        ServiceYear.objects.filter(pk=row.pk).update(num_phone_enquiries_kind="ND")


def test_sets_are_asked_by_the_two_columns() -> None:
    a_service_year(num_phone_enquiries=Reading.of(7))
    assert ServiceYear.objects.filter(num_phone_enquiries_number__gt=6).count() == 1
    assert not ServiceYear.objects.filter(num_phone_enquiries_kind="ND").exists()


def test_a_service_has_one_record_that_stands_in_a_year() -> None:
    row = a_service_year()
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceYear.objects.create(service=row.service, year=2023, service_name_en="Ferry again")

"""The invented sample holds what its page says."""

import pytest

from parvis.config.command import main
from parvis.institutions.actions import load_institutions
from parvis.institutions.files import read_files, shipped_files
from parvis.services.findable import SERVICES, resolve_service, service_documents, service_ids
from parvis.services.models import Service, ServiceYear, StandardYear
from parvis.services.queries.figures import results
from parvis.services.queries.quality import quality_report
from parvis.services.values import Kind
from tests.services.files import ACTOR

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded() -> None:
    load_institutions(actor=ACTOR, files=read_files(shipped_files()))
    assert main(["load", "sample-services"]) == 0


def test_the_sample_has_forty_services_of_ten_institutions_over_three_years_all_marked_as_invented() -> None:
    assert Service.objects.count() == 42
    assert Service.objects.values("institution").distinct().count() == 10
    assert set(ServiceYear.objects.values_list("year", flat=True)) == {2022, 2023, 2024}
    for model in (Service, ServiceYear, StandardYear):
        assert not model.objects.filter(is_invented=False).exists()
    assert not Service.objects.filter(institution=None).exists()


def test_the_sample_has_figures_of_each_of_its_years_though_it_is_one_file() -> None:
    found = results(indicators=["services"], institution="")
    assert [one.year for one in found] == ["2022-2023", "2023-2024", "2024-2025"]
    assert all(one.numerator > 0 for one in found)


def test_the_sample_has_all_four_values_and_good_and_missed_targets() -> None:
    kinds = set(ServiceYear.objects.values_list("num_applications_online_kind", flat=True))
    assert kinds == {Kind.NUMBER, Kind.NOT_APPLICABLE, Kind.NO_DATA}
    assert ServiceYear.objects.filter(num_applications_by_other_kind=Kind.BLANK).exists()
    assert ServiceYear.objects.filter(num_applications_by_fax_number=0).exists()
    assert set(StandardYear.objects.values_list("target_met", flat=True)) == {"Y", "N", "NA"}


def test_the_faults_of_the_sample_are_found_and_no_name_is_the_same_in_both_languages() -> None:
    found = {(item.rule.code, item.service_id) for item in quality_report().items}
    assert {
        ("jump_of_a_thousand", "EX0037"),
        ("more_met_than_handled", "EX0016"),
        ("no_target", "EX0028"),
    } <= found
    assert not {code for code, _service in found} & {"service_same_text", "standard_same_text"}


def test_every_service_is_findable_by_its_name_its_words_and_its_promises() -> None:
    ids = list(service_ids())
    documents = list(service_documents(ids))
    assert [document.public_id for document in documents] == ids
    (reminders,) = service_documents(resolve_service("EX0001"))
    assert reminders.title.fr == "Rappels d’acomptes provisionnels par calendrier"
    assert "Particuliers" in reminders.body.fr
    assert "Answer the telephone within 3 minutes" in reminders.body.en
    assert (reminders.institution, reminders.year, reminders.is_invented) == ("cra-arc", 2024, True)
    assert SERVICES.kind == "service"

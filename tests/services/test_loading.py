"""What becomes of rows: taken, set aside, refused; one service through years, files and names."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from parvis.services.models import (
    FormerIdentifier,
    LoadProblem,
    Service,
    ServiceStandard,
    ServiceYear,
    SetAsideRow,
    StandardYear,
)
from parvis.services.values import Reading
from tests.institutions.factories import an_institution
from tests.services.files import (
    HEADERS,
    REGISTER,
    SERVICES,
    SERVICES_2018,
    STANDARDS,
    STANDARDS_2018,
    a_registered,
    a_service,
    a_standard,
    an_older_service,
    an_older_standard,
    ferries,
    load,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def owner() -> None:
    ferries()


def test_a_row_becomes_a_yearly_record_with_its_four_values_and_its_source(tmp_path: Path) -> None:
    (report,) = load(write(tmp_path / "si_2023.csv", SERVICES, [a_service()]))
    record = ServiceYear.objects.get()
    assert (report.rows, report.counts["new"], report.refused, report.doubtful) == (1, 1, 0, 0)
    assert record.num_phone_enquiries == Reading.NO_DATA
    assert record.num_website_visits == Reading.NOT_APPLICABLE
    assert record.num_applications_online == Reading.of(0)
    assert record.num_applications_by_mail == Reading.BLANK
    assert (record.year, record.last_service_review, record.os_decision) == (2023, 2021, "NA")
    assert record.service_type == ["APIR", "REG_VOL"]
    assert record.institution is not None
    assert (record.line, record.cells["service_id"]) == (2, "100")
    assert record.file is not None
    assert record.file.name == "si_2023.csv"


def test_an_older_generation_reads_into_the_same_columns(tmp_path: Path) -> None:
    load(
        write(tmp_path / "2018_services.csv", SERVICES_2018, [an_older_service()]),
        write(tmp_path / "2018_standards.csv", STANDARDS_2018, [an_older_standard()]),
    )
    record, result = ServiceYear.objects.get(), StandardYear.objects.get()
    assert record.service_scope == ["EXTERN", "ENTERPRISE"]
    assert record.service_type == ["REG", "REG_VOL"]
    assert (record.os_account_registration, record.sin_usage) == ("N", "NA")
    assert record.num_phone_enquiries == Reading.NO_DATA
    assert (result.target, result.performance) == (Reading.of(Decimal("0.8")), Reading.of(Decimal("0.8")))
    assert (result.type, result.channel) == (["TML"], "ONL")
    assert result.institution == record.institution


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    files = [
        write(tmp_path / "si_2023.csv", SERVICES, [a_service(), a_service("101")]),
        write(tmp_path / "ss_2023.csv", STANDARDS, [a_standard(), a_standard("Not Available")]),
    ]
    load(*files)
    before = [
        list(model.objects.order_by("pk").values())
        for model in (Service, ServiceStandard, ServiceYear, StandardYear)
    ]
    reports = load(*files)
    assert [(report.counts["unchanged"], report.counts["new"]) for report in reports] == [(2, 0), (2, 0)]
    assert before == [
        list(model.objects.order_by("pk").values())
        for model in (Service, ServiceStandard, ServiceYear, StandardYear)
    ]


def test_a_service_keeps_one_identity_across_years_and_names(tmp_path: Path) -> None:
    load(
        write(tmp_path / "2018_services.csv", SERVICES_2018, [an_older_service()]),
        write(tmp_path / "si_2023.csv", SERVICES, [a_service()]),
    )
    service = Service.objects.get()
    assert (service.name_en, service.first_year, service.last_year) == (
        "Reservations of crossing 100",
        2018,
        2023,
    )
    assert set(service.years.values_list("service_name_en", flat=True)) == {
        "Crossing reservations",
        "Reservations of crossing 100",
    }


@pytest.mark.parametrize("newest_first", [True, False])
def test_where_two_generations_give_a_year_the_newer_stands_in_either_order(
    tmp_path: Path, *, newest_first: bool
) -> None:
    older = write(
        tmp_path / "2018_services.csv",
        SERVICES_2018,
        [an_older_service(fiscal_yr="2023-2024"), an_older_service("55", fiscal_yr="2023-2024")],
    )
    newer = write(tmp_path / "si_2023.csv", SERVICES, [a_service()])
    for path in (newer, older) if newest_first else (older, newer):
        load(path)
    record = ServiceYear.objects.get()
    assert record.service_name_en == "Reservations of crossing 100"
    assert set(SetAsideRow.objects.values_list("file__name", "line")) == {
        ("2018_services.csv", 2),
        ("2018_services.csv", 3),
    }
    assert Service.objects.count() == 1


def test_a_snapshot_is_an_edition_of_its_day_and_never_what_stands(tmp_path: Path) -> None:
    load(
        write(
            tmp_path / "si_2023_snapshot-2025-03-01.csv", SERVICES, [a_service(num_applications_online="5")]
        ),
        write(tmp_path / "si_2023.csv", SERVICES, [a_service()]),
    )
    assert ServiceYear.objects.current().get().num_applications_online == Reading.of(0)
    of_the_day = ServiceYear.objects.get(snapshot__label="2025-03-01")
    assert of_the_day.num_applications_online == Reading.of(5)
    assert Service.objects.count() == 1


def test_a_figure_that_changed_is_said_and_what_stood_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "si_2023.csv"
    load(write(path, SERVICES, [a_service()]))
    (report,) = load(write(path, SERVICES, [a_service(num_applications_by_email="12000")]))
    assert report.counts["changed"] == 1
    (problem,) = [one for one in report.problems if one.reason == "figure-changed"]
    assert problem.detail == "num_applications_by_email: 12 → 12000"
    assert SetAsideRow.objects.get().cells["num_applications_by_email"] == "12"


def test_a_row_that_its_file_no_longer_has_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "si_2023.csv"
    load(write(path, SERVICES, [a_service(), a_service("101"), a_service("102")]))
    (report,) = load(write(path, SERVICES, [a_service(), a_service("101")]))
    assert (report.gone, Service.objects.count()) == (1, 2)
    assert SetAsideRow.objects.get().identifier == "102"


def test_a_file_that_lacks_most_of_its_rows_takes_nothing_away_until_a_person_confirms(
    tmp_path: Path,
) -> None:
    path = tmp_path / "si_2023.csv"
    load(write(path, SERVICES, [a_service(), a_service("101"), a_service("102")]))
    write(path, SERVICES, [a_service()])
    (report,) = load(path)
    assert (report.held, ServiceYear.objects.count()) == (2, 3)
    (report,) = load(path, confirm_withdrawals=True)
    assert (report.gone, ServiceYear.objects.count()) == (2, 1)


def test_what_is_no_identifier_never_merges_unlike_standards(tmp_path: Path) -> None:
    rows = [
        a_standard("Not Available", service_standard_en="Answer the telephone", target="0.8"),
        a_standard("Not Available", service_standard_en="Answer letters"),
        a_standard("No service standard ID", service_standard_en="Pay refunds"),
    ]
    load(write(tmp_path / "si.csv", SERVICES, [a_service()]))
    (report,) = load(write(tmp_path / "ss.csv", STANDARDS, rows))
    assert report.by_reason(is_refused=False)["not-an-identifier"] == 3
    assert ServiceStandard.objects.count() == 3
    assert set(ServiceStandard.objects.values_list("service_standard_id", flat=True)) == {""}


def test_two_standards_under_one_identifier_are_kept_apart(tmp_path: Path) -> None:
    rows = [
        a_standard("32"),
        a_standard("32", service_standard_en="Inspect feed", volume_meeting_target="50"),
    ]
    load(write(tmp_path / "si.csv", SERVICES, [a_service()]))
    (report,) = load(write(tmp_path / "ss.csv", STANDARDS, rows))
    assert report.by_reason(is_refused=False)["shared-identifier"] == 2
    assert StandardYear.objects.count() == 2


def test_an_identifier_of_another_institution_is_another_service_unless_it_was_transferred(
    tmp_path: Path,
) -> None:
    an_institution(slug="can-bri", open_data_slug="can-bri", legal_title_en="Bridges", legal_title_fr="Ponts")
    bridges = {"owner_org": "can-bri", "owner_org_title": "Bridges | Ponts"}
    write(tmp_path / "register.csv", REGISTER, [a_registered(), a_registered("101")])
    rows = [
        a_service("100", service_name_en="Permits for tall loads", **bridges),
        a_service("101", **bridges),
        a_service("900"),
    ]
    write(tmp_path / "si.csv", SERVICES, rows)
    reports = load(tmp_path)
    doubts = reports[-1].by_reason(is_refused=False)
    assert set(Service.objects.values_list("key", flat=True)) == {"100@can-bri", "101", "900"}
    assert (doubts["foreign-identifier"], doubts["reused-identifier"], doubts["unregistered-identifier"]) == (
        1,
        1,
        1,
    )


def test_a_row_without_year_or_name_is_refused_with_its_line(tmp_path: Path) -> None:
    rows = [a_service(fiscal_yr=""), a_service(service_name_en="", service_name_fr=""), a_service("101")]
    (report,) = load(write(tmp_path / "si.csv", SERVICES, rows))
    assert (report.rows, report.counts["new"], report.refused) == (3, 1, 2)
    assert report.csv_path is not None
    with report.csv_path.open(encoding="utf-8-sig") as stream:
        told = [(row["line"], row["outcome"], row["reason"]) for row in csv.DictReader(stream)]
    assert told == [("2", "refused", "no-year"), ("3", "refused", "no-name")]
    assert set(LoadProblem.objects.values_list("line", "reason")) == {(2, "no-year"), (3, "no-name")}


def test_an_institution_that_nobody_knows_stays_visible(tmp_path: Path) -> None:
    rows = [a_service(owner_org="xyz", owner_org_title="Bureau of Nothing | Bureau de rien")]
    (report,) = load(write(tmp_path / "si.csv", SERVICES, rows))
    record = ServiceYear.objects.get()
    assert (record.institution, record.owner_org_title) == (None, "Bureau of Nothing | Bureau de rien")
    assert report.by_reason(is_refused=False)["institution-unknown"] == 1


def test_a_folder_is_read_for_what_is_of_the_inventory_and_trailers_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "si.csv", SERVICES, [a_service()])
    (tmp_path / "findings.csv").write_text("fiscal_yr;service_id;program_id;issue\n\nTimestamp:2026\n")
    programs = tmp_path / "serv_prog.csv"
    programs.write_text(
        "fiscal_yr;service_id;program_id\n2023-2024;100;BXX02\n2023-2024;100;BXX01\n\nTimestamp:2026\n"
    )
    services, told = load(tmp_path)
    assert (services.file_name, told.file_name, told.rows, told.refused) == ("si.csv", "serv_prog.csv", 2, 0)
    assert ServiceYear.objects.get().program_id == ["BXX01", "BXX02"]
    assert load(tmp_path)[1].counts["changed"] == 0


def test_what_a_person_edited_is_not_overwritten_by_a_file(tmp_path: Path) -> None:
    path = tmp_path / "si.csv"
    load(write(path, SERVICES, [a_service()]))
    record = ServiceYear.objects.get()
    ServiceYear.objects.update(edited_at=record.changed_at, service_name_en="As we say today")
    (report,) = load(write(path, SERVICES, [a_service(num_applications_online="9")]))
    assert report.by_reason(is_refused=False)["edited-here"] == 1
    assert ServiceYear.objects.get().service_name_en == "As we say today"
    assert SetAsideRow.objects.get().cells["num_applications_online"] == "9"


def test_the_numbers_of_the_first_form_are_kept_as_former_identifiers(tmp_path: Path) -> None:
    row = {
        "owner_org": "fer-tra",
        "fiscal_yr": "2018-2019",
        "service_id": "6",
        "service_name_en": "Crossing reservations",
        "service_name_fr": "Réservations de traversées",
        "external_internal": "EI",
        "service_type": "IT",
        "harmonized_service_id": "fer-tra - 06",
        "owner_org_title": "Ferries Canada | Traversiers Canada",
    }
    load(
        write(tmp_path / "v1.csv", HEADERS["services_2016"], [row]),
        write(tmp_path / "2018_services.csv", SERVICES_2018, [an_older_service()]),
    )
    assert Service.objects.get().service_id == "100"
    assert set(FormerIdentifier.objects.values_list("identifier", flat=True)) == {"6", "fer-tra - 06"}

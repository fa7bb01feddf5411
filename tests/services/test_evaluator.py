import pytest

from parvis.services.indicators.evaluator import counted_rows, evaluate
from parvis.services.indicators.reading import register
from parvis.services.values import Kind
from tests.services.rows import a_service, a_standard, a_year, result

pytestmark = pytest.mark.filterwarnings("error")


def test_a_service_is_online_from_end_to_end_when_every_step_that_applies_is() -> None:
    year = a_year(
        [
            a_service("all", "Y Y Y Y Y Y"),
            a_service("applicable", "Y NA NA Y NA NA"),
            a_service("one-missing", "Y Y Y Y Y N"),
            a_service("none-applies", "NA NA NA NA NA NA"),
            a_service("one-blank", "Y Y Y Y Y -"),
        ]
    )
    found = result("online-end-to-end", year)
    assert (found.numerator, found.denominator, found.value) == (2, 5, 0.4)


def test_what_is_not_measured_is_counted_by_its_kind_and_is_never_a_zero() -> None:
    year = a_year(
        [
            a_service("zero", num_applications_online="0"),
            a_service("na", num_applications_online="NA"),
            a_service("nd", num_applications_online="ND"),
            a_service("blank", num_applications_online=""),
        ]
    )
    found = result("applications-online", year)
    assert (found.value, found.rows, found.measured) == (0, 4, 1)
    assert found.gaps == {Kind.NOT_APPLICABLE: 1, Kind.NO_DATA: 1, Kind.BLANK: 1}
    nobody_counts = a_year([a_service(num_applications_online="ND")])
    assert result("applications-online", nobody_counts).value is None


def test_of_several_reasons_why_a_row_says_nothing_the_one_that_can_be_mended_explains_it() -> None:
    year = a_year([a_service(num_phone_enquiries="NA", num_applications_by_phone="ND")])
    assert result("phone-volume", year).gaps == {Kind.NO_DATA: 1}


def test_a_figure_says_what_it_would_be_under_the_other_denominator() -> None:
    year = a_year([a_service("a", "Y Y Y Y Y Y"), a_service("b", "NA NA NA NA NA NA")])
    found = result("online-end-to-end", year)
    [other] = found.alternatives
    assert found.value == 0.5
    assert (other.id, other.numerator, other.denominator, other.value) == (
        "with-an-applicable-point",
        1,
        1,
        1,
    )


def test_a_standard_counts_by_the_scope_of_its_service() -> None:
    year = a_year(
        [a_service("ferry"), a_service("payroll", service_scope="INTERN")],
        [
            a_standard("1"),
            a_standard("2", met="N"),
            a_standard("3", met="NA"),
            a_standard("4", "payroll"),
            a_standard("5", "unknown"),
        ],
    )
    found = result("standards-met", year)
    assert (found.numerator, found.denominator, found.rows) == (1, 2, 3)
    assert found.alternatives[0].value == pytest.approx(1 / 3)


def test_a_service_has_a_standard_when_one_names_it() -> None:
    found = result(
        "services-with-a-standard", a_year([a_service("a"), a_service("b")], [a_standard("1", "a")])
    )
    assert (found.numerator, found.denominator) == (1, 2)


def test_weighted_by_volume_only_judged_standards_count() -> None:
    year = a_year(
        [a_service()],
        [
            a_standard("1", volume_meeting_target="90", total_volume="100"),
            a_standard("2", met="N", volume_meeting_target="1", total_volume="100"),
            a_standard("3", met="NA", volume_meeting_target="5", total_volume="1000"),
        ],
    )
    assert result("standards-met-by-volume", year).value == 0.455


def test_a_high_volume_begins_at_45_000_with_enquiries() -> None:
    year = a_year(
        [
            a_service("below", num_applications_online="44999", num_phone_enquiries="NA"),
            a_service("at", num_applications_online="40000", num_phone_enquiries="5000"),
        ]
    )
    assert result("high-volume-services", year).numerator == 1
    assert "many-applications-online-share" in register().indicators
    assert result("many-applications-online-share", year).value is None


def test_improvement_within_two_years_reaches_back_to_the_year_before() -> None:
    year = a_year(
        [
            a_service("this", last_service_improvement="2023-2024"),
            a_service("before", last_service_improvement="2022-2023"),
            a_service("long-ago", last_service_improvement="2021-2022"),
            a_service("unsaid"),
        ]
    )
    found = result("improved-in-two-years", year)
    assert (found.numerator, found.denominator, found.measured) == (2, 4, 3)
    assert found.alternatives[0].value == pytest.approx(2 / 3)


def test_before_its_definition_began_an_indicator_says_nothing() -> None:
    year = a_year([a_service()], name="2018-2019")
    assert evaluate(register().indicators["improved-in-two-years"], year) == {}


def test_organizations_and_programs_are_counted_once() -> None:
    year = a_year(
        [
            a_service("a", program_id="P1,P2"),
            a_service("b", program_id="P2"),
            a_service("c", institution="parks", program_id="NA"),
        ]
    )
    assert result("organizations", year).numerator == 2
    assert result("programs", year).numerator == 2
    assert result("organizations", year, "parks").numerator == 1


def test_only_no_feedback_at_all_is_no_feedback() -> None:
    year = a_year(
        [a_service("a", client_feedback_channel="NON"), a_service("b", client_feedback_channel="EML,NON")]
    )
    assert result("feedback-channel", year).value == 0.5


def test_satisfaction_is_weighted_by_the_number_of_answers() -> None:
    year = a_year(
        [
            a_service("a", satisfaction="0.9", satisfaction_sample="100"),
            a_service("b", satisfaction="0.5", satisfaction_sample="300"),
            a_service("c"),
        ]
    )
    found = result("satisfaction", year)
    assert (found.value, found.measured, found.rows) == (0.6, 2, 3)


def test_every_institution_has_its_own_result_and_all_together_have_one() -> None:
    year = a_year([a_service("a"), a_service("b", "N N N N N N", institution="parks")])
    results = evaluate(register().indicators["online-end-to-end"], year)
    assert {name: one.value for name, one in results.items()} == {"": 0.5, "ferries": 1, "parks": 0}


def test_a_figure_opens_its_rows_and_what_each_adds() -> None:
    year = a_year([a_service("a"), a_service("b", "NA NA NA NA NA NA", institution="parks")])
    rows = counted_rows(register().indicators["online-end-to-end"], year)
    assert [(row.key, row.numerator, row.denominator, row.gap) for row in rows] == [
        ("a", 1, 1, None),
        ("b", 0, 1, Kind.NOT_APPLICABLE),
    ]
    assert [row.key for row in counted_rows(register().indicators["services"], year, "parks")] == ["b"]

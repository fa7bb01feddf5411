"""The pages of who owns services: what is missing, and the forms, without script."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from parvis.audit.models import Event
from parvis.core.roles import Role
from parvis.services.forms.measures import MeasuresForm
from parvis.services.forms.values import KIND, read_number
from parvis.services.forms.yearly import ServiceYearForm, StandardYearForm, YearlyForm
from parvis.services.models import Measure, ServiceYear, StandardYear
from parvis.services.queries.figures import results
from parvis.services.reporting import due_on, year_due
from parvis.services.values import Reading
from tests.institutions.conftest import Entering
from tests.institutions.factories import a_membership
from tests.services.factories import a_department, a_service_year, a_standard_year

pytestmark = pytest.mark.django_db
YEAR = year_due(timezone.localdate())


@pytest.fixture
def record() -> ServiceYear:
    return a_service_year(year=YEAR, name_en="Island ferry", name_fr="Traversier des îles")


@pytest.fixture
def browser(record: ServiceYear, signed_in: Entering) -> Client:
    return signed_in(a_membership(Role.SERVICE_OWNER, record.institution).person, record.institution)


def filled(form: YearlyForm | MeasuresForm, **typed: Any) -> dict[str, Any]:
    """Return a form as a browser sends it, with what a person typed."""
    found = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in (found | typed).items() if value is not None}


def service_form(record: ServiceYear, **typed: Any) -> dict[str, Any]:
    return filled(ServiceYearForm(record, None), **typed)


def standard_form(record: StandardYear, **typed: Any) -> dict[str, Any]:
    return filled(StandardYearForm(record, None), **typed)


def address(record: ServiceYear | StandardYear) -> str:
    kind = "services" if isinstance(record, ServiceYear) else "standards"
    return f"/en/staff/{kind}/{record.public_id}/edit"


def test_the_update_of_a_year_is_of_the_fiscal_year_that_ended_last() -> None:
    assert year_due(date(2026, 3, 31)) == 2024
    assert year_due(date(2026, 4, 1)) == 2025
    assert due_on(2025) == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("said", "typed", "reading"),
    [
        ("number", "1,238", Reading.of(1238)),
        ("number", "0", Reading.of(0)),
        ("NA", "", Reading.NOT_APPLICABLE),
        ("ND", "", Reading.NO_DATA),
        ("blank", "", Reading.BLANK),
    ],
)
def test_zero_and_the_three_reasons_for_no_number_are_kept_apart(
    record: ServiceYear, browser: Client, said: str, typed: str, reading: Reading
) -> None:
    name = "num_applications_online"
    response = browser.post(address(record), service_form(record, **{name: typed, f"{name}{KIND}": said}))
    assert response.status_code == 302
    record.refresh_from_db()
    assert record.num_applications_online == reading
    page = browser.get(address(record)).content.decode()
    assert (
        f'value="{said}" id="id_{name}{KIND}_{["number", "NA", "ND", "blank"].index(said)}" checked'
        in " ".join(page.replace("required", "").split())
    )


@pytest.mark.parametrize(
    ("said", "typed", "told"),
    [
        ("NA", "12", "A number is typed, and the choice says that there is none."),
        ("number", "", "Type the number, zero too, or choose why there is none."),
        ("number", "many", "This is no number."),
        ("number", "-3", "A figure is zero or more."),
        ("number", "1.5", "A volume is a whole number."),
    ],
)
def test_what_contradicts_is_told_at_its_field_and_nothing_typed_is_lost(
    record: ServiceYear, browser: Client, said: str, typed: str, told: str
) -> None:
    name = "num_applications_online"
    sent = service_form(record, **{name: typed, f"{name}{KIND}": said, "special_remarks_en": "We moved."})
    page = browser.post(address(record), sent).content.decode()
    assert told in page
    assert f'href="#ask_{name}"' in page
    assert f'value="{typed}"' in page or not typed
    assert "We moved." in page
    assert ServiceYear.objects.get(pk=record.pk).edited_at is None


def test_saving_a_form_as_it_opened_changes_nothing(record: ServiceYear, browser: Client) -> None:
    assert browser.post(address(record), service_form(record)).status_code == 302
    result = a_standard_year(record)
    assert browser.post(address(result), standard_form(result)).status_code == 302
    assert not Event.objects.filter(name__contains="edited").exists()
    assert ServiceYear.objects.get(pk=record.pk).edited_at is None


def test_an_edit_shows_in_figures_at_once_and_the_trail_has_before_and_after(
    record: ServiceYear, browser: Client
) -> None:
    [before] = results(indicators=["online-end-to-end"], institution="")
    browser.post(address(record), service_form(record, os_application="N"))
    [after] = results(indicators=["online-end-to-end"], institution="")
    assert (before.numerator, after.numerator) == (1, 0)
    assert Event.objects.get(name="services:service-year:edited").data["changed"] == {
        "os_application": ["Y", "N"]
    }


def test_a_target_is_typed_in_per_cent_in_the_form_of_the_language(
    record: ServiceYear, browser: Client
) -> None:
    result = a_standard_year(record)
    french = f"/fr/personnel/normes/{result.public_id}/modifier"
    browser.post(french, standard_form(result, target="92,5"))
    result.refresh_from_db()
    assert result.target == Reading.of(Decimal("0.925"))
    assert 'value="92,5"' in browser.get(french).content.decode()
    assert "A target is 100 % at most." in browser.post(
        address(result), standard_form(result, target="925")
    ).content.decode().replace("\xa0", " ")


def test_what_cannot_be_is_told_before_saving_with_what_to_do_and_no_way_to_confirm_it(
    record: ServiceYear, browser: Client
) -> None:
    result = a_standard_year(record)
    sent = standard_form(result, volume_meeting_target="101", because_more_met_than_handled="So it was.")
    page = browser.post(address(result), sent).content.decode()
    assert "Not saved yet" in page
    assert "More met the target than were handled." in page
    assert "Correct one of the two volumes." in page
    assert 'name="because_more_met_than_handled"' not in page
    assert 'value="101"' in page
    result.refresh_from_db()
    assert result.volume_meeting_target == Reading.of(95)


def test_a_doubt_is_told_before_saving_and_confirmed_with_a_reason(
    record: ServiceYear, browser: Client
) -> None:
    result = a_standard_year(record)
    typed = {"total_volume": "0", "volume_meeting_target": "0"}
    page = browser.post(address(result), standard_form(result, **typed)).content.decode()
    assert "This standard reports no volume" in page
    assert 'name="because_no_volume"' in page
    sent = standard_form(result, **typed, because_no_volume="The terminal was closed.")
    assert browser.post(address(result), sent).status_code == 302
    result.refresh_from_db()
    assert result.total_volume == Reading.of(0)
    assert "The terminal was closed." in browser.get(address(result)).content.decode()


def test_who_saves_after_another_is_told_keeps_what_was_typed_and_may_replace(
    record: ServiceYear, browser: Client
) -> None:
    opened = service_form(record, special_remarks_en="Mine.")
    browser.post(address(record), service_form(record, special_remarks_en="Theirs."))
    page = browser.post(address(record), opened).content.decode()
    assert "Somebody changed this record while you were editing." in page
    assert "Mine." in page
    record.refresh_from_db()
    assert record.special_remarks_en == "Theirs."
    browser.post(address(record), opened | {"seen": record.changed_at.isoformat()})
    record.refresh_from_db()
    assert record.special_remarks_en == "Mine."


def test_the_owner_of_another_institution_finds_none_of_these_pages(
    record: ServiceYear, signed_in: Entering
) -> None:
    other = a_department("parks")
    stranger = signed_in(a_membership(Role.SERVICE_OWNER, other).person, other)
    result = a_standard_year(record)
    for path in (
        address(record),
        address(result),
        f"/en/staff/services/{record.public_id}/measures",
        "/en/staff/services?institution=ferries",
    ):
        assert stranger.get(path).status_code == 404, path
    assert stranger.post(address(record), service_form(record, os_application="N")).status_code == 404
    assert stranger.get("/en/staff/services").status_code == 200


def test_the_list_says_what_is_missing_and_how_far_the_update_is(
    record: ServiceYear, browser: Client
) -> None:
    a_standard_year(record, total_volume=Reading.BLANK)
    page = browser.get("/en/staff/services").content.decode()
    assert "Complete: 0 of 1" in page
    assert "Telephone enquiries" in page
    assert f"/en/staff/services/{record.public_id}/edit#ask_num_phone_enquiries" in page
    assert due_on(YEAR).isoformat() in page
    assert "/en/staff/services" in browser.get("/en/staff").content.decode()


def test_a_year_is_begun_from_the_last_record_without_its_volumes(
    signed_in: Entering,
) -> None:
    last = a_service_year(year=YEAR - 1, num_applications_online=Reading.of(50))
    a_standard_year(last)
    browser = signed_in(a_membership(Role.SERVICE_OWNER, last.institution).person, last.institution)
    assert "Not begun" in browser.get("/en/staff/services").content.decode()
    response = browser.post(f"/en/staff/services/{last.service.public_id}/begin")
    begun = ServiceYear.objects.get(year=YEAR)
    assert response["Location"] == f"/en/staff/services/{begun.public_id}/edit"
    assert (begun.os_application, begun.num_applications_online) == ("Y", Reading.BLANK)
    result = StandardYear.objects.get(year=YEAR)
    assert (result.target, result.total_volume) == (Reading.of(Decimal("0.9")), Reading.BLANK)
    assert (
        browser.post(f"/en/staff/services/{last.service.public_id}/begin")["Location"] == "/en/staff/services"
    )
    assert ServiceYear.objects.filter(year=YEAR).count() == 1
    assert "the year before: 50" in browser.get(response["Location"]).content.decode()


def test_measures_are_given_corrected_and_taken_back_and_show_in_figures(
    record: ServiceYear, browser: Client, client: Client
) -> None:
    path = f"/en/staff/services/{record.public_id}/measures"
    public = "/en/services/departments/ferries"
    assert "Client satisfaction" not in client.get(public).content.decode()
    given = {
        "satisfaction_value": "81.5",
        "satisfaction_size": "1,200",
        "satisfaction_source_en": "Survey, May",
        "satisfaction_source_fr": "Sondage, mai",
    }
    assert browser.post(path, given).status_code == 302
    measure = Measure.objects.get()
    assert (measure.value, measure.unit, measure.sample_size) == (Decimal("0.815"), "1", 1200)
    assert "Client satisfaction" in client.get(public).content.decode()
    [satisfaction] = results(indicators=["satisfaction"], institution="ferries")
    assert satisfaction.value == pytest.approx(0.815)
    assert 'value="81.5"' in browser.get(path).content.decode()
    browser.post(path, given | {"satisfaction_value": "82"})
    event = Event.objects.filter(name="services:measure:given").latest("pk")
    assert (event.data["before"]["value"], event.data["after"]["value"]) == ("0.815000", "0.820000")
    browser.post(path, {})
    assert not Measure.objects.exists()
    assert Event.objects.filter(name="services:measure:taken-back").count() == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"satisfaction_value": "815"}, "A share is 100 % at most."),
        ({"satisfaction_size": ""}, "Say of how many it is"),
        ({"satisfaction_value": ""}, "Give the value, or empty the rest"),
        ({"satisfaction_source_fr": ""}, "Say where it is from"),
        ({"satisfaction_size": "0"}, "A measure is of one or more"),
    ],
)
def test_a_measure_that_says_too_little_is_told_at_its_field(
    record: ServiceYear, browser: Client, given: dict[str, str], told: str
) -> None:
    whole = {
        "satisfaction_value": "81",
        "satisfaction_size": "12",
        "satisfaction_source_en": "Survey",
        "satisfaction_source_fr": "Sondage",
    }
    page = browser.post(f"/en/staff/services/{record.public_id}/measures", whole | given).content.decode()
    assert told in page.replace("\xa0", " ")
    assert not Measure.objects.exists()


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("1,238", "en", "1238"),
        ("1 238,5", "fr", "1238.5"),
        ("73,6 %", "fr", "73.6"),
        ("1\u202f238", "fr", "1238"),
        ("12,5", "en", "12.5"),
        ("$4.20", "en", "4.20"),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(text: str, language: Any, number: str) -> None:
    assert read_number(text, language) == Decimal(number)


@pytest.mark.parametrize("text", ["", "many", "1.2.3", "NaN", "Infinity"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text) or "^$"):
        read_number(text, "en")

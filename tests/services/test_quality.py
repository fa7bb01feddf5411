"""The rules of quality: what each finds, that a load finds it, that a mended record loses it."""

from pathlib import Path

import pytest

from parvis.services.models import Finding, ServiceYear, StandardYear
from parvis.services.quality.checks import CHECKS
from parvis.services.quality.rules import SERVICE, rules
from parvis.services.queries.quality import quality_report
from parvis.services.states import Severity
from tests.services.files import (
    REGISTER,
    SERVICES,
    SERVICES_2018,
    STANDARDS,
    a_registered,
    a_service,
    a_standard,
    an_older_service,
    ferries,
    load,
    write,
)

pytestmark = pytest.mark.django_db
SOUND = {"cra_bn_identifier_usage": "Y", "os_issue_resolution_feedback": "Y"}


def found(
    tmp_path: Path, *, service: dict[str, str] | None = None, standard: dict[str, str] | None = None
) -> set[str]:
    """Load one service and one standard, and return the rules that speak."""
    ferries()
    load(
        write(tmp_path / "register.csv", REGISTER, [a_registered()]),
        write(tmp_path / "si.csv", SERVICES, [a_service(**SOUND | (service or {}))]),
        write(tmp_path / "ss.csv", STANDARDS, [a_standard(**standard or {})]),
    )
    return set(quality_report().by_rule)


def test_every_rule_is_bilingual_weighed_and_names_a_check_and_columns_that_exist() -> None:
    assert len(rules()) >= 19
    assert len({rule.official for rule in rules() if rule.official}) == 14
    for rule in rules():
        assert rule.check in CHECKS
        assert rule.severity in Severity.values
        assert all((rule.says.en, rule.says.fr, rule.do.en, rule.do.fr)), rule.code
        model = ServiceYear if rule.about == SERVICE else StandardYear
        known = {"service_id", "service_standard_id"}
        assert all(name in known or hasattr(model, name) for name in rule.fields), rule.code


def test_a_sound_record_raises_nothing(tmp_path: Path) -> None:
    assert found(tmp_path) == set()


@pytest.mark.parametrize(
    ("service", "rule"),
    [
        ({"service_id": "999"}, "unregistered_identifier"),
        ({"num_applications_by_email": "ND"}, "no_applications"),
        ({"num_applications_by_email": "0"}, "standards_count_and_service_does_not"),
        ({"client_feedback_channel": "TEL"}, "feedback_contradiction"),
        ({"cra_bn_identifier_usage": "NA"}, "business_number_not_answered"),
        ({"client_target_groups": "PERSON"}, "business_number_not_answered"),
        ({"service_description_fr": "Reserve a place on a crossing."}, "service_same_text"),
    ],
)
def test_a_fault_of_a_service_is_found(tmp_path: Path, service: dict[str, str], rule: str) -> None:
    standard = {"service_id": service["service_id"]} if "service_id" in service else {}
    assert rule in found(tmp_path, service=service, standard=standard)


@pytest.mark.parametrize(
    ("standard", "rule"),
    [
        ({"volume_meeting_target": "101"}, "more_met_than_handled"),
        ({"total_volume": "", "volume_meeting_target": ""}, "no_volume"),
        ({"total_volume": "ND"}, "no_volume"),
        ({"target": "0"}, "no_target"),
        ({"target": ""}, "no_target"),
        ({"service_standard_fr": "Answer within 7 days"}, "standard_same_text"),
    ],
)
def test_a_fault_of_a_standard_is_found(tmp_path: Path, standard: dict[str, str], rule: str) -> None:
    assert found(tmp_path, standard=standard) == {rule}


def test_a_target_that_does_not_apply_is_no_missing_target(tmp_path: Path) -> None:
    assert found(tmp_path, standard={"target": "NA"}) == set()


def test_a_jump_by_a_thousand_is_found_between_years_and_between_editions(tmp_path: Path) -> None:
    ferries()
    load(
        write(tmp_path / "2018_services.csv", SERVICES_2018, [an_older_service(online_applications="12")]),
        write(tmp_path / "si.csv", SERVICES, [a_service(num_applications_by_email="12400")]),
        write(tmp_path / "ss_snapshot-2025-03-01.csv", STANDARDS, [a_standard(total_volume="100000")]),
        write(tmp_path / "ss.csv", STANDARDS, [a_standard()]),
    )
    facts = {item.rule.code: item.facts for item in quality_report().items}
    assert facts["jump_of_a_thousand"] == {"now": "12400", "before": "12", "when": "2018-2019"}
    assert facts["standard_jump_of_a_thousand"] == {"now": "100", "before": "100000", "when": "2025-03-01"}


def test_the_same_volume_for_four_years_is_found(tmp_path: Path) -> None:
    ferries()
    rows = [a_service(fiscal_yr=f"{year}-{year + 1}") for year in (2020, 2021, 2022, 2023)]
    load(write(tmp_path / "si.csv", SERVICES, rows))
    years = {item.year for item in quality_report().items if item.rule.code == "same_volume_four_years"}
    assert years == {2023}


def test_a_mended_record_loses_its_finding_and_the_others_stay_as_they_are(tmp_path: Path) -> None:
    assert found(tmp_path, standard={"target": "0", "total_volume": "ND"}) == {"no_target", "no_volume"}
    kept = Finding.objects.get(rule="no_volume").pk
    load(write(tmp_path / "ss.csv", STANDARDS, [a_standard(total_volume="ND")]))
    assert list(Finding.objects.values_list("pk", "rule")) == [(kept, "no_volume")]


def test_the_report_of_an_institution_has_its_findings_only(tmp_path: Path) -> None:
    found(tmp_path, standard={"target": "0"})
    assert quality_report(institution="fer-tra").by_severity == {"warning": 1}
    assert not quality_report(institution="somebody-else").items
    assert quality_report(institution="fer-tra", year=2023).items[0].as_json()["do"]

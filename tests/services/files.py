"""Files of the inventory for tests, in each of its layouts. All texts are ours."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from parvis.core.actor import Actor
from parvis.institutions.models import Institution
from parvis.services.loading.files import find_files
from parvis.services.loading.inventory import load_files
from parvis.services.loading.report import InventoryReport
from parvis.services.reading.layouts import layouts
from tests.institutions.factories import an_institution

ACTOR = Actor.system("tests")
HEADERS = {
    layout.name: list(dict.fromkeys([*layout.columns.values(), *sorted(layout.needs)]))
    for layout in layouts()
}
SERVICES, STANDARDS = HEADERS["services_recent"], HEADERS["standards_recent"]
SERVICES_2018, STANDARDS_2018 = HEADERS["services_2018"], HEADERS["standards_2018"]
REGISTER = HEADERS["register"]
OWNER = {"owner_org": "fer-tra", "owner_org_title": "Ferries Canada | Traversiers Canada"}
DEPARTMENT = {"department_name_en": "Ferries Canada", "department_name_fr": "Traversiers Canada"}


def ferries() -> Institution:
    """Make the institution whose rows these are."""
    return an_institution(
        slug="fer-tra",
        open_data_slug="fer-tra",
        legal_title_en="Ferries Canada",
        legal_title_fr="Traversiers Canada",
    )


def a_service(service_id: str = "100", **given: str) -> dict[str, str]:
    """Make one row of services as files have them today."""
    return (
        {
            "fiscal_yr": "2023-2024",
            "service_id": service_id,
            "service_name_en": f"Reservations of crossing {service_id}",
            "service_name_fr": f"Réservations de la traversée {service_id}",
            "service_description_en": "Reserve a place on a crossing.",
            "service_description_fr": "Réserver une place pour une traversée.",
            "service_type": "APIR,REG_VOL",
            "service_recipient_type": "CLIENT",
            "service_scope": "EXTERN",
            "client_target_groups": "PERSON,ECONOM",
            "client_feedback_channel": "ONL",
            "automated_decision_system": "N",
            "service_fee": "Y",
            "os_application": "Y",
            "os_decision": "NA",
            "sin_usage": "N",
            "num_phone_enquiries": "ND",
            "num_website_visits": "NA",
            "num_applications_online": "0",
            "num_applications_by_mail": "",
            "num_applications_by_email": "12",
            "num_applications_total": "12",
            "last_service_review": "2021-2022",
        }
        | OWNER
        | given
    )


def a_standard(standard_id: str = "7", **given: str) -> dict[str, str]:
    """Make one row of standards as files have them today."""
    return (
        {
            "fiscal_yr": "2023-2024",
            "service_id": "100",
            "service_name_en": "Reservations of crossing 100",
            "service_standard_id": standard_id,
            "service_standard_en": f"Answer within {standard_id} days",
            "service_standard_fr": f"Répondre en {standard_id} jours",
            "type": "TML",
            "channel": "EML",
            "target": "0.9",
            "volume_meeting_target": "95",
            "total_volume": "100",
            "performance": "0.95",
            "target_met": "Y",
        }
        | OWNER
        | given
    )


def an_older_service(service_id: str = "100", **given: str) -> dict[str, str]:
    """Make one row of services as files of 2018-19 have them."""
    return (
        {
            "fiscal_yr": "2018-2019",
            "service_id": service_id,
            "service_name_en": "Crossing reservations",
            "service_name_fr": "Réservations de traversées",
            "external_internal": "extern,enterprise",
            "service_type": "reg,reg_vol",
            "service_fee": "Y",
            "use_of_sin": "NA",
            "calls_received": "ND",
            "online_applications": "4",
            "e_registration": "N",
        }
        | DEPARTMENT
        | given
    )


def an_older_standard(standard_id: str = "7", **given: str) -> dict[str, str]:
    """Make one row of standards as files of 2018-19 have them: in parts of a hundred."""
    return (
        {
            "fiscal_yr": "2018-2019",
            "service_id": "100",
            "service_name_en": "Crossing reservations",
            "service_std_id": standard_id,
            "service_std_en": f"Answer within {standard_id} days",
            "service_std_fr": f"Répondre en {standard_id} jours",
            "service_std_type": "time",
            "target_type": "percentage",
            "service_std_target": "80",
            "volume_meeting_target": "8",
            "total_volume": "10",
            "performance": "80.0",
            "channel": "onl",
        }
        | DEPARTMENT
        | given
    )


def a_registered(service_id: str = "100", **given: str) -> dict[str, str]:
    """Make one row of the register of identifiers."""
    return {
        "service_id": service_id,
        "service_en": f"Reservations of crossing {service_id}",
        "service_fr": f"Réservations de la traversée {service_id}",
        "org_id": "1",
        "org_name_en": "Ferries Canada",
        "org_name_fr": "Traversiers Canada",
    } | given


def write(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> Path:
    """Write a file as the official ones are written: UTF-8 with its mark, commas."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(columns), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def load(*paths: Path, confirm_withdrawals: bool = False) -> list[InventoryReport]:
    """Load files or folders, and return what became of their rows."""
    return list(
        load_files(actor=ACTOR, files=find_files(paths).files, confirm_withdrawals=confirm_withdrawals)
    )

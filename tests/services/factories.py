"""Rows of the inventory for tests, whole and in both languages unless a test says otherwise. All are invented."""

from decimal import Decimal
from itertools import count
from typing import Any

from parvis.institutions.models import Institution
from parvis.services.models import Service, ServiceStandard, ServiceYear, StandardYear
from parvis.services.values import Reading
from tests.institutions.factories import an_institution

NUMBERS = count(1)
ONLINE = dict.fromkeys(
    (
        "os_account_registration",
        "os_authentication",
        "os_application",
        "os_decision",
        "os_issuance",
        "os_issue_resolution_feedback",
    ),
    "Y",
)


def a_department(slug: str = "ferries", **given: Any) -> Institution:
    """Make the department of ferries, or return it where it stands."""
    if kept := Institution.objects.filter(slug=slug).first():
        return kept
    wanted = {"legal_title_en": "Ferries Canada", "legal_title_fr": "Traversiers Canada"} | given
    return an_institution(slug=slug, **wanted)


def a_service_year(service: Service | None = None, *, year: int = 2023, **given: Any) -> ServiceYear:
    """Make an external service that is online from end to end, with its record of a year."""
    number = next(NUMBERS)
    institution = given.pop("institution", None) or (service.institution if service else a_department())
    names = {
        "name_en": given.pop("name_en", f"Ferry {number}"),
        "name_fr": given.pop("name_fr", f"Traversier {number}"),
    }
    if service is None:
        service = Service(
            key=f"S{number}",
            service_id=f"S{number}",
            institution=institution,
            first_year=year,
            last_year=year,
            **names,
        )
        service.keep_sort_keys()
        service.save()
    wanted = {
        "service_scope": ["EXTERN"],
        "service_name_en": service.name_en,
        "service_name_fr": service.name_fr,
        "client_feedback_channel": ["ONL"],
    }
    return ServiceYear.objects.create(
        service=service, year=year, institution=institution, **(wanted | ONLINE | given)
    )


def a_standard_year(
    record: ServiceYear, standard: ServiceStandard | None = None, **given: Any
) -> StandardYear:
    """Make a standard of the service of a record, met by 95 of 100 where 90 % are promised, in the same year."""
    number = next(NUMBERS)
    if standard is None:
        standard = ServiceStandard.objects.create(
            service=record.service,
            key=f"N{number}",
            service_standard_id=f"N{number}",
            name_en="Boarding within 20 minutes",
            name_fr="Embarquement en 20 minutes",
            first_year=record.year,
            last_year=record.year,
        )
    readings = {
        name: given.pop(name, value)
        for name, value in (
            ("target", Reading.of(Decimal("0.9"))),
            ("volume_meeting_target", Reading.of(95)),
            ("total_volume", Reading.of(100)),
        )
    }
    row = StandardYear(
        standard=standard,
        year=record.year,
        snapshot=record.snapshot,
        institution=record.institution,
        service_standard_en=standard.name_en,
        service_standard_fr=standard.name_fr,
        type=["TML"],
        **given,
    )
    for name, reading in readings.items():
        setattr(row, name, reading)
    row.save()
    return row

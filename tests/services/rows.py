"""Plain rows for tests of figures, by official column names. All services are invented."""

from parvis.services.indicators.evaluator import Result, Year, evaluate
from parvis.services.indicators.reading import register
from parvis.services.indicators.texts import year_of_texts

YEAR = "2023-2024"
POINTS = (
    "os_account_registration",
    "os_authentication",
    "os_application",
    "os_decision",
    "os_issuance",
    "os_issue_resolution_feedback",
)


def a_service(key: str = "ferry", points: str = "Y Y Y Y Y Y", **given: str) -> dict[str, str]:
    """Make an external service; `points` says its six interaction points, "-" for a blank."""
    said = dict(zip(POINTS, ("" if one == "-" else one for one in points.split()), strict=True))
    return (
        {
            "key": key,
            "service_id": key,
            "institution": "ferries",
            "service_scope": "EXTERN",
            "client_feedback_channel": "ONL",
        }
        | said
        | given
    )


def a_standard(key: str, service: str = "ferry", met: str = "Y", **given: str) -> dict[str, str]:
    """Make a standard of a service."""
    return {"key": key, "service_key": service, "institution": "ferries", "target_met": met} | given


def a_year(
    services: list[dict[str, str]], standards: list[dict[str, str]] | None = None, name: str = YEAR
) -> Year:
    """Join rows into a year."""
    return year_of_texts(register(), name, services, standards or [])


def result(indicator: str, year: Year, institution: str = "") -> Result:
    """Evaluate one indicator."""
    return evaluate(register().indicators[indicator], year)[institution]

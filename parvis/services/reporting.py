"""The yearly update: of which fiscal year, until which day, and which columns it asks to be filled. Pure.

Source: Policy on Service and Digital, 4.2: inventories are brought up to date once a year, by 30 September.
"""

from datetime import date
from typing import Any

from parvis.services.values import Answer, Reading

APRIL = 4
UPDATE_ENDS = (9, 30)  # month and day
SERVICE_ASKED = (
    "service_name_en",
    "service_name_fr",
    "service_description_en",
    "service_description_fr",
    "service_type",
    "service_recipient_type",
    "service_scope",
    "client_target_groups",
    "service_fee",
    "os_account_registration",
    "os_authentication",
    "os_application",
    "os_decision",
    "os_issuance",
    "os_issue_resolution_feedback",
    "num_applications_online",
    "num_applications_by_phone",
    "num_applications_in_person",
    "num_applications_by_mail",
    "num_applications_by_email",
    "num_applications_by_fax",
    "num_applications_by_other",
    "num_phone_enquiries",
    "num_website_visits",
    "client_feedback_channel",
    "last_service_review",
    "last_service_improvement",
    "automated_decision_system",
    "sin_usage",
    "cra_bn_identifier_usage",
)
STANDARD_ASKED = (
    "service_standard_en",
    "service_standard_fr",
    "type",
    "channel",
    "target",
    "volume_meeting_target",
    "total_volume",
)


def year_due(today: date) -> int:
    """Return the fiscal year that the update of this day is of, by the year in which it begins: the last that ended."""
    return today.year - (1 if today.month >= APRIL else 2)


def due_on(year: int) -> date:
    """Return the day by which a fiscal year is to be reported."""
    month, day = UPDATE_ENDS
    return date(year + 1, month, day)


def blanks(record: Any, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a record that are asked for and left blank. NA, "no data collected" and zero are not."""
    return tuple(name for name in asked if _is_blank(getattr(record, name)))


def _is_blank(value: object) -> bool:
    if isinstance(value, Reading):
        return value == Reading.BLANK
    return value is None or value in ("", [], Answer.BLANK)

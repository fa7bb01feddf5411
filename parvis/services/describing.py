"""What pages say of a service and of a standard in sentences, and how machines are told of a service."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.core.bilingual import LANGUAGES, Text
from parvis.services.queries.services import ServiceDetail, StandardItem
from parvis.services.values import Answer
from parvis.services.vocabulary import meaning
from parvis.theme import formats
from parvis.theme.page import absolute, current_language, twins

LANGUAGE_CODES = {"en": "en-CA", "fr": "fr-CA"}


def service_sentence(found: ServiceDetail) -> str:
    """Say in a sentence or two how a service does: its standards, and what of it is online."""
    item = found.item
    said = [_standards_sentence(item.standards, item.judged, item.met, item.fiscal_yr)]
    points = item.points
    if points.is_end_to_end:
        said.append(_("It can be used online from the first step to the last."))
    elif points.online:
        said.append(
            ngettext(
                "Of its steps that apply, %(online)s of %(count)s is online.",
                "Of its steps that apply, %(online)s of %(count)s are online.",
                points.online,
            )
            % {"online": points.online, "count": points.applicable}
        )
    elif points.offline:
        said.append(_("None of its steps is online."))
    return " ".join(said)


def _standards_sentence(standards: int, judged: int, met: int, year: str) -> str:
    if not standards:
        return _("In %(year)s, this service had no service standard.") % {"year": year}
    if not judged:
        return _("In %(year)s, none of its service standards could be assessed.") % {"year": year}
    if met == judged:
        return ngettext(
            "In %(year)s, the one service standard that was assessed met its target.",
            "In %(year)s, all %(count)s service standards that were assessed met their targets.",
            judged,
        ) % {"year": year, "count": judged}
    if not met:
        return ngettext(
            "In %(year)s, the one service standard that was assessed did not meet its target.",
            "In %(year)s, none of the %(count)s service standards that were assessed met its target.",
            judged,
        ) % {"year": year, "count": judged}
    return ngettext(
        "In %(year)s, %(met)s of %(count)s service standards that were assessed met its target.",
        "In %(year)s, %(met)s of %(count)s service standards that were assessed met their targets.",
        met,
    ) % {"year": year, "met": met, "count": judged}


def standard_sentence(standard: StandardItem) -> str:
    """Say in a sentence what was promised and what was achieved in the last year."""
    last, language = standard.last, current_language()
    if last is None:
        return ""
    if last.result is None or last.verdict is Answer.NOT_APPLICABLE:
        return _("In %(year)s, this standard could not be assessed.") % {"year": last.fiscal_yr}
    words = {
        "year": last.fiscal_yr,
        "result": formats.percent(float(last.result), 1, language),
        "target": formats.percent(float(last.target.number or 0), 1, language),
    }
    if last.verdict is Answer.YES:
        return (
            _("In %(year)s, the result was %(result)s for a target of %(target)s: the target was met.")
            % words
        )
    return (
        _("In %(year)s, the result was %(result)s for a target of %(target)s: the target was not met.")
        % words
    )


def labels() -> dict[str, str]:
    """Return what the fields of a service are called on pages."""
    return {
        "os_account_registration": _("Open an account"),
        "os_authentication": _("Prove who you are"),
        "os_application": _("Apply"),
        "os_decision": _("Receive the decision"),
        "os_issuance": _("Receive what was granted"),
        "os_issue_resolution_feedback": _("Solve a problem or give feedback"),
        "num_applications_online": _("Applications online"),
        "num_applications_by_phone": _("Applications by telephone"),
        "num_applications_in_person": _("Applications in person"),
        "num_applications_by_mail": _("Applications by mail"),
        "num_applications_by_email": _("Applications by email"),
        "num_applications_by_fax": _("Applications by fax"),
        "num_applications_by_other": _("Applications by other channels"),
        "num_phone_enquiries": _("Telephone enquiries"),
        "num_website_visits": _("Website visits"),
    } | _labels_of_forms()


def _labels_of_forms() -> dict[str, str]:
    """Return what fields are called that only forms and lists of what is missing name."""
    return {
        "service_name_en": _("Name in English"),
        "service_name_fr": _("Name in French"),
        "service_description_en": _("Description in English"),
        "service_description_fr": _("Description in French"),
        "service_type": _("Type of service"),
        "service_recipient_type": _("Who receives it"),
        "service_scope": _("Scope"),
        "client_target_groups": _("Client groups"),
        "service_fee": _("Is there a fee?"),
        "service_uri_en": _("Address in English"),
        "service_uri_fr": _("Address in French"),
        "os_comments_client_interaction_en": _("Comments on these steps, in English"),
        "os_comments_client_interaction_fr": _("Comments on these steps, in French"),
        "client_feedback_channel": _("How clients give feedback"),
        "last_service_review": _("Fiscal year of the last review"),
        "last_service_improvement": _("Fiscal year of the last improvement that clients asked for"),
        "automated_decision_system": _("Does an automated system take part in decisions?"),
        "automated_decision_system_description_en": _("What that system does, in English"),
        "automated_decision_system_description_fr": _("What that system does, in French"),
        "sin_usage": _("Is the social insurance number used?"),
        "cra_bn_identifier_usage": _("Is the business number used?"),
        "special_remarks_en": _("Remarks in English"),
        "special_remarks_fr": _("Remarks in French"),
        "service_standard_en": _("The promise, in English"),
        "service_standard_fr": _("The promise, in French"),
        "type": _("Type of standard"),
        "channel": _("Channel"),
        "target": _("Target, in per cent"),
        "total_volume": _("How many were handled in all"),
        "volume_meeting_target": _("How many were handled within the standard"),
        "comments_en": _("Comments in English"),
        "comments_fr": _("Comments in French"),
        "standards_targets_uri_en": _("Address of the standard, in English"),
        "standards_targets_uri_fr": _("Address of the standard, in French"),
        "performance_results_uri_en": _("Address of the results, in English"),
        "performance_results_uri_fr": _("Address of the results, in French"),
    }


def list_choices() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return what a list of services can be narrowed by: value and words."""
    language = current_language()
    return {
        "scope": tuple(
            (code, meaning("service_scope", code).in_(language))
            for code in ("EXTERN", "ENTERPRISE", "INTERN")
        ),
        "online": (
            ("all", _("Online from end to end")),
            ("some", _("Some steps online")),
            ("none", _("No step online")),
            ("not-applicable", _("No step applies")),
        ),
        "standards": (
            ("met", _("Met all assessed standards")),
            ("missed", _("Missed at least one")),
            ("not-assessed", _("Has standards, none assessed")),
            ("none", _("Has no standard")),
        ),
    }


def government_service(found: ServiceDetail) -> dict[str, Any]:
    """Describe a service as schema.org's GovernmentService, leaving out what is not known."""
    language, record, item = current_language(), found.last, found.item
    operator = item.institution.title.shown(language).text if item.institution else record.owner_org_title
    address = Text(record.service_uri_en, record.service_uri_fr)
    known: dict[str, Any] = {
        "alternateName": item.name.in_("fr" if language == "en" else "en"),
        "description": record.description.shown(language).text,
        "identifier": item.service_id,
        "serviceType": [meaning("service_type", code).in_(language) for code in record.service_type],
        "audience": [
            {"@type": "Audience", "audienceType": meaning("client_target_groups", code).in_(language)}
            for code in record.client_target_groups
        ],
        "serviceOperator": {"@type": "GovernmentOrganization", "name": operator} if operator else None,
        "availableChannel": {
            "@type": "ServiceChannel",
            "serviceUrl": address.shown(language).text,
            "availableLanguage": [LANGUAGE_CODES[one] for one in LANGUAGES if address.in_(one)],
        }
        if address
        else None,
    }
    here = absolute(reverse("service_detail", args=[item.public_id]))
    return {
        "@type": "GovernmentService",
        "@id": here,
        "name": item.name.shown(language).text,
        "url": here,
        **{name: value for name, value in known.items() if value},
    }


CPSV_CONTEXT = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}


def public_service(found: ServiceDetail) -> dict[str, Any]:
    """Describe a service as CPSV-AP 3.2 does, in JSON-LD with both languages."""
    record, item = found.last, found.item
    pages = twins("service_detail", item.public_id)
    title = (
        item.institution.title if item.institution else Text(record.owner_org_title, record.owner_org_title)
    )
    channels = [
        {
            "@type": "cv:Channel",
            "dct:type": {"@value": channel, "@language": "en"},
            "foaf:page": [{"@id": one} for one in (record.service_uri_en, record.service_uri_fr) if one],
        }
        for channel, is_used in (
            ("online", record.os_application == Answer.YES or record.num_applications_online.is_positive),
            ("telephone", record.num_applications_by_phone.is_positive),
            ("in person", record.num_applications_in_person.is_positive),
            ("mail", record.num_applications_by_mail.is_positive),
        )
        if is_used
    ]
    return {
        "@context": CPSV_CONTEXT,
        "@id": pages["en"],
        "@type": "cpsv:PublicService",
        "dct:identifier": item.service_id,
        "dct:title": _in_both(item.name),
        "dct:description": _in_both(record.description),
        "dct:language": list(LANGUAGES),
        "cv:hasCompetentAuthority": {"@type": "cv:PublicOrganisation", "dct:title": _in_both(title)},
        "cv:thematicArea": [_in_both(meaning("service_type", code)) for code in record.service_type],
        "dct:audience": [
            _in_both(meaning("client_target_groups", code)) for code in record.client_target_groups
        ],
        "cv:hasCost": [
            {"@type": "cv:Cost", "dct:description": {"@value": "A fee applies", "@language": "en"}}
        ]
        if record.service_fee == Answer.YES
        else [],
        "cv:hasChannel": channels,
        "foaf:page": [{"@id": one} for one in pages.values()],
    }


def _in_both(text: Text) -> list[dict[str, str]]:
    return [{"@value": text.in_(one), "@language": one} for one in LANGUAGES if text.in_(one)]

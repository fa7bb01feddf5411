"""A person brings a yearly record up to date: who may, what may be said, the change, and what the rules then find."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.search.actions import announce_changes
from parvis.services import policy
from parvis.services.events import ServicesEvent
from parvis.services.finding import findings_of
from parvis.services.models import Finding, Service, ServiceYear, StandardYear
from parvis.services.models.services import ANSWERS, VOLUMES
from parvis.services.models.standards import READINGS
from parvis.services.queries.surroundings import surroundings
from parvis.services.refreshing import refresh_services, refresh_standards
from parvis.services.setting_aside import keep_row
from parvis.services.states import SERVICE_KIND
from parvis.services.values import Reading

SERVICE_FIELDS = frozenset(
    {
        "service_name_en",
        "service_name_fr",
        "service_description_en",
        "service_description_fr",
        "service_type",
        "service_recipient_type",
        "service_scope",
        "client_target_groups",
        "program_id",
        "client_feedback_channel",
        "automated_decision_system_description_en",
        "automated_decision_system_description_fr",
        "os_comments_client_interaction_en",
        "os_comments_client_interaction_fr",
        "last_service_review",
        "last_service_improvement",
        "special_remarks_en",
        "special_remarks_fr",
        "service_uri_en",
        "service_uri_fr",
        *ANSWERS,
        *VOLUMES,
    }
)
STANDARD_FIELDS = frozenset(
    {
        "service_standard_en",
        "service_standard_fr",
        "type",
        "channel",
        "channel_comments_en",
        "channel_comments_fr",
        "comments_en",
        "comments_fr",
        "standards_targets_uri_en",
        "standards_targets_uri_fr",
        "performance_results_uri_en",
        "performance_results_uri_fr",
        "target",
        "volume_meeting_target",
        "total_volume",
    }
)
WHOLE = frozenset({*VOLUMES, "volume_meeting_target", "total_volume"})


@action
def edit_service_year(*, actor: Actor, record: ServiceYear, changes: Mapping[str, Any]) -> list[Finding]:
    """Change what is reported of a service for a year; return what the rules of quality then find.

    `changes` are columns by their official names, figures as `Reading`. Raises ValidationError by column.
    """
    record = ServiceYear.objects.select_for_update().get(pk=record.pk)
    require(policy.can_edit(actor, record), _("Only the institution’s service owner may change this record."))
    before = _change(record, changes, SERVICE_FIELDS)
    if not before:
        return list(record.findings.all())
    record.num_applications_total = Reading.BLANK  # the source's sum is of what it gave, not of this
    _save(record)
    refresh_services([record.service_id])
    service = Service.objects.get(pk=record.service_id)
    announce_changes(kind=SERVICE_KIND, public_ids=[service.public_id])
    append_event(
        ServicesEvent.SERVICE_YEAR_EDITED,
        actor=actor,
        subject=record,
        year=record.year,
        changed=sorted(before),
    )
    return _find(record)


@action
def edit_standard_year(*, actor: Actor, record: StandardYear, changes: Mapping[str, Any]) -> list[Finding]:
    """Change what is reported of a standard for a year; return what the rules of quality then find.

    `changes` are columns by their official names, figures as `Reading`. Raises ValidationError by column. The source's
    own performance and verdict are of what it gave, so that they go with the figures that they were of.
    """
    record = StandardYear.objects.select_for_update().get(pk=record.pk)
    require(policy.can_edit(actor, record), _("Only the institution’s service owner may change this record."))
    before = _change(record, changes, STANDARD_FIELDS)
    if not before:
        return list(record.findings.all())
    if before & set(READINGS):
        record.performance, record.target_met = Reading.BLANK, ""
    _save(record)
    refresh_standards([record.standard_id])
    append_event(
        ServicesEvent.STANDARD_YEAR_EDITED,
        actor=actor,
        subject=record,
        year=record.year,
        changed=sorted(before),
    )
    return _find(record)


def _change(
    record: ServiceYear | StandardYear, changes: Mapping[str, Any], allowed: frozenset[str]
) -> set[str]:
    """Set what differs; return the names of the columns that changed. Raises ValidationError by column."""
    if unknown := set(changes) - allowed:
        raise ValidationError({name: _("This column is not changed here.") for name in sorted(unknown)})
    faults = {name: fault for name, value in changes.items() if (fault := _fault(name, value))}
    if faults:
        raise ValidationError(faults)
    changed = {name for name, value in changes.items() if getattr(record, name) != value}
    if changed and record.file is not None and record.edited_at is None:
        keep_row(record)
    for name in changed:
        setattr(record, name, changes[name])
    return changed


def _fault(name: str, value: object) -> Any:
    if not isinstance(value, Reading) or value.number is None:
        return None
    if value.number < 0:
        return _("A figure is zero or more.")
    if name in WHOLE and value.number != int(value.number):
        return _("A volume is a whole number.")
    if name == "target" and value.number > 1:
        return _("A target is a part of one: 0.9 for 90 %.")
    return None


def _save(record: models.Model) -> None:
    record.edited_at = record.changed_at = timezone.now()  # type: ignore[attr-defined]  # both kinds of record have them
    record.full_clean(exclude=["file", "snapshot", "institution"])
    record.save()


def _find(record: ServiceYear | StandardYear) -> list[Finding]:
    """Replace the findings of one record by those of the record as it is now."""
    around = surroundings(record.year, None)
    is_service = isinstance(record, ServiceYear)
    known = around.of_service(record) if isinstance(record, ServiceYear) else around.of_standard(record)
    found = list(findings_of(record, known))
    about = {"service_year": record} if is_service else {"standard_year": record}
    Finding.objects.filter(**about).delete()
    return Finding.objects.bulk_create(found)

"""A person brings a yearly record up to date: who may, what may be said, the change, and what the rules then find."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.core.errors import NotReadyError, ParvisError
from parvis.search.actions import announce_changes
from parvis.services import policy
from parvis.services.events import ServicesEvent
from parvis.services.finding import findings_of
from parvis.services.models import Finding, ServiceYear, StandardYear
from parvis.services.models.services import ANSWERS, VOLUMES
from parvis.services.models.standards import READINGS
from parvis.services.quality.rules import rule_named
from parvis.services.queries.surroundings import surroundings
from parvis.services.refreshing import refresh_services, refresh_standards
from parvis.services.setting_aside import keep_row
from parvis.services.states import SERVICE_KIND, Severity
from parvis.services.values import Reading
from parvis.theme.page import current_language

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


DOUBTED = frozenset(
    {Severity.ERROR.value, Severity.WARNING.value}
)  # what asks for a reason; suggestions do not


class DoubtfulError(NotReadyError):
    """What the rules of quality say of a change stands in its way: it cannot be, or nobody said why it is right."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Take all findings of the record as it would be, those in the way first."""
        self.findings = tuple(findings)
        super().__init__(rule_named(one.rule).says.in_(current_language()) for one in findings)


class ChangedMeanwhileError(ParvisError):
    """Somebody else changed the record since the form was opened."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody changed this record while you were editing. What you typed is kept here; "
                "look at what stands now, and save again to replace it."
            )
        )


@action
def edit_service_year(
    *,
    actor: Actor,
    record: ServiceYear,
    changes: Mapping[str, Any],
    reasons: Mapping[str, str] = MappingProxyType({}),
    seen: datetime | None = None,
) -> list[Finding]:
    """Change what is reported of a service for a year; return what the rules of quality then find.

    `changes` are columns by their official names, figures as `Reading`. `reasons` say, by code of a rule, why what it
    doubts is right all the same. `seen` is when the record had changed last as the person saw it. Raises
    ValidationError by column, DoubtfulError, and ChangedMeanwhileError.
    """
    record = ServiceYear.objects.select_for_update(of=("self",)).select_related("service").get(pk=record.pk)
    require(policy.can_edit(actor, record), _("Only the institution’s service owner may change this record."))
    told = _change(record, changes, SERVICE_FIELDS, seen)
    if told:
        record.num_applications_total = Reading.BLANK  # the source's sum is of what it gave, not of this
    found = _weigh(record, reasons)
    if told:
        _save(record)
        refresh_services([record.service_id])
        announce_changes(kind=SERVICE_KIND, public_ids=[record.service.public_id])
    _write(record, found)
    _tell(ServicesEvent.SERVICE_YEAR_EDITED, actor, record, told, reasons)
    return found


@action
def edit_standard_year(
    *,
    actor: Actor,
    record: StandardYear,
    changes: Mapping[str, Any],
    reasons: Mapping[str, str] = MappingProxyType({}),
    seen: datetime | None = None,
) -> list[Finding]:
    """Change what is reported of a standard for a year; return what the rules of quality then find.

    Takes and raises what `edit_service_year` does. The source's own performance and verdict are of what it gave, so
    that they go with the figures that they were of. What the rules say of its service is asked anew.
    """
    rows = StandardYear.objects.select_for_update(of=("self",)).select_related("standard__service")
    record = rows.get(pk=record.pk)
    require(policy.can_edit(actor, record), _("Only the institution’s service owner may change this record."))
    told = _change(record, changes, STANDARD_FIELDS, seen)
    if told.keys() & set(READINGS):
        record.performance, record.target_met = Reading.BLANK, ""
    found = _weigh(record, reasons)
    if told:
        _save(record)
        refresh_standards([record.standard_id])
    _write(record, found)
    if told.keys() & set(READINGS):
        _weigh_service_of(record)
    _tell(ServicesEvent.STANDARD_YEAR_EDITED, actor, record, told, reasons)
    return found


def _weigh_service_of(result: StandardYear) -> None:
    """Ask the rules about the service's record of the year anew: some compare it with its standards."""
    rows = ServiceYear.objects.current().filter(service_id=result.standard.service_id, year=result.year)
    if record := rows.select_related("service", "file").first():
        _write(record, _carried(record, _found(record)))


def _change(
    record: ServiceYear | StandardYear,
    changes: Mapping[str, Any],
    allowed: frozenset[str],
    seen: datetime | None,
) -> dict[str, list[Any]]:
    """Set what differs; return each column that changed with what it said before and says now.

    Raises ValidationError by column, and ChangedMeanwhileError.
    """
    if unknown := set(changes) - allowed:
        raise ValidationError({name: _("This column is not changed here.") for name in sorted(unknown)})
    faults = {name: fault for name, value in changes.items() if (fault := _fault(name, value))}
    if faults:
        raise ValidationError(faults)
    if seen is not None and record.changed_at != seen:
        raise ChangedMeanwhileError
    changed = {
        name: [_told(before), _told(value)]
        for name, value in changes.items()
        if (before := getattr(record, name)) != value
    }
    if changed and record.file is not None and record.edited_at is None:
        keep_row(record)
    for name in changed:
        setattr(record, name, changes[name])
    return changed


def _told(value: Any) -> Any:
    """Return a value as the trail tells it: a reading as official files write it."""
    return str(value) if isinstance(value, Reading) else value


def _fault(name: str, value: object) -> Any:
    if not isinstance(value, Reading) or value.number is None:
        return None
    if value.number < 0:
        return _("A figure is zero or more.")
    if name in WHOLE and value.number != int(value.number):
        return _("A volume is a whole number.")
    if name == "target" and value.number > 1:
        return _("A target is 100 % at most.")
    return None


def _save(record: models.Model) -> None:
    record.edited_at = record.changed_at = timezone.now()  # type: ignore[attr-defined]  # both kinds of record have them
    record.full_clean(exclude=["file", "snapshot", "institution"])
    record.save()


def _found(record: ServiceYear | StandardYear) -> list[Finding]:
    """Return what the rules say of a record as it is in memory."""
    around = surroundings(record.year, None)
    known = around.of_service(record) if isinstance(record, ServiceYear) else around.of_standard(record)
    return list(findings_of(record, known))


def _carried(record: ServiceYear | StandardYear, found: list[Finding]) -> list[Finding]:
    """Give findings the reasons that were given for the same before."""
    kept = {one.rule: one for one in record.findings.all()}
    for one in found:
        before = kept.get(one.rule)
        if before is not None and before.facts == one.facts:
            one.confirmed_because, one.confirmed_at = before.confirmed_because, before.confirmed_at
    return found


def _weigh(record: ServiceYear | StandardYear, reasons: Mapping[str, str]) -> list[Finding]:
    """Return what the rules say of a record as it would be. Raises DoubtfulError where that stands in its way.

    In the way is what cannot be, and every doubt that this change brings and that nobody gives a reason for. What was
    there before may stay as open as it was.
    """
    found = _carried(record, _found(record))
    standing = {one.rule: one.facts for one in record.findings.all()}
    in_the_way = []
    for one in found:
        if reason := reasons.get(one.rule, "").strip():
            one.confirmed_because, one.confirmed_at = reason, timezone.now()
        is_new = standing.get(one.rule) != one.facts
        if rule_named(one.rule).refuses or (is_new and one.severity in DOUBTED and one.confirmed_at is None):
            in_the_way.append(one)
    if in_the_way:
        raise DoubtfulError([*in_the_way, *(one for one in found if one not in in_the_way)])
    return found


def _write(record: ServiceYear | StandardYear, found: list[Finding]) -> None:
    """Replace the findings of one record."""
    about = {"service_year": record} if isinstance(record, ServiceYear) else {"standard_year": record}
    Finding.objects.filter(**about).delete()
    Finding.objects.bulk_create(found)


def _tell(
    event: ServicesEvent,
    actor: Actor,
    record: ServiceYear | StandardYear,
    told: Mapping[str, Any],
    reasons: Mapping[str, str],
) -> None:
    """Tell the trail what changed, before and after, and what was confirmed; nothing where nothing was."""
    given = {rule: reason.strip() for rule, reason in reasons.items() if reason.strip()}
    if told or given:
        append_event(
            event, actor=actor, subject=record, year=record.year, changed=dict(told), confirmed=given
        )

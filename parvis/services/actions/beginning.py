"""A fiscal year is begun for a service: its record of the year before is carried on, and nothing counted is."""

from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor
from parvis.core.errors import NotReadyError
from parvis.core.public_id import new_public_id
from parvis.search.actions import announce_changes
from parvis.services import policy
from parvis.services.events import ServicesEvent
from parvis.services.models import Service, ServiceYear, StandardYear
from parvis.services.models.services import VOLUMES
from parvis.services.models.standards import READINGS
from parvis.services.refreshing import refresh_services, refresh_standards
from parvis.services.states import SERVICE_KIND
from parvis.services.values import Reading

Record = TypeVar("Record", ServiceYear, StandardYear)


@action
def begin_service_year(*, actor: Actor, service: Service, year: int) -> ServiceYear:
    """Make the record of a fiscal year from the last one: words and answers stay, volumes are blank until reported.

    The standards of that year are carried on with their targets. Raises NotReadyError where the year has its record
    already, or nothing stands before it.
    """
    last = ServiceYear.objects.current().select_for_update().filter(service=service).order_by("-year").first()
    if last is None:
        raise NotReadyError([_("This service has no record that a new one could be made from.")])
    require(policy.can_edit(actor, last), _("Only the institution’s service owner may change this record."))
    require_none([_("This fiscal year has its record already.")] if last.year >= year else [])
    standards = list(
        StandardYear.objects.current().filter(standard__service=service, year=last.year).order_by("pk")
    )
    record: ServiceYear = _carried(last, year)
    for name in (*VOLUMES, "num_applications_total"):
        setattr(record, name, Reading.BLANK)
    record.save()
    for standard in standards:
        result = _carried(standard, year)
        for name in READINGS:
            if name != "target":
                setattr(result, name, Reading.BLANK)
        result.target_met = ""
        result.save()
    refresh_standards([one.standard_id for one in standards])
    refresh_services([service.pk])
    announce_changes(kind=SERVICE_KIND, public_ids=[service.public_id])
    append_event(
        ServicesEvent.SERVICE_YEAR_BEGUN, actor=actor, subject=record, year=year, standards=len(standards)
    )
    return record


def _carried(last: Record, year: int) -> Record:
    """Return a copy that is not saved yet, of another year and of no file."""
    record = type(last).objects.get(pk=last.pk)
    record.pk, record.public_id, record.year = None, new_public_id(), year
    record.file, record.line, record.cells, record.digest = None, None, {}, ""
    record.first_seen_at = record.changed_at = record.edited_at = timezone.now()
    record._state.adding = True  # noqa: SLF001  # documented: this is how Django copies a row
    return record

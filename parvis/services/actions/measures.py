"""Measures beside the yearly record: satisfaction, completion, cost per transaction. Given, corrected, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.services import policy
from parvis.services.events import ServicesEvent
from parvis.services.models import Measure, ServiceYear
from parvis.services.states import MeasureKind

UNITS = {
    MeasureKind.SATISFACTION: "1",  # a part of one
    MeasureKind.COMPLETION: "1",
    MeasureKind.COST_PER_TRANSACTION: "CAD",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenMeasure:
    """A measure as it is given: a part of one, or dollars; of how many; and where it is from."""

    kind: MeasureKind
    value: Decimal
    sample_size: int
    source: Text

    def faults(self) -> dict[str, Any]:
        """Return what cannot be, by field."""
        found: dict[str, Any] = {}
        if self.value < 0:
            found["value"] = _("A measure is zero or more.")
        elif UNITS[self.kind] == "1" and self.value > 1:
            found["value"] = _("A share is 100 % at most.")
        if self.sample_size < 1:
            found["sample_size"] = _("A measure is of one or more; without any there is none.")
        return found


@action
def give_measure(*, actor: Actor, record: ServiceYear, given: GivenMeasure) -> bool:
    """Give or correct a measure of a service for a year; return whether anything changed.

    Raises ValidationError by field.
    """
    require(policy.can_edit(actor, record), _("Only the institution’s service owner may change this record."))
    return _give(actor, record, given)


@action
def take_back_measure(*, actor: Actor, record: ServiceYear, kind: MeasureKind) -> bool:
    """Take a measure away that was given; return whether there was one."""
    require(policy.can_edit(actor, record), _("Only the institution’s service owner may change this record."))
    kept = Measure.objects.select_for_update().filter(service_year=record, kind=kind).first()
    if kept is None:
        return False
    before = _as_json(kept)
    kept.delete()
    append_event(
        ServicesEvent.MEASURE_TAKEN_BACK,
        actor=actor,
        subject=record,
        year=record.year,
        kind=kind,
        before=before,
    )
    return True


@action
def load_measures(
    *, actor: Actor, rows: Sequence[tuple[ServiceYear, GivenMeasure]]
) -> list[tuple[bool, bool]]:
    """Take measures of a file; return for each whether it is new, and whether anything changed.

    Raises ValidationError by field.
    """
    require(policy.can_load_files(actor), _("Only this installation’s staff may load files."))
    kept = set(
        Measure.objects.filter(service_year__in=[record.pk for record, _given in rows]).values_list(
            "service_year_id", "kind"
        )
    )
    return [
        ((record.pk, given.kind.value) not in kept, _give(actor, record, given)) for record, given in rows
    ]


def _give(actor: Actor, record: ServiceYear, given: GivenMeasure) -> bool:
    if faults := given.faults():
        raise ValidationError(faults)
    kept = Measure.objects.select_for_update().filter(service_year=record, kind=given.kind).first()
    before = _as_json(kept) if kept else None
    measure = kept or Measure(service_year=record, kind=given.kind)
    measure.value, measure.unit = given.value, UNITS[given.kind]
    measure.sample_size = given.sample_size
    measure.source_en, measure.source_fr = given.source.en, given.source.fr
    after = _as_json(measure)
    if before == after:
        return False
    measure.changed_at = timezone.now()
    measure.full_clean(exclude=["service_year"])
    measure.save()
    append_event(
        ServicesEvent.MEASURE_GIVEN,
        actor=actor,
        subject=record,
        year=record.year,
        kind=str(given.kind),
        before=before,
        after=after,
    )
    return True


def _as_json(measure: Measure) -> dict[str, Any]:
    return {
        "value": f"{Decimal(measure.value):.6f}",
        "unit": measure.unit,
        "sample_size": measure.sample_size,
        "source_en": measure.source_en,
        "source_fr": measure.source_fr,
    }

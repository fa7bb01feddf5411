"""What came of journeys before asking, counted by day without who."""

from django.db.models import F
from django.utils import timezone

from parvis.access.models import JourneyCount
from parvis.access.states import Outcome
from parvis.core.action import action
from parvis.core.actor import Actor


@action
def count_journey(*, actor: Actor, outcome: Outcome) -> None:  # noqa: ARG001  # nobody is noted
    """Count what came of a journey on this day. Who went it is neither taken nor kept."""
    today = timezone.localdate()
    JourneyCount.objects.bulk_create([JourneyCount(on=today, outcome=outcome)], ignore_conflicts=True)
    JourneyCount.objects.filter(on=today, outcome=outcome).update(times=F("times") + 1)

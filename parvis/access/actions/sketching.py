"""Sketches of the texts of what was sent: a worker makes them."""

from parvis.access.models import Submission
from parvis.access.sketches import sketch_newest
from parvis.core.action import action, require
from parvis.core.actor import Actor


@action
def sketch_texts(*, actor: Actor, submission: Submission) -> int:
    """Make the sketch of each part that has none yet; return how many were made. Safe to run twice."""
    require(actor.is_system)
    Submission.objects.select_for_update().get(pk=submission.pk)
    rows = submission.parts.filter(sketch__isnull=True, purged_at__isnull=True).order_by("pk")
    return sum(sketch_newest(row) for row in rows)

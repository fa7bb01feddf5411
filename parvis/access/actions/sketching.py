"""Sketches of texts, by which requests of one institution are found alike; the text itself stays sealed."""

from parvis.access.answers import Requested
from parvis.access.likeness import sketch_of
from parvis.access.models import AccessRequest, Submission, TextSketch
from parvis.access.states import PERSONAL_KINDS
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.core.keys import derived_key


@action
def sketch_texts(*, actor: Actor, submission: Submission) -> int:
    """Make the sketch of each part that has none yet; return how many were made. Safe to run twice."""
    require(actor.is_system)
    Submission.objects.select_for_update().get(pk=submission.pk)
    rows = submission.parts.filter(sketch__isnull=True, purged_at__isnull=True).order_by("pk")
    return sum(sketch_newest(row) for row in rows)


def sketch_newest(row: AccessRequest) -> bool:
    """Make the sketch of the text that counts, in place of an earlier one; return whether there is one."""
    text = row.texts.order_by("-version").first()
    if text is None or text.is_erased("sealed"):
        return False
    return keep_sketch(row, Requested(**text.read_sealed("sealed")))


def keep_sketch(row: AccessRequest, requested: Requested) -> bool:
    """Keep the sketch of a text in place of an earlier one; return whether there is one.

    None for somebody's own information: it says nothing of doubles there, and much of people.
    """
    bits = "" if row.kind in PERSONAL_KINDS else sketch_of(requested.text, _key_of(row.institution_id))
    if not bits:
        TextSketch.objects.filter(access_request=row).delete()
        return False
    TextSketch.objects.update_or_create(access_request=row, defaults={"bits": bits})
    return True


def _key_of(institution_id: int) -> bytes:
    return derived_key(f"access: sketches of texts, institution {institution_id}")

"""Keeping the sketch of a text, by which requests of one institution are found alike; the text itself stays sealed."""

from parvis.access.answers import Requested
from parvis.access.likeness import sketch_of
from parvis.access.models import AccessRequest, TextSketch
from parvis.access.states import PERSONAL_KINDS
from parvis.core.keys import derived_key


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

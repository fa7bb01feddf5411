"""The usual files that institutions offer."""

from parvis.access.models import UsualFile


def usual_files(*slugs: str) -> tuple[UsualFile, ...]:
    """Return what these institutions offer, or all that is offered, by institution and code."""
    rows = UsualFile.objects.filter(is_offered=True).select_related("institution__jurisdiction")
    if slugs:
        rows = rows.filter(institution__slug__in=slugs)
    return tuple(rows.order_by("institution__slug", "code"))


def usual_file(public_id: str) -> UsualFile | None:
    """Return one that is offered, or None."""
    rows = UsualFile.objects.filter(is_offered=True, public_id=public_id)
    return rows.select_related("institution__jurisdiction").first()

"""Whether a standard met its target: the source's own verdict where it gives one, else ours by the official rule."""

from decimal import ROUND_HALF_UP, Decimal

from parvis.services.values import Answer

PRECISION = Decimal("0.0001")  # the official performance has four decimals, and is held against the target so


def performance(*, volume_meeting_target: int | None, total_volume: int | None) -> Decimal | None:
    """Return the part that met the target, with four decimals; None where a volume is missing or all are zero."""
    if volume_meeting_target is None or not total_volume:
        return None
    return (Decimal(volume_meeting_target) / Decimal(total_volume)).quantize(PRECISION, ROUND_HALF_UP)


def verdict(
    given: str, *, target: Decimal | None, volume_meeting_target: int | None, total_volume: int | None
) -> Answer:
    """Return whether the target was met. A target of nothing, and one without a result, are not judged (NA)."""
    if given:
        return Answer(given)
    result = performance(volume_meeting_target=volume_meeting_target, total_volume=total_volume)
    if result is None or not target:
        return Answer.NOT_APPLICABLE
    return Answer.YES if result >= target else Answer.NO

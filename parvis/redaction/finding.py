"""Brings together what every detector found: sorted, without overlap."""

from bisect import bisect_left

from parvis.redaction import births, contact, numbers
from parvis.redaction.findings import Detector, Finding

LEAST = 0.5
DETECTORS: tuple[Detector, ...] = (  # of two that are as sure of the same place, the earlier one keeps it
    numbers.payment_cards,
    numbers.social_insurance,
    numbers.passports,
    numbers.licences,
    numbers.client_ids,
    births.births,
    numbers.accounts,
    contact.emails,
    contact.phones,
    numbers.health_cards,
    contact.addresses,
    contact.ip_addresses,
)


def find_personal_information(text: str, *, least: float = LEAST) -> list[Finding]:
    """Return what in `text` looks like personal information, in its order, without overlap; English and French alike.

    `least` is the confidence from which a finding is reported (see `Finding`). Names are not looked
    for. Time grows with the length of the text, whatever it holds. Never raises.
    """
    found = [one for detector in DETECTORS for one in detector(text) if one.confidence >= least]
    found.sort(key=lambda one: (-one.confidence, one.start - one.end))  # stable: detectors keep their order
    kept: list[Finding] = []
    starts: list[int] = []
    for one in found:
        at = bisect_left(starts, one.start)
        is_free = (at == 0 or kept[at - 1].end <= one.start) and (at == len(kept) or one.end <= starts[at])
        if is_free:
            kept.insert(at, one)
            starts.insert(at, one.start)
    return kept

"""What the rules of quality say of one record, saved or not."""

from collections.abc import Iterator

from parvis.services.models import Finding, ServiceYear, StandardYear
from parvis.services.quality.checks import CHECKS, Around
from parvis.services.quality.rules import SERVICE, STANDARD, rules


def findings_of(record: ServiceYear | StandardYear, around: Around) -> Iterator[Finding]:
    """Yield what the rules say of one record as it is in memory, saved or not."""
    about = SERVICE if isinstance(record, ServiceYear) else STANDARD
    for rule in rules():
        if rule.about != about:
            continue
        facts = CHECKS[rule.check](record, around, rule)
        if facts is None:
            continue
        yield Finding(
            rule=rule.code,
            severity=rule.severity,
            service_year=record if isinstance(record, ServiceYear) else None,
            standard_year=record if isinstance(record, StandardYear) else None,
            facts=facts,
        )

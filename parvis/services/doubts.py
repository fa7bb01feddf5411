"""What the rules of quality say of a record, as a form shows it: what it is about, what to do, and whether it stops."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parvis.services.actions.editing import DOUBTED
from parvis.services.describing import labels
from parvis.services.models import Finding
from parvis.services.quality.rules import Rule, rule_named
from parvis.services.states import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """A finding beside a form."""

    rule: Rule
    severity: Severity
    facts: Mapping[str, str]
    fields: tuple[tuple[str, str], ...]  # those that the form has: name and label
    because: str  # what was given as the reason, or is being typed
    is_confirmed: bool

    @property
    def is_refused(self) -> bool:
        """Whether it cannot be, so that nobody can confirm it."""
        return self.rule.refuses

    @property
    def may_confirm(self) -> bool:
        """Whether a reason settles it."""
        return self.severity in DOUBTED and not self.is_refused


def doubted(findings: Iterable[Finding], reasons: Mapping[str, str]) -> tuple[Doubted, ...]:
    """Return findings as a form shows them, what cannot be first, then the gravest."""
    called = labels()
    order = list(Severity.values)
    found = [
        Doubted(
            rule=rule_named(one.rule),
            severity=Severity(one.severity),
            facts=one.facts,
            fields=tuple((name, called[name]) for name in rule_named(one.rule).fields if name in called),
            because=reasons.get(one.rule, one.confirmed_because),
            is_confirmed=one.confirmed_at is not None,
        )
        for one in findings
    ]
    return tuple(
        sorted(found, key=lambda one: (not one.is_refused, one.is_confirmed, order.index(one.severity)))
    )

"""What stops the clock, starts it again or makes it begin afresh, by the rules of the pack."""

from parvis.core.bilingual import Text
from parvis.law.clock import Clock, Stop, advanced
from parvis.law.events import Event
from parvis.law.gates import require_before_the_last_day, require_started
from parvis.law.model import Kind, Suspension
from parvis.law.refusal import Refused
from parvis.law.steps import step
from parvis.law.wording import KINDS, NBSP


def _stop_rules(clock: Clock, kind: Kind) -> tuple[Suspension, ...]:
    return tuple(
        rule for rule in clock.pack.suspensions if kind is rule.starts_with or kind in rule.ends_with
    )


def stop_or_go(clock: Clock, event: Event) -> Clock | None:
    """Return the clock stopped, started again or begun afresh, or None when the event keeps its ordinary effect.

    Raises `Refused` when it ends nothing, starts what already stands, or names a rule that the pack does not know.
    """
    by_name = event.kind in {Kind.SUSPENDED, Kind.RESUMED}
    of_kind = _stop_rules(clock, event.kind)
    rules = [rule for rule in of_kind if event.ref in {"", rule.ref}]
    for rule in rules:
        if event.kind in rule.ends_with and _is_standing(clock, rule):
            return _resume(clock, rule, event)
    starts = [rule for rule in rules if event.kind is rule.starts_with]
    if not starts:
        if by_name or (of_kind and event.kind in {Kind.CLARIFICATION_ANSWERED, Kind.FEE_PAID}):
            raise nothing_to_end(clock, event)
        return None
    rule = starts[0]
    if len(starts) > 1 and by_name and not event.ref:
        raise nothing_to_end(clock, event)
    if _is_standing(clock, rule):
        raise Refused(
            Text(
                f"{KINDS[event.kind].en} while the clock already stands for the same reason ({rule.ref}).",
                f"{KINDS[event.kind].fr} alors que le délai est déjà suspendu pour la même raison ({rule.ref}).",
            )
        )
    return _suspend(clock, rule, event)


def _is_standing(clock: Clock, rule: Suspension) -> bool:
    return rule in clock.asked or any(stop.rule is rule and stop.last is None for stop in clock.stops)


def nothing_to_end(clock: Clock, event: Event) -> Refused:
    """Make the refusal of an end without a beginning, or of a suspension that the pack does not know."""
    known = ", ".join(rule.ref for rule in clock.pack.suspensions)
    if event.kind is Kind.SUSPENDED:
        return Refused(
            Text(
                f"“{event.ref}” is no ground for a suspension. The pack knows: {known or 'none'}.",
                f"«{NBSP}{event.ref}{NBSP}» n’est pas un motif de suspension. "
                f"Le dossier de loi connaît{NBSP}: {known or 'aucun'}.",
            )
        )
    return Refused(
        Text(
            f"{KINDS[event.kind].en}, but nothing of the kind was asked for or had stopped the clock.",
            f"{KINDS[event.kind].fr}, mais rien de tel n’avait été demandé ni n’avait suspendu le délai.",
        )
    )


def _suspend(clock: Clock, rule: Suspension, event: Event) -> Clock:
    require_started(clock, event)
    require_before_the_last_day(clock, event)
    if rule.effect == "restarts":
        said = step(clock.pack, "noted", rule, event.on, what=KINDS[event.kind])
        return advanced(clock, event, (said,), asked=(*clock.asked, rule))
    first = event.on.toordinal() + rule.first_day_runs
    said = step(clock.pack, "stopped", rule, event.on, why=rule.title)
    return advanced(clock, event, (said,), stops=(*clock.stops, Stop(rule, first, None)))


def _resume(clock: Clock, rule: Suspension, event: Event) -> Clock:
    on = event.on.toordinal()
    if rule.effect == "restarts":
        said = step(clock.pack, "restarted", rule, event.on, why=rule.title)
        waiting = tuple(each for each in clock.asked if each is not rule)
        return advanced(clock, event, (said,), asked=waiting, start=on, extensions=(), stops=())
    unit = clock.pack.response.unit
    stops: list[Stop] = []
    stood = 0
    for stop in clock.stops:
        if stop.rule is rule and stop.last is None:
            last = on - 1 if rule.last_day_runs else on
            stood = last - stop.first + 1
            if unit == "business":
                stood = clock.calendar.business.count(stop.first - 1, last)
            if last >= stop.first:
                stops.append(Stop(rule, stop.first, last))
        else:
            stops.append(stop)
    said = step(clock.pack, "resumed", rule, event.on, length=(max(stood, 0), unit))
    return advanced(clock, event, (said,), stops=tuple(stops))

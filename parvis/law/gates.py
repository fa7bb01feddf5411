"""Refusals that several events share."""

from datetime import date

from parvis.core.bilingual import Text
from parvis.law.clock import Clock
from parvis.law.events import Event
from parvis.law.refusal import Refused
from parvis.law.wording import KINDS, NBSP, day_of


def require_before_the_last_day(clock: Clock, event: Event) -> None:
    """Refuse after the last day, when the refusal is deemed: nothing extends, stops or moves the clock any more."""
    if clock.is_open or (due := clock.statute_due()) is None or event.on.toordinal() <= due:
        return
    day, last = day_of(event.on), day_of(date.fromordinal(due))
    raise Refused(
        Text(
            f"{KINDS[event.kind].en} on {day.en}: the last day was {last.en}, and the time had run out.",
            f"{KINDS[event.kind].fr} le {day.fr}{NBSP}: le dernier jour était le {last.fr}, et le délai était écoulé.",
        )
    )


def require_started(clock: Clock, event: Event) -> None:
    """Refuse while the request is not complete."""
    if clock.start is None:
        raise Refused(
            Text(
                f"{KINDS[event.kind].en}, but the request is not complete yet and its time has not begun.",
                f"{KINDS[event.kind].fr}, mais la demande n’est pas encore complète et son délai n’a pas commencé.",
            )
        )

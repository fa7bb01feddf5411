"""What each kind of event does to a clock, and which sequences cannot be."""

from collections.abc import Callable, Mapping
from datetime import date

from parvis.core.bilingual import Text
from parvis.law.clock import LONGEST_CASE, Clock, advanced
from parvis.law.events import Event
from parvis.law.extending import extend
from parvis.law.gates import require_before_the_last_day
from parvis.law.model import Cited, Kind
from parvis.law.refusal import Refused
from parvis.law.steps import step
from parvis.law.stopping import nothing_to_end, stop_or_go
from parvis.law.wording import KINDS, NBSP, citation, day_of

AFTER_THE_ANSWER = {
    Kind.COMPLAINT,
    Kind.ORDER,
    Kind.THIRD_PARTY_NOTIFIED,
    Kind.THIRD_PARTY_ANSWERED,
    Kind.CONSULTATION_ANSWERED,
}


def turn(clock: Clock, event: Event) -> Clock:
    """Return the clock after one more event. Raises `Refused` with the sentence that says why not."""
    _require_in_order(clock, event)
    return stop_or_go(clock, event) or TURNS.get(event.kind, _note)(clock, event)


def _require_in_order(clock: Clock, event: Event) -> None:
    last = clock.events[-1].on
    day, before = day_of(event.on), day_of(last)
    if event.on < last:
        raise Refused(
            Text(
                f"An event of {day.en} cannot follow one of {before.en}: events are given in the order of their days.",
                f"Un évènement du {day.fr} ne peut pas suivre un évènement du {before.fr}{NBSP}: les évènements se "
                "donnent dans l’ordre de leurs jours.",
            )
        )
    if event.on.toordinal() - clock.received > LONGEST_CASE:
        raise Refused(
            Text(
                "An event so many years after the request was received is surely a slip.",
                "Un évènement si éloigné de la réception de la demande est sûrement une erreur.",
            )
        )
    if clock.answered is not None and event.kind not in AFTER_THE_ANSWER:
        raise Refused(
            Text(
                f"{KINDS[event.kind].en} on {day.en}: the request had already been answered.",
                f"{KINDS[event.kind].fr} le {day.fr}{NBSP}: la demande avait déjà reçu sa réponse.",
            )
        )


def _twice(_clock: Clock, _event: Event) -> Clock:
    raise Refused(Text("A request is received once.", "Une demande n’est reçue qu’une fois."))


def _complete(clock: Clock, event: Event) -> Clock:
    if any(each.kind is Kind.COMPLETE for each in clock.events):
        raise Refused(
            Text("A request becomes complete once.", "Une demande ne devient complète qu’une fois.")
        )
    if clock.extensions or clock.stops or clock.transfers:
        raise Refused(
            Text(
                "A request becomes complete before its time is extended, suspended or moved.",
                "Une demande devient complète avant que son délai soit prorogé, suspendu ou déplacé.",
            )
        )
    response = clock.pack.response
    said = [step(clock.pack, "complete", response, event.on)]
    if clock.start is None:
        said.append(step(clock.pack, "response", response, None, length=(response.days, response.unit)))
    return advanced(clock, event, tuple(said), start=event.on.toordinal())


def _transfer(clock: Clock, event: Event) -> Clock:
    transfer, pack = clock.pack.transfer, clock.pack
    where = citation(pack, transfer)
    if transfer.clock == "not-allowed":
        raise Refused(
            Text(
                f"A request is not transferred under this law ({where.en}).",
                f"Cette loi ne prévoit pas la transmission d’une demande ({where.fr}).",
            )
        )
    if transfer.times is not None and clock.transfers >= transfer.times:
        raise Refused(
            Text(
                f"A request that was transferred is not transferred again ({where.en}).",
                f"Une demande déjà transmise ne l’est pas de nouveau ({where.fr}).",
            )
        )
    require_before_the_last_day(clock, event)
    limit = transfer_limit(clock)
    if limit is not None and event.on.toordinal() > limit and not clock.transfers:
        day, last = day_of(event.on), day_of(date.fromordinal(limit))
        raise Refused(
            Text(
                f"A request could be transferred until {last.en} ({where.en}); {day.en} is too late.",
                f"Une demande pouvait être transmise jusqu’au {last.fr} ({where.fr}){NBSP}; "
                f"le {day.fr}, il est trop tard.",
            )
        )
    moved = clock.transfers + 1
    if transfer.clock == "continues":
        return advanced(
            clock, event, (step(pack, "transfer-continues", transfer, event.on),), transfers=moved
        )
    afresh = event.then_on if transfer.restarts_from == "receipt" and event.then_on else event.on
    if not 0 <= (afresh - event.on).days <= LONGEST_CASE:
        raise Refused(
            Text(
                "The other institution receives a request on the day of its transfer or later.",
                "L’autre institution reçoit la demande le jour de sa transmission ou plus tard.",
            )
        )
    said = step(pack, "transfer-restarts", transfer, event.on, start=afresh)
    return advanced(
        clock, event, (said,), transfers=moved, start=afresh.toordinal(), extensions=(), stops=(), asked=()
    )


def transfer_limit(clock: Clock) -> int | None:
    """Return the last day to transfer the request, or None where the pack sets none."""
    transfer = clock.pack.transfer
    if transfer.days is None:
        return None
    last = clock.count_on(clock.received, transfer.days, transfer.unit, extends=transfer.extends)
    return clock.calendar.statute.next_open(last)


def _answer(clock: Clock, event: Event) -> Clock:
    due = clock.statute_due()
    late = due is not None and not clock.is_open and event.on.toordinal() > due
    code = "answered-late" if late else "answered"
    said = step(clock.pack, code, clock.pack.response, event.on)
    return advanced(clock, event, (said,), answered=event.on.toordinal())


def _note(clock: Clock, event: Event) -> Clock:
    """Keep an event that this pack gives no power over the clock."""
    if event.kind is Kind.CLARIFICATION_ANSWERED and not _has(clock, Kind.CLARIFICATION_ASKED):
        raise nothing_to_end(clock, event)
    if event.kind is Kind.CONSULTATION_ANSWERED and not _has(clock, Kind.CONSULTATION_STARTED):
        raise nothing_to_end(clock, event)
    if event.kind is Kind.THIRD_PARTY_ANSWERED and not _has(clock, Kind.THIRD_PARTY_NOTIFIED):
        raise nothing_to_end(clock, event)
    cited = _cited_for(clock, event.kind)
    return advanced(clock, event, (step(clock.pack, "noted", cited, event.on, what=KINDS[event.kind]),))


def _cited_for(clock: Clock, kind: Kind) -> Cited:
    """Return the rule that best says what an event is about."""
    pack = clock.pack
    about: Mapping[Kind, Cited | None] = {
        Kind.FEE_ESTIMATED: pack.fees,
        Kind.FEE_PAID: pack.fees,
        Kind.CONSULTATION_STARTED: pack.extension,
        Kind.CONSULTATION_ANSWERED: pack.extension,
        Kind.THIRD_PARTY_NOTIFIED: pack.third_party,
        Kind.THIRD_PARTY_ANSWERED: pack.third_party,
        Kind.COMPLAINT: pack.review,
        Kind.ORDER: pack.review,
    }
    return about.get(kind) or pack.response


def _has(clock: Clock, kind: Kind) -> bool:
    return any(event.kind is kind for event in clock.events)


TURNS: Mapping[Kind, Callable[[Clock, Event], Clock]] = {
    Kind.RECEIVED: _twice,
    Kind.COMPLETE: _complete,
    Kind.EXTENDED: extend,
    Kind.TRANSFERRED: _transfer,
    Kind.ANSWERED: _answer,
}

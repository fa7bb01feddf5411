"""The answer: when a case is due, by statute and by policy, why, and which other dates follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from parvis.core.bilingual import Text
from parvis.law.clock import Clock, start
from parvis.law.events import Event
from parvis.law.extending import notice_limit
from parvis.law.model import Cited, Confidence, Kind, Pack, Place, weakest
from parvis.law.steps import Step, step
from parvis.law.turning import transfer_limit, turn


class Standing(StrEnum):
    """How the clock of a case stands."""

    RUNNING = "running"
    WAITING = "waiting"  # the request is not complete
    STOPPED = "stopped"  # the clock stands still
    OPEN = "open"  # extended for a length that need not be stated
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class OtherDate:
    """A date besides the answer's: its name, the day by statute and by policy, and where it comes from."""

    id: str
    title: Text
    statute_on: date
    policy_on: date
    cited: Cited


@dataclass(frozen=True, slots=True)
class Deadline:
    """When the answer is due. `raw` is the last day before it moves off a day that does not count."""

    clock: Clock
    standing: Standing
    raw: date | None
    statute_due: date | None
    policy_due: date | None
    days_left: int | None  # while the clock stands still: what remains to run

    @property
    def pack(self) -> Pack:
        """The law that was applied."""
        return self.clock.pack

    @property
    def steps(self) -> tuple[Step, ...]:
        """How the date was reached: a step for each event, then for the last day."""
        return (*self.clock.steps, *_last_steps(self))

    @property
    def confidence(self) -> Confidence:
        """The least sure of all that was used."""
        return weakest(*(each.confidence for each in self.steps))

    @property
    def deemed_refused_on(self) -> date | None:
        """The first day on which silence is a refusal: the day after the last day by statute."""
        return date.fromordinal(self.statute_due.toordinal() + 1) if self.statute_due else None

    @property
    def other_dates(self) -> tuple[OtherDate, ...]:
        """The other dates that the pack gives: notices, transfers, complaints, orders, court."""
        return tuple(_other_dates(self))

    def after(self, event: Event) -> "Deadline":
        """Return the deadline after one more event. Raises `Refused`."""
        return deadline_of(turn(self.clock, event))


def deadline(pack: Pack, events: Iterable[Event], place: tuple[Place, ...] = ()) -> Deadline:
    """Replay the events of a case under `pack` at a place (see `library.place_chain`). Raises `Refused`."""
    clock: Clock | None = None
    for event in events:
        clock = turn(clock, event) if clock else start(pack, event, place)
    return deadline_of(clock or start(pack, Event(Kind.COMPLETE, date.min), place))


def deadline_of(clock: Clock) -> Deadline:
    """Read the deadline off a clock."""
    raw, left = clock.reach(clock.spans)
    standing = Standing.RUNNING
    if clock.answered is not None:
        standing = Standing.ANSWERED
    elif clock.start is None:
        standing = Standing.WAITING
    elif clock.is_open:
        standing = Standing.OPEN
    elif raw is None:
        standing = Standing.STOPPED
    if raw is None or clock.is_open:
        return Deadline(clock, standing, None, None, None, left or None)
    calendar = clock.calendar
    day = date.fromordinal(raw)
    statute = policy = raw
    if calendar.policy.excludes(raw):
        statute, policy = calendar.statute.next_open(raw), calendar.policy.next_open(raw)
        return Deadline(clock, standing, day, date.fromordinal(statute), date.fromordinal(policy), None)
    return Deadline(clock, standing, day, day, day, None)


def _last_steps(due: Deadline) -> Sequence[Step]:
    clock, pack = due.clock, due.pack
    if due.raw is None or due.statute_due is None or due.policy_due is None:
        if due.standing is Standing.STOPPED:
            length = (due.days_left or 0, pack.response.unit)
            return (step(pack, "still-stopped", pack.response, None, length=length),)
        return ()
    number = sum(days for days, _ in clock.spans)
    raw = due.raw
    if due.statute_due == raw:
        said = [step(pack, "last-day", pack.response, raw, *_sure_of_passed(due, raw), number=number)]
    else:
        reason, sure = _why_excluded(due, raw)
        only_sunday = pack.calendars.statute.weekdays <= {6}
        code = "rolled" if only_sunday else "rolled-to-work-day"
        rule = pack.calendars.statute
        sure += _sure_of_passed(due, raw)
        said = [step(pack, code, rule, due.statute_due, *sure, number=number, raw=raw, reason=reason)]
    if due.policy_due != due.statute_due and pack.calendars.policy:
        reason, sure = _why_excluded(due, due.statute_due)
        said.append(
            step(
                pack,
                "policy",
                pack.calendars.policy,
                due.policy_due,
                *sure,
                raw=due.statute_due,
                reason=reason,
            )
        )
    return said


def _why_excluded(due: Deadline, day: date) -> tuple[Text, list[Confidence]]:
    """Name the holiday (nothing for a weekday, which the date says) and say how sure the days are."""
    clock, pack = due.clock, due.pack
    last = due.policy_due or day
    ordinals = range(day.toordinal(), last.toordinal())
    days = clock.calendar.policy
    added = clock.calendar.added
    sure = [
        added.get(ordinal, pack.holidays.confidence)
        for ordinal in ordinals
        if ordinal in days.names and ordinal not in days.local
    ]
    if pack.calendars.place and any(ordinal in days.local for ordinal in ordinals):
        sure += [pack.holidays.confidence, pack.calendars.place.confidence]
    return days.names.get(day.toordinal(), Text()), sure


def _sure_of_passed(due: Deadline, raw: date) -> list[Confidence]:
    """Say how sure the holidays of the pack's own are that were passed over while business days were counted."""
    clock, business = due.clock, due.pack.calendars.business
    if clock.start is None or not business.holidays or all(unit != "business" for _, unit in clock.spans):
        return []
    added = clock.calendar.added
    return [
        added[ordinal]
        for ordinal in range(clock.start + 1, raw.toordinal() + 1)
        if ordinal in added and (ordinal - 1) % 7 not in business.weekdays
    ]


def _other_dates(due: Deadline) -> Iterable[OtherDate]:
    clock, pack = due.clock, due.pack
    limit = notice_limit(clock)
    if pack.extension and limit is not None:
        title = Text(
            "Last day to give notice of an extension", "Dernier jour pour donner avis d’une prorogation"
        )
        yield _dated(clock, "extension-notice", title, limit, pack.extension, rolls=True)
    limit = transfer_limit(clock)
    if limit is not None:
        title = Text("Last day to transfer the request", "Dernier jour pour transmettre la demande")
        yield _dated(clock, "transfer", title, limit, pack.transfer, rolls=True)
    anchors = {f"{event.kind}": event.on.toordinal() for event in clock.events}
    if due.statute_due:
        anchors["due"] = due.statute_due.toordinal()
    for period in pack.periods:
        if period.after not in anchors:
            continue
        raw = clock.count_on(anchors[period.after], period.days, period.unit, extends=period.extends)
        other = _dated(clock, period.id, period.title, raw, period, rolls=period.rolls)
        anchors[f"period:{period.id}"] = other.statute_on.toordinal()
        yield other


def _dated(clock: Clock, name: str, title: Text, raw: int, cited: Cited, *, rolls: bool) -> OtherDate:
    calendar = clock.calendar
    statute, policy = (
        (calendar.statute.next_open(raw), calendar.policy.next_open(raw)) if rolls else (raw, raw)
    )
    return OtherDate(name, title, date.fromordinal(statute), date.fromordinal(policy), cited)

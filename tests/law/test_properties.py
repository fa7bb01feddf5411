"""What holds for every pack, over twenty years of days."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial, reduce

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.core.bilingual import Text
from parvis.law import (
    Deadline,
    Event,
    Kind,
    Pack,
    Refused,
    Role,
    deadline,
    packs,
    place_chain,
    places,
    received,
    work_out,
)
from parvis.law.calendars import DaySet
from parvis.law.checking import typography_faults
from parvis.law.clock import start
from parvis.law.deadline import deadline_of
from parvis.law.serialising import deadline_dict

TWENTY_YEARS = 7305
PACKS = packs()
PLACES = [None, "on-ottawa", "qc", "ns"]
BRISK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def window(pack: Pack) -> tuple[date, date]:
    """Return twenty years of days on which a request can fall under the pack, fewer where it stood for less."""
    if pack.first_day is None and pack.last_day is None:
        return date(2026, 1, 1), date(2026, 1, 1) + timedelta(TWENTY_YEARS)
    last = pack.last_day or (pack.first_day or date.min) + timedelta(TWENTY_YEARS)
    return max(pack.first_day or date.min, last - timedelta(TWENTY_YEARS)), last


def beginning(pack: Pack, on: date) -> list[Event]:
    """Return the events after which the clock runs."""
    return [received(on), Event(Kind.COMPLETE, on)] if pack.response.starts == "complete" else [received(on)]


def counted(day: date, days: int, unit: str, business: DaySet, standing: range = range(0)) -> date:
    """Count day by day, as one counts on a wall calendar: the slow way, to hold the fast one against."""
    while days:
        day += timedelta(1)
        if day.toordinal() in standing or (unit == "business" and business.excludes(day.toordinal())):
            continue
        days -= 1
    return day


def settled(due: Deadline) -> tuple[date, date, date]:
    assert due.raw is not None
    assert due.statute_due is not None
    assert due.policy_due is not None
    return due.raw, due.statute_due, due.policy_due


def hold_over_twenty_years(pack: Pack, place: str | None, every: int) -> None:
    first, last = window(pack)
    chain = place_chain(place)
    before = (date.min, date.min, date.min)
    for ordinal in range(first.toordinal(), last.toordinal() + 1, every):
        due = deadline(pack, beginning(pack, date.fromordinal(ordinal)), chain)
        raw, statute, policy = settled(due)
        assert raw <= statute <= policy
        assert not due.clock.calendar.statute.excludes(statute.toordinal())
        assert not due.clock.calendar.policy.excludes(policy.toordinal())
        assert all(now >= then for now, then in zip((raw, statute, policy), before, strict=True))
        before = (raw, statute, policy)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_over_twenty_years_no_answer_is_due_on_a_day_left_out_and_none_earlier_for_a_later_request(
    pack: Pack,
) -> None:
    hold_over_twenty_years(pack, None, every=5)


@pytest.mark.soak
@pytest.mark.parametrize("place", [None, *places()])
@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_the_same_on_every_day_and_in_every_place(pack: Pack, place: str | None) -> None:
    hold_over_twenty_years(pack, place, every=1)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Pack, date, str | None]:
    pack = draw(st.sampled_from(PACKS))
    first, last = window(pack)
    return pack, draw(st.dates(first, last)), draw(st.sampled_from(PLACES))


@given(cases())
@BRISK
def test_the_fast_count_is_the_count_on_a_wall_calendar(case: tuple[Pack, date, str | None]) -> None:
    pack, on, place = case
    due = deadline(pack, beginning(pack, on), place_chain(place))
    calendar = due.clock.calendar
    raw, statute, policy = settled(due)
    assert raw == counted(on, pack.response.days, pack.response.unit, calendar.business)
    for rolled, days in ((statute, calendar.statute), (policy, calendar.policy)):
        expected = raw
        while days.excludes(expected.toordinal()):
            expected += timedelta(1)
        assert rolled == expected


@given(cases(), st.integers(1, 200), st.data())
@BRISK
def test_an_extension_is_counted_from_receipt_and_a_longer_one_never_ends_earlier(
    case: tuple[Pack, date, str | None], days: int, data: st.DataObject
) -> None:
    pack, on, place = case
    if pack.extension is None:
        return
    ground = data.draw(st.sampled_from(pack.extension.grounds))
    most = min([ground.max_days or 200, *(cap.days for cap in pack.extension.caps if ground.ref in cap.refs)])
    days = min(days, most)
    events = beginning(pack, on)
    plain = deadline(pack, events, place_chain(place))
    extended = [
        plain.after(Event(Kind.EXTENDED, on, ground.ref, length, ground.by[0]))
        for length in (max(days - 1, 1), days)
    ]
    raws = [settled(due) for due in (plain, *extended)]
    assert raws == sorted(raws)
    for kind in (1, 2):
        assert [each[kind] for each in raws] == sorted(each[kind] for each in raws)
    if pack.extension.unit == pack.response.unit:
        unit, business = pack.response.unit, plain.clock.calendar.business
        assert raws[-1][0] == counted(on, pack.response.days + days, unit, business)


@given(cases(), st.integers(0, 12), st.integers(0, 60), st.data())
@BRISK
def test_the_days_on_which_the_clock_stands_are_passed_over_and_no_others(
    case: tuple[Pack, date, str | None], until: int, length: int, data: st.DataObject
) -> None:
    pack, on, place = case
    stopping = [rule for rule in pack.suspensions if rule.effect == "suspends"]
    if not stopping:
        return
    rule = data.draw(st.sampled_from(stopping))
    stopped, resumed = on + timedelta(until), on + timedelta(until + length)
    ends = next((kind for kind in rule.ends_with if kind is not Kind.COMPLETE), None)
    if ends is None:
        return
    running = deadline(pack, beginning(pack, on), place_chain(place))
    standing = running.after(Event(rule.starts_with, stopped, rule.ref))
    again = standing.after(Event(ends, resumed, rule.ref))
    first = stopped.toordinal() + rule.first_day_runs
    stood = range(first, resumed.toordinal() + (not rule.last_day_runs))
    raw = counted(on, pack.response.days, pack.response.unit, running.clock.calendar.business, stood)
    assert settled(again)[0] == raw
    assert settled(again) >= settled(running)
    assert standing.statute_due is None or standing.statute_due >= settled(running)[1]


KINDS = [kind for kind in Kind if kind is not Kind.RECEIVED]


@st.composite
def stories(draw: st.DrawFn) -> tuple[Pack, list[Event], str | None]:
    """Draw any sequence of events, most of which some pack refuses somewhere."""
    pack, on, place = draw(cases())
    events = beginning(pack, on)
    refs = ["", "nonsense", *(rule.ref for rule in pack.suspensions)]
    refs += [ground.ref for ground in pack.extension.grounds] if pack.extension else []
    for _ in range(draw(st.integers(0, 8))):
        on += timedelta(draw(st.integers(0, 25)))
        days = draw(st.none() | st.integers(1, 90))
        by = draw(st.none() | st.sampled_from(list(Role)))
        events.append(Event(draw(st.sampled_from(KINDS)), on, draw(st.sampled_from(refs)), days, by))
    return pack, events, place


def outcome(work: Callable[[], Deadline]) -> Deadline | Text:
    """Return the deadline, or the sentence with which it was refused."""
    try:
        return work()
    except Refused as refusal:
        return refusal.text


@given(stories())
@BRISK
def test_a_replay_of_all_events_is_one_more_event_on_an_older_clock(
    story: tuple[Pack, list[Event], str | None],
) -> None:
    pack, events, place = story
    due = deadline_of(start(pack, events[0], place_chain(place)))
    taken = events[:1]
    for event in events[1:]:
        one_more = outcome(partial(due.after, event))
        replayed = outcome(partial(deadline, pack, [*taken, event], place_chain(place)))
        assert one_more == replayed
        if isinstance(one_more, Deadline):
            due = one_more
            taken.append(event)
        else:
            assert one_more.en != one_more.fr
            assert list(typography_faults(one_more.fr)) == []
    assert deadline(pack, taken, place_chain(place)) == due
    assert reduce(lambda so_far, event: so_far.after(event), taken[1:], deadline(pack, taken[:1])).steps


@given(stories())
@BRISK
def test_whatever_happens_the_dates_hold_and_both_languages_say_why(
    story: tuple[Pack, list[Event], str | None],
) -> None:
    pack, events, place = story
    due = deadline_of(start(pack, events[0], place_chain(place)))
    restarting = {rule.ref for rule in pack.suspensions if rule.effect == "restarts"}
    for event in events[1:]:
        before = due.statute_due
        try:
            due = due.after(event)
        except Refused:
            continue
        if event.kind is not Kind.TRANSFERRED and not restarting and before and due.statute_due:
            assert due.statute_due >= before, "no event but a fresh start brings the day nearer"
    if due.statute_due:
        raw, statute, policy = settled(due)
        assert raw <= statute <= policy
        assert not due.clock.calendar.statute.excludes(statute.toordinal())
        assert not due.clock.calendar.policy.excludes(policy.toordinal())
    for step in due.steps:
        assert step.text.en
        assert step.text.en != step.text.fr
        assert "{" not in step.text.en + step.text.fr
        assert list(typography_faults(step.text.fr)) == []
    assert json.loads(json.dumps(deadline_dict(due)))["standing"] == due.standing


EVENT_TEXT = st.one_of(
    st.text(max_size=30),
    st.builds(
        ":".join, st.lists(st.sampled_from([*Kind, "2026-06-10", "9(1)(b)", "30", "²", "", "head", "0"]))
    ),
)


@given(
    st.text(max_size=12) | st.just("2026-06-01"),
    st.lists(EVENT_TEXT, max_size=3),
    st.text(max_size=9) | st.none(),
)
@BRISK
def test_whatever_a_person_types_is_worked_out_or_refused_with_a_sentence(
    on: str, events: list[str], place: str | None
) -> None:
    found = outcome(partial(work_out, "ca-atia", on, events, place))
    assert found.steps if isinstance(found, Deadline) else found.en and found.fr

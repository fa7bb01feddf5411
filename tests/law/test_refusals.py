"""Sequences that cannot be are refused with a sentence in both languages."""

from collections.abc import Callable
from datetime import date

import pytest

from parvis.law import (
    Event,
    Kind,
    Pack,
    Refused,
    Role,
    Standing,
    deadline,
    pack,
    parse_event,
    place_chain,
    received,
)

Changed = Callable[..., Pack]
ATIA = pack("ca-atia")
ATIA_STOP = {
    "ref": "6.1(1.2)",
    "title": {"en": "asked", "fr": "demandé"},
    "starts_with": "suspended",
    "ends_with": ["resumed"],
    "effect": "suspends",
    "first_day_runs": False,
    "last_day_runs": False,
    "section": "6.1",
    "confidence": "sure",
}
BUSINESS = {"days": 20, "unit": "business"}


def refusal(*events: str, law: Pack = ATIA) -> str:
    with pytest.raises(Refused) as caught:
        deadline(law, [parse_event(event) for event in events])
    assert caught.value.text.fr != caught.value.text.en
    return caught.value.text.en


def test_a_case_begins_with_a_receipt_and_has_one() -> None:
    assert "begins when a request is received" in refusal("extended:2026-06-01:9(1)(b):30")
    assert "begins when a request is received" in refusal()
    assert "received once" in refusal("received:2026-06-01", "received:2026-06-02")


def test_events_are_given_in_the_order_of_their_days() -> None:
    said = refusal("received:2026-06-04", "transferred:2026-06-03")
    assert "Wednesday, 3\N{NO-BREAK SPACE}June 2026 cannot follow one of Thursday, 4" in said


def test_an_extension_after_the_deadline_is_refused_by_the_statutes_day_and_not_the_policys() -> None:
    said = refusal("received:2026-06-04", "extended:2026-07-06:9(1)(b):30")
    assert "the last day was Saturday, 4\N{NO-BREAK SPACE}July 2026" in said


def test_an_extension_on_the_rolled_last_day_is_in_time() -> None:
    events = [received(date(2026, 5, 29)), Event(Kind.EXTENDED, date(2026, 6, 29), "9(1)(a)", 30)]
    assert deadline(ATIA, events).raw == date(2026, 7, 28)


def test_an_extension_needs_a_known_ground_a_length_and_the_right_giver() -> None:
    base = "received:2026-06-04"
    assert "The grounds are 9(1)(a), 9(1)(b), 9(1)(c)" in refusal(base, "extended:2026-06-10:9(1)(d):30")
    assert "states its length" in refusal(base, "extended:2026-06-10:9(1)(b)")
    assert "at least one day" in refusal(base, "extended:2026-06-10:9(1)(b):0")
    assert "not by the review body" in refusal(base, "extended:2026-06-10:9(1)(b):30:oversight")
    assert "surely a slip" in refusal(base, "extended:2026-06-10:9(1)(b):9999")


def test_a_law_that_extends_once_refuses_a_second_time(changed: Changed) -> None:
    once = changed(extension={"times": 1})
    events = ("received:2026-06-04", "extended:2026-06-10:9(1)(b):10", "extended:2026-06-11:9(1)(b):10")
    assert "may be extended only once" in refusal(*events, law=once)


def test_a_law_without_extensions_says_so(changed: Changed) -> None:
    none = changed(extension=None)
    assert "knows no extension" in refusal("received:2026-06-04", "extended:2026-06-10:9(1)(b):10", law=none)


def test_what_was_not_asked_or_stopped_cannot_be_answered_or_resumed() -> None:
    base = "received:2026-06-04"
    for event in (
        "resumed:2026-06-10",
        "clarification-answered:2026-06-10",
        "consultation-answered:2026-06-10",
        "third-party-answered:2026-06-10",
    ):
        assert "nothing of the kind" in refusal(base, event)
    stopped = "suspended:2026-06-08:6.1(1.2)"
    assert "already stands" in refusal(base, stopped, "suspended:2026-06-09:6.1(1.2)")
    assert "no ground for a suspension" in refusal(base, "suspended:2026-06-08:7")


def test_after_the_answer_only_what_follows_an_answer_may_come() -> None:
    base = ("received:2026-06-04", "answered:2026-06-30")
    assert "already been answered" in refusal(*base, "extended:2026-07-01:9(1)(b):30")
    assert "already been answered" in refusal(*base, "answered:2026-07-01")
    due = deadline(
        ATIA, [parse_event(event) for event in (*base, "complaint:2026-07-20", "order:2026-12-01")]
    )
    assert due.standing is Standing.ANSWERED


def test_after_the_last_day_nothing_stops_or_moves_the_clock() -> None:
    base = "received:2026-06-01"
    assert "the time had run out" in refusal(base, "suspended:2026-07-03:6.1(1.2)")
    assert "the time had run out" in refusal(base, "transferred:2026-07-03")


def test_an_event_decades_later_is_a_slip() -> None:
    assert "surely a slip" in refusal("received:2026-06-01", "complaint:2062-06-01")


def test_a_pack_refuses_requests_of_other_days_and_years_beyond_count() -> None:
    assert "does not apply" in refusal("received:2019-06-20")
    assert "from 1905 to 2160" in refusal("received:2300-01-01")


def test_a_request_that_is_not_complete_has_no_clock_yet(changed: Changed) -> None:
    waits = changed(response={"starts": "complete"})
    due = deadline(waits, [received(date(2026, 6, 4))])
    assert (due.standing, due.statute_due) == (Standing.WAITING, None)
    assert "not complete yet" in refusal("received:2026-06-04", "extended:2026-06-10:9(1)(b):30", law=waits)
    begun = due.after(Event(Kind.COMPLETE, date(2026, 6, 10)))
    assert begun.raw == date(2026, 7, 10)
    with pytest.raises(Refused, match="complete once"):
        begun.after(Event(Kind.COMPLETE, date(2026, 6, 11)))


def test_a_request_completed_later_is_counted_from_then() -> None:
    due = deadline(ATIA, [received(date(2026, 6, 4)), Event(Kind.COMPLETE, date(2026, 6, 9))])
    assert due.raw == date(2026, 7, 9)
    assert "became complete on Tuesday, 9" in due.steps[2].in_("en")


@pytest.mark.parametrize(("from_", "raw"), [("transfer", date(2026, 7, 10)), ("receipt", date(2026, 7, 12))])
def test_a_transfer_that_restarts_begins_on_its_day_or_on_the_others_receipt(
    changed: Changed, from_: str, raw: date
) -> None:
    law = changed(transfer={"clock": "restarts", "restarts_from": from_, "times": None})
    events = [received(date(2026, 6, 4)), parse_event("transferred:2026-06-10:2026-06-12")]
    assert deadline(law, events).raw == raw
    with pytest.raises(Refused, match="day of its transfer or later"):
        deadline(
            changed(transfer={"clock": "restarts", "restarts_from": "receipt"}),
            [received(date(2026, 6, 4)), parse_event("transferred:2026-06-10:2026-06-09")],
        )


def test_an_extension_in_another_unit_is_counted_after_the_time_to_answer(changed: Changed) -> None:
    law = changed(response=BUSINESS)
    due = deadline(law, [received(date(2026, 9, 8)), parse_event("extended:2026-09-10:9(1)(b):30")])
    # 9-11 Sept (3), 14-18 (8), 21-25 (13), 28-29 (15), not the 30th, 1-2 Oct (17), 5-7 (20): 7 Oct; + 30 = 6 Nov
    assert due.raw == date(2026, 11, 6)


def test_the_review_body_may_extend_by_its_own_ground(changed: Changed) -> None:
    ground = {
        "ref": "9(9)",
        "title": {"en": "the body allows it", "fr": "l’organisme le permet"},
        "by": ["oversight"],
        "max_days": None,
        "confidence": "unsure",
    }
    law = changed(extension={"grounds": [ground], "notice_days": 15})
    due = deadline(law, [received(date(2026, 6, 1)), parse_event("extended:2026-06-29:9(9):10:oversight")])
    assert due.raw == date(2026, 7, 11)
    assert due.steps[2].in_("en").endswith("[unsure: to be checked]")
    assert due.steps[2].in_("fr").endswith("[incertain\N{NO-BREAK SPACE}: à vérifier]")
    assert due.confidence == "unsure"
    assert law.extension
    assert law.extension.grounds[0].verified is None, "nobody has verified an unsure value"


@pytest.mark.parametrize(("days", "told"), [(30, False), (31, True)])
def test_the_review_body_is_told_of_more_than_thirty_days_and_not_of_thirty(days: int, *, told: bool) -> None:
    events = [parse_event("received:2026-06-01"), parse_event(f"extended:2026-06-10:9(1)(b):{days}")]
    assert ("tell-oversight" in [step.code for step in deadline(ATIA, events).steps]) is told


@pytest.mark.parametrize(
    ("first", "last", "raw"),
    [(False, False, 12), (True, False, 11), (False, True, 11), (True, True, 10)],
)
def test_a_pack_says_whether_the_two_ends_of_a_stop_run(
    changed: Changed, raw: int, *, first: bool, last: bool
) -> None:
    law = changed(suspensions=[{**ATIA_STOP, "first_day_runs": first, "last_day_runs": last}])
    story = ["received:2026-06-01", "suspended:2026-06-10:6.1(1.2)", "resumed:2026-06-20"]
    # without a stop, 1 July; 10 to 20 June are eleven days with both ends, nine without
    assert deadline(law, [parse_event(event) for event in story]).raw == date(2026, 7, raw)


@pytest.mark.parametrize(("extends", "limit"), [(True, date(2026, 7, 20)), (False, date(2026, 6, 19))])
def test_an_extension_lengthens_a_transfer_only_where_the_law_says_so(
    changed: Changed, limit: date, *, extends: bool
) -> None:
    law = changed(transfer={"extends": extends})
    due = deadline(law, [received(date(2026, 6, 4)), parse_event("extended:2026-06-10:9(1)(a):30")])
    assert next(each for each in due.other_dates if each.id == "transfer").statute_on == limit


def test_a_clock_stopped_on_the_day_that_a_sunday_moved_to_keeps_one_day() -> None:
    stopped = ["received:2026-05-29", "suspended:2026-06-29:6.1(1.2)"]
    standing = deadline(ATIA, [parse_event(event) for event in stopped])
    assert (standing.standing, standing.days_left) == (Standing.STOPPED, 1)
    again = standing.after(parse_event("resumed:2026-07-10"))
    assert (again.statute_due, again.policy_due) == (date(2026, 7, 11), date(2026, 7, 13))


def test_stops_that_overlap_are_passed_over_once(changed: Changed) -> None:
    rule = {**ATIA_STOP, "ref": "fee", "starts_with": "fee-estimated", "ends_with": ["fee-paid"]}
    law = changed(suspensions=[ATIA_STOP, rule])
    story = ["received:2026-06-01", "suspended:2026-06-10:6.1(1.2)", "fee-estimated:2026-06-15"]
    story += ["resumed:2026-06-20", "fee-paid:2026-06-25"]
    # 2-9 June run (8); 10 to 25 June stand; 22 more after the 25th: 5 in June, 17 July
    assert deadline(law, [parse_event(event) for event in story]).raw == date(2026, 7, 17)


def test_a_text_that_is_no_event_is_explained() -> None:
    with pytest.raises(Refused, match="Write kind:YYYY-MM-DD"):
        parse_event("prolonged:2026-06-01")
    with pytest.raises(Refused, match="Write kind:YYYY-MM-DD"):
        parse_event("extended:yesterday")
    event = parse_event("extended:2026-06-20:9(1)(b):60:head")
    assert event == Event(Kind.EXTENDED, date(2026, 6, 20), "9(1)(b)", 60, Role.HEAD)
    assert parse_event(str(event)) == event


def test_a_place_that_is_not_known_is_refused() -> None:
    with pytest.raises(Refused, match="no place named atlantis"):
        place_chain("atlantis")
    assert [place.id for place in place_chain("on-ottawa")] == ["on-ottawa", "on"]

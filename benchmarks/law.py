"""How many deadlines a second one core computes. Run by `make bench`; asks for at least 100,000 for a simple case."""

import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

from parvis.law import Event, Kind, Pack, deadline, pack, place_chain, received

ROUNDS = 5
CASES = 20_000
WANTED = 100_000
FIRST = date(2023, 1, 1)


def simple(law: Pack, day: date) -> None:
    """Count a case that was received and nothing else."""
    deadline(law, [received(day)])


def with_events(law: Pack, day: date) -> None:
    """Count a case that was suspended, resumed and extended."""
    deadline(
        law,
        [
            received(day),
            Event(Kind.SUSPENDED, day + timedelta(5), "6.1(1.2)"),
            Event(Kind.RESUMED, day + timedelta(12)),
            Event(Kind.EXTENDED, day + timedelta(20), "9(1)(b)", 60),
        ],
    )


def explained(law: Pack, day: date) -> None:
    """Count a simple case in Ottawa and write its steps in both languages."""
    for step in deadline(law, [received(day)], place_chain("on-ottawa")).steps:
        assert step.text


def rate(work: Callable[[Pack, date], None], cases: int) -> float:
    """Return the best of a few rounds, in cases a second of this process."""
    law = pack("ca-atia")
    days = [FIRST + timedelta(at % 3650) for at in range(cases)]
    work(law, days[0])
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for day in days:
            work(law, day)
        best = min(best, time.process_time() - began)
    return cases / best


def main() -> int:
    """Print the rates; return 1 when the simple case is slower than wanted."""
    found = rate(simple, CASES)
    print(f"law: {found:,.0f} simple deadlines a second on one core (wanted {WANTED:,})")
    print(f"law: {rate(with_events, CASES // 4):,.0f} with a suspension and an extension")
    print(f"law: {rate(explained, CASES // 10):,.0f} explained in both languages")
    return 0 if found >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())

"""The board of institutions at 8, 150 and 2,000: questions to the database and time, beside asking for each in turn.

On an embedded database made for this and thrown away. Beside the board stands the way that comes to mind first:
the same facts and the same list of what is missing, asked for one institution after the other (N+1). Both answer
the same; the middle of five runs counts, and of one run where it takes more than five seconds.
"""

import statistics
import sys
import time
from collections.abc import Callable

from benchmarks.thrown_away import a_database
from parvis.core.actor import Actor

SIZES = (8, 150, 2000)
RUNS, LONG = 5, 5.0  # seconds
MOST_QUESTIONS, MOST_SECONDS = 10, 2.0  # for the board, at every size


def timed(work: Callable[[], object]) -> tuple[int, float, object]:
    """Return how many questions the work asks, its seconds (the middle of some runs), and what it returns."""
    from django.db import connection  # noqa: PLC0415  # after Django is set up

    asked = 0

    def count(execute: Callable[..., object], *given: object) -> object:
        nonlocal asked
        asked += 1
        return execute(*given)

    with connection.execute_wrapper(count):  # also warms up
        answer = work()
    seconds: list[float] = []
    while len(seconds) < RUNS and (not seconds or seconds[0] < LONG):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return asked, statistics.median(seconds), answer


def measure() -> int:
    """Print the table; 1 when the board asks or takes too much, or the two ways answer differently."""
    from django.db import transaction  # noqa: PLC0415  # after Django is set up

    from parvis.institutions.checklist import checklist  # noqa: PLC0415  # as above
    from parvis.institutions.models import Institution, Onboarding  # noqa: PLC0415  # as above
    from parvis.institutions.queries.board import BoardFilter, board, board_export  # noqa: PLC0415  # as above
    from parvis.institutions.queries.onboarding import COLUMNS, facts_of  # noqa: PLC0415  # as above
    from tests.institutions.many import many_institutions  # noqa: PLC0415  # as above

    actor = Actor.system("benchmark")

    def one_by_one() -> dict[str, int]:
        missing = {}
        for row in Institution.objects.filter(state="active"):
            own = Onboarding.objects.filter(institution=row).values(*COLUMNS).first()
            missing[row.slug] = len(checklist(facts_of([own])[row.pk]).missing) if own else 0
        return missing

    print("| institutions | way | questions | ms |\n|---|---|---|---|")
    worst = 0
    for size in SIZES:
        with transaction.atomic():
            many_institutions(size)
            questions, seconds, _page = timed(lambda: board(actor, BoardFilter()))
            print(f"| {size:,} | the board, its first page | {questions} | {seconds * 1000:,.0f} |")
            worst |= questions > MOST_QUESTIONS or seconds > MOST_SECONDS
            asked, took, told = timed(one_by_one)
            print(f"| {size:,} | one by one (N+1) | {asked:,} | {took * 1000:,.0f} |")
            ours = {line.slug: len(line.checklist.missing) for line in board_export(actor, BoardFilter())}
            worst |= ours != told
            transaction.set_rollback(True)  # the next size begins with none
    return int(worst)


def main() -> int:
    """Make a database, measure on it, and throw it away."""
    with a_database():
        return measure()


if __name__ == "__main__":
    sys.exit(main())

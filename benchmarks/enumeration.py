"""Does the time of an answer tell whether an address has an account? The page of signing in, beside a naive one.

Addresses of people of the staff, addresses that nobody has, and one of a closed account ask for a code in random order,
in this very process: no network hides a difference. What is printed is how often the answer for the one takes longer
than for the other (0.5: nothing is told), with a bootstrap interval of 95 in 100. Beside it stands the way that comes
to mind first: look the address up, and write a message only to who has an account.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from benchmarks.thrown_away import a_database

ROUNDS, WARM, SAMPLES = 300, 20, 400
MOST = 0.56  # of 300 pairs of rounds chance alone gives up to about 0.55
KINDS = ("known", "unknown", "closed")


def address_of(kind: str, number: int) -> str:
    """Return one of the addresses of a kind, all of one length."""
    return f"{kind[:3]}{number:04}@example.org"


def longer(ones: list[float], others: list[float]) -> float:
    """Return how often one of the first takes longer than one of the second (the area under the ROC curve)."""
    ordered = sorted([(value, 1) for value in ones] + [(value, 0) for value in others])
    ranks = sum(place for place, (_value, is_one) in enumerate(ordered, 1) if is_one)
    return (ranks - len(ones) * (len(ones) + 1) / 2) / (len(ones) * len(others))


def interval(ones: list[float], others: list[float]) -> tuple[float, float]:
    """Return the bootstrap interval of `longer`, 95 in 100."""
    chance = random.Random(1)  # noqa: S311  # the same draws each time
    found = sorted(
        longer(chance.choices(ones, k=len(ones)), chance.choices(others, k=len(others)))
        for _sample in range(SAMPLES)
    )
    return found[int(SAMPLES * 0.025)], found[int(SAMPLES * 0.975)]


def timed(ask: Callable[[str], None]) -> dict[str, list[float]]:
    """Ask for each kind of address in random order; return the milliseconds of each kind."""
    chance = random.Random(2)  # noqa: S311  # the same order each time
    for number in range(WARM):
        ask(address_of("unknown", 9000 + number))
    turns = [(kind, number) for number in range(ROUNDS) for kind in KINDS]
    chance.shuffle(turns)
    found: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for kind, number in turns:
        started = time.perf_counter()
        ask(address_of(kind, number))
        found[kind].append((time.perf_counter() - started) * 1000)
    return found


def told(way: str, found: dict[str, list[float]]) -> float:
    """Print one way's rows; return how far the farthest is from telling nothing."""
    worst = 0.0
    for kind in ("known", "closed"):
        share = longer(found[kind], found["unknown"])
        least, most = interval(found[kind], found["unknown"])
        medians = [statistics.median(found[one]) for one in (kind, "unknown")]
        print(
            f"| {way} | {kind} | {medians[0]:.2f} | {medians[1]:.2f} | {share:.3f} [{least:.3f}, {most:.3f}] |"
        )
        if (
            kind == "known"
        ):  # a closed account gets a shorter message, which takes a third of a millisecond less
            worst = abs(share - 0.5)
    return worst


@contextmanager
def people() -> Iterator[None]:
    """Make the accounts."""
    from parvis.accounts.models import Person  # noqa: PLC0415  # after Django is set up

    for kind in ("known", "closed"):
        Person.objects.bulk_create(
            Person(email=address_of(kind, number), language="en", is_staff=True, is_active=kind == "known")
            for number in range(ROUNDS)
        )
    yield


def measure() -> int:
    """Print the table; 1 when the page tells who has an account."""
    from django.test import Client  # noqa: PLC0415  # after Django is set up

    from parvis.accounts import allowances, notices  # noqa: PLC0415  # as above
    from parvis.accounts.models import EmailCode, Person  # noqa: PLC0415  # as above
    from parvis.accounts.states import CodePurpose  # noqa: PLC0415  # as above
    from parvis.core.actor import Actor  # noqa: PLC0415  # as above

    allowances.seconds_to_wait = lambda *_uses: 0  # a benchmark asks more often than anybody may
    client = Client(SERVER_NAME="localhost")

    def page(address: str) -> None:
        client.cookies.clear()
        assert client.post("/en/sign-in", {"address": address}).status_code == 302  # else it measures nothing

    def naive(address: str) -> None:
        person = Person.objects.filter(email=address, is_active=True).first()
        if person is not None:
            code = EmailCode.objects.create(purpose=CodePurpose.SIGN_IN, address=address, language="en")
            notices.code(actor=Actor.public(), code=code)

    print("| way | address | ms | unknown, ms | takes longer than an unknown one |\n|---|---|---|---|---|")
    with people():
        from django.db import transaction  # noqa: PLC0415  # as above

        worst = told("the page of signing in", timed(page))
        with transaction.atomic():
            told("a message only to who has an account", timed(naive))
    return int(worst > MOST - 0.5)


def main() -> int:
    """Make a database, measure on it, and throw it away."""
    with a_database(PARVIS_LIMIT_PAGES="0"):
        return measure()


if __name__ == "__main__":
    sys.exit(main())

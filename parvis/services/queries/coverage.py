"""Which fiscal years are only begun: a few records of a new year must not pass for the state of all services."""

from collections.abc import Sequence
from dataclasses import dataclass

from parvis.services.indicators.evaluator import EVERYONE
from parvis.services.queries.figures import results

LEAST_SHARE = 0.5  # of the services of the last whole year: with fewer, departments are still reporting


@dataclass(frozen=True, slots=True)
class PartialYear:
    """A year of which fewer than half of the services of the whole year before it have been reported."""

    year: str
    services: int
    before: str
    services_before: int


def partial_years() -> dict[str, PartialYear]:
    """Return the years that are only begun, by name, each with the whole year that it falls short of."""
    found: dict[str, PartialYear] = {}
    before, count_before = "", 0
    for one in sorted(results(indicators=["services"], institution=EVERYONE), key=lambda one: one.year):
        count = int(one.numerator)
        if count < count_before * LEAST_SHARE:
            found[one.year] = PartialYear(one.year, count, before, count_before)
        else:
            before, count_before = one.year, count
    return found


def year_shown(asked: str, years: Sequence[str], begun: dict[str, PartialYear]) -> str:
    """Return the year that a page shows: the one asked for, else the last whole one, else the last; empty for none.

    `years` begin with the last. Raises LookupError for a year that is not among them.
    """
    if asked and asked not in years:
        raise LookupError(asked)
    return asked or next((year for year in years if year not in begun), years[0] if years else "")

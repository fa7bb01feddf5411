"""What an indicator says of one year: for all together, and for each institution, in one pass over the columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from parvis.services.indicators.columns import GAPS, Kinds, Numbers, Truths
from parvis.services.indicators.expression import Values, truths
from parvis.services.indicators.model import Amount, Indicator, Of, Version
from parvis.services.indicators.table import Table
from parvis.services.values import Kind

EVERYONE = ""  # the institution's key of a figure over all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The rows of one fiscal year, joined."""

    name: str
    services: Table
    standards: Table

    def rows(self, of: Of) -> Table:
        """Return the rows that an indicator reads."""
        return self.standards if of is Of.STANDARDS else self.services


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """What a figure would be under another accepted denominator."""

    id: str
    numerator: float
    denominator: float

    @property
    def value(self) -> float | None:
        """The value, or None where the denominator is nothing."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One indicator in one year, of one institution or of all (`institution` empty).

    `rows` is how many rows are in scope; `measured` of how many of them the fields say something; `gaps` why the
    others say nothing. `value` is a ratio for a share, never a percentage; None where nothing was measured.
    """

    indicator: str
    version: int
    year: str
    institution: str
    numerator: float
    denominator: float | None
    value: float | None
    rows: int
    measured: int
    gaps: Mapping[Kind, int]
    alternatives: tuple[Alternative, ...] = field(default=())


def evaluate(indicator: Indicator, year: Year) -> dict[str, Result]:
    """Return the results of `indicator` in `year` by institution, EVERYONE included; empty where it has no definition.

    An institution without a row in scope has no result.
    """
    version = indicator.version_in(year.name)
    if version is None:
        return {}
    table = year.rows(indicator.of)
    parts = _Parts.of(version, table)
    sums = _Sums(table, parts.scope)
    others = [
        (
            other.id,
            sums.of(other.run_numerator(table)) if other.run_numerator else sums.of(parts.numerator),
            sums.of(other.run(table)),
        )
        for other in version.others
    ]
    numerators = (
        sums.distinct(version.distinct, parts.numerator) if version.distinct else sums.of(parts.numerator)
    )
    denominators = sums.of(parts.denominator) if parts.denominator is not None else None
    rows = sums.of(np.ones(len(table)))
    gaps = {kind: sums.of(parts.gaps == number) for number, kind in enumerate(GAPS, start=1)}
    results = {}
    for place, institution in enumerate((*table.groups, EVERYONE)):
        if not rows[place] and institution != EVERYONE:
            continue
        denominator = float(denominators[place]) if denominators is not None else None
        numerator = float(numerators[place])
        missing = {gap: int(found[place]) for gap, found in gaps.items() if found[place]}
        measured = int(rows[place]) - sum(missing.values())
        results[institution] = Result(
            indicator=indicator.id,
            version=version.number,
            year=year.name,
            institution=institution,
            numerator=numerator,
            denominator=denominator,
            value=_value(indicator.kind, numerator, denominator, measured),
            rows=int(rows[place]),
            measured=measured,
            gaps=missing,
            alternatives=tuple(
                Alternative(id=name, numerator=float(above[place]), denominator=float(below[place]))
                for name, above, below in others
            ),
        )
    return results


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedRow:
    """A row in scope and how it counts: what it adds above and below, and why it says nothing, if so."""

    key: str
    institution: str
    numerator: float
    denominator: float | None
    gap: Kind | None


def counted_rows(indicator: Indicator, year: Year, institution: str = EVERYONE) -> tuple[CountedRow, ...]:
    """Return every row in scope with what it adds to the figure: what a figure opens."""
    version = indicator.version_in(year.name)
    if version is None:
        return ()
    table = year.rows(indicator.of)
    parts = _Parts.of(version, table)
    kept = parts.scope.copy()
    if institution != EVERYONE:
        kept &= np.array([name == institution for name in table.institutions], dtype=np.bool_)
    places = np.flatnonzero(kept)
    above = np.nan_to_num(parts.numerator[places].astype(np.float64)).tolist()
    below = (
        [None] * len(places)
        if parts.denominator is None
        else np.nan_to_num(parts.denominator[places].astype(np.float64)).tolist()
    )
    return tuple(
        CountedRow(
            key=table.keys[place],
            institution=table.institutions[place],
            numerator=numerator,
            denominator=denominator,
            gap=GAPS[gap - 1] if gap else None,
        )
        for place, numerator, denominator, gap in zip(
            places.tolist(), above, below, parts.gaps[places].tolist(), strict=True
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    scope: Truths
    numerator: Values
    denominator: Values | None
    gaps: Kinds

    @classmethod
    def of(cls, version: Version, table: Table) -> "_Parts":
        """Run the formulas of a definition over a table."""
        return cls(
            scope=truths(version.run_scope(table)),
            numerator=version.run_numerator(table),
            denominator=version.run_denominator(table) if version.run_denominator else None,
            gaps=_gaps(table, version.measured_by),
        )


class _Sums:
    """Adds columns over the rows in scope: for each institution in the order of the table, then for all."""

    def __init__(self, table: Table, scope: Truths) -> None:
        self.table, self.scope = table, scope
        self.places = table.places[scope]

    def of(self, column: Values) -> Numbers:
        """Add a column up; what is not measured adds nothing."""
        kept = np.nan_to_num(column[self.scope].astype(np.float64), nan=0.0)
        grouped = np.bincount(self.places, weights=kept, minlength=len(self.table.groups))
        return np.append(grouped, kept.sum())

    def distinct(self, name: str, counted: Values) -> Numbers:
        """Count the different codes of a field among the rows that count."""
        kept = self.scope & truths(counted)
        per = [
            len(self.table.distinct(name, kept & (self.table.places == place)))
            for place in range(len(self.table.groups))
        ]
        return np.array([*per, len(self.table.distinct(name, kept))], dtype=np.float64)


def _gaps(table: Table, fields: tuple[str, ...]) -> Kinds:
    """Return why each row is not measured, 0 where one of the fields says something."""
    if not fields:
        return np.zeros(len(table), dtype=np.uint8)
    kinds = np.stack([table.gaps(name) for name in fields])
    worst: Kinds = kinds.max(axis=0)
    return np.where((kinds == 0).any(axis=0), 0, worst).astype(np.uint8)


def _value(kind: Amount, numerator: float, denominator: float | None, measured: int) -> float | None:
    if kind in (Amount.COUNT, Amount.SUM):
        return numerator if measured or kind is Amount.COUNT else None
    return numerator / denominator if denominator else None

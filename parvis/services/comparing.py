"""What an edition changed, as its page shows it: the rows by name, and why the figures moved."""

from collections import defaultdict
from dataclasses import dataclass

from parvis.core.bilingual import Text
from parvis.services import wording
from parvis.services.editions.difference import CellChange, Difference
from parvis.services.editions.freezing import FrozenRow
from parvis.services.indicators.reading import register
from parvis.services.lines import figure_url
from parvis.services.queries.editions import Comparison, EditionItem, FigureChange
from parvis.services.values import fiscal_year
from parvis.theme.page import current_language

AT_MOST = 200  # rows of one kind; the whole list is in the API


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRow:
    """A row that changed, with its cells; or that went or came, without."""

    name: Text
    identifier: str
    public_id: str
    is_standard: bool
    year: str
    cells: tuple[CellChange, ...] = ()
    is_unit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedFigure:
    """A figure before and after."""

    name: str
    before: str
    after: str
    before_told: str
    after_told: str
    before_url: str
    after_url: str
    is_moved: bool  # as written: not only behind the decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What changed among services, or among standards."""

    is_standards: bool
    difference: Difference
    went: tuple[ChangedRow, ...]
    came: tuple[ChangedRow, ...]
    numbers: tuple[ChangedRow, ...]
    verdicts: tuple[ChangedRow, ...]
    others: tuple[ChangedRow, ...]
    units: tuple[ChangedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A comparison as its page shows it."""

    before: EditionItem
    after: EditionItem
    parts: tuple[Part, ...]
    figures: tuple[MovedFigure, ...]
    units: tuple[ChangedRow, ...]


def shown(found: Comparison) -> Shown:
    """Return a comparison as its page shows it."""
    parts = (_part(found.standards, is_standards=True), _part(found.services, is_standards=False))
    return Shown(
        before=found.before,
        after=found.after,
        parts=parts,
        figures=tuple(
            _moved(one, found.before, found.after) for one in found.figures if one.before and one.after
        ),
        units=tuple(row for part in parts for row in part.units),
    )


def _part(difference: Difference, *, is_standards: bool) -> Part:
    units = {row.place for row in difference.units}
    return Part(
        is_standards=is_standards,
        difference=difference,
        went=tuple(_row(row) for row in difference.went[:AT_MOST]),
        came=tuple(_row(row) for row in difference.came[:AT_MOST]),
        numbers=_rows(difference.numbers, units),
        verdicts=_rows(difference.verdicts, units),
        others=_rows(difference.others, set()),
        units=_rows(tuple(cell for cell in difference.numbers if cell.row.place in units), units),
    )


def _rows(cells: tuple[CellChange, ...], units: set[tuple[bool, str, int]]) -> tuple[ChangedRow, ...]:
    grouped = defaultdict[tuple[bool, str, int], list[CellChange]](list)
    for cell in cells:
        grouped[cell.row.place].append(cell)
    return tuple(
        _row(some[0].row, tuple(some), is_unit=place in units)
        for place, some in list(grouped.items())[:AT_MOST]
    )


def _row(row: FrozenRow, cells: tuple[CellChange, ...] = (), *, is_unit: bool = False) -> ChangedRow:
    kind = "service_standard" if row.is_standard else "service_name"
    return ChangedRow(
        name=Text(row.cells.get(f"{kind}_en", ""), row.cells.get(f"{kind}_fr", "")),
        identifier=" · ".join(
            text
            for text in (row.cells.get("service_id", ""), row.cells.get("service_standard_id", ""))
            if text
        ),
        public_id=row.key,
        is_standard=row.is_standard,
        year=fiscal_year(row.year),
        cells=cells,
        is_unit=is_unit,
    )


def _moved(change: FigureChange, before: EditionItem, after: EditionItem) -> MovedFigure:
    indicator, language = register().indicators[change.indicator], current_language()
    values = [
        wording.value_of(indicator, one.value if one else None, language)
        for one in (change.before, change.after)
    ]
    said = [wording.told(indicator, one, language) if one else "" for one in (change.before, change.after)]
    return MovedFigure(
        name=indicator.name.in_(language),
        before=values[0],
        after=values[1],
        before_told=said[0],
        after_told=said[1],
        before_url=figure_url(indicator.id, before.fiscal_yr, edition=before.number),
        after_url=figure_url(indicator.id, after.fiscal_yr, edition=after.number),
        is_moved=values[0] != values[1],
    )

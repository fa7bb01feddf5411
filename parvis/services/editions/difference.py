"""What is different between two editions: rows that went and came, numbers and verdicts that changed. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from parvis.services.editions.freezing import FrozenRow

NUMBERS = frozenset({"target", "volume_meeting_target", "total_volume"})
VERDICT = "target_met"
DERIVED = frozenset({"performance", "num_applications_total"})  # follow from other numbers
UNIT = Decimal(1000)
NEARLY = Decimal("0.05")  # a volume also changes a little when its unit does


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """One cell that says something else. `is_unit` tells that it is a thousand times the other, or nearly."""

    row: FrozenRow  # as it is now
    field: str
    before: str
    after: str

    @property
    def is_number(self) -> bool:
        """Whether it is a reported number, not one that follows from others."""
        return (self.field in NUMBERS or self.field.startswith("num_")) and self.field not in DERIVED

    @property
    def is_unit(self) -> bool:
        """Whether the unit seems to have changed: by a thousand, up or down."""
        try:
            before, after = Decimal(self.before), Decimal(self.after)
        except InvalidOperation:
            return False
        if not before or not after:
            return False
        ratio = max(before, after) / min(before, after) / UNIT
        return abs(ratio - 1) <= NEARLY


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All that two editions do not share."""

    went: tuple[FrozenRow, ...]
    came: tuple[FrozenRow, ...]
    cells: tuple[CellChange, ...]

    def of(self, *, standards: bool) -> "Difference":
        """Return what concerns standards, or services."""
        return Difference(
            went=tuple(row for row in self.went if row.is_standard == standards),
            came=tuple(row for row in self.came if row.is_standard == standards),
            cells=tuple(cell for cell in self.cells if cell.row.is_standard == standards),
        )

    @property
    def numbers(self) -> tuple[CellChange, ...]:
        """The numbers that changed."""
        return tuple(cell for cell in self.cells if cell.is_number)

    @property
    def rows_with_other_numbers(self) -> int:
        """In how many rows a number changed."""
        return len({cell.row.place for cell in self.numbers})

    @property
    def verdicts(self) -> tuple[CellChange, ...]:
        """The verdicts that flipped."""
        return tuple(cell for cell in self.cells if cell.field == VERDICT)

    @property
    def others(self) -> tuple[CellChange, ...]:
        """The other fields that changed."""
        return tuple(
            cell
            for cell in self.cells
            if not cell.is_number and cell.field != VERDICT and cell.field not in DERIVED
        )

    @property
    def units(self) -> tuple[FrozenRow, ...]:
        """The rows of which a number seems to have changed its unit."""
        return tuple({cell.row.place: cell.row for cell in self.numbers if cell.is_unit}.values())

    def __bool__(self) -> bool:
        return bool(self.went or self.came or self.cells)


def difference(before: Iterable[FrozenRow], after: Iterable[FrozenRow]) -> Difference:
    """Return what is different, in the order of the keys."""
    old, new = {row.place: row for row in before}, {row.place: row for row in after}
    return Difference(
        went=tuple(old[place] for place in sorted(old.keys() - new.keys())),
        came=tuple(new[place] for place in sorted(new.keys() - old.keys())),
        cells=tuple(
            change for place in sorted(old.keys() & new.keys()) for change in _cells(old[place], new[place])
        ),
    )


def _cells(before: FrozenRow, after: FrozenRow) -> list[CellChange]:
    if before.digest == after.digest:
        return []
    found = [
        CellChange(
            row=after, field=field, before=before.cells.get(field, ""), after=after.cells.get(field, "")
        )
        for field in sorted(before.cells.keys() | after.cells.keys())
    ]
    found.append(
        CellChange(row=after, field="institution", before=before.institution, after=after.institution)
    )
    return [one for one in found if one.before != one.after]

"""Tables made of rows as text, by their official column names: what files and frozen editions hold."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from parvis.services.indicators.columns import CodeColumn, CodesColumn, Column, NumberColumn
from parvis.services.indicators.evaluator import Year
from parvis.services.indicators.model import FieldKind, Of, Register
from parvis.services.indicators.table import Table, join
from parvis.services.values import Kind

Row: TypeAlias = Mapping[str, str]
GAP_TEXTS = {kind.value: kind.value for kind in Kind if kind is not Kind.NUMBER}


def year_of_texts(register: Register, name: str, services: Sequence[Row], standards: Sequence[Row]) -> Year:
    """Return a year of plain rows: with `key`, `institution`, of a standard `service_key`. What is missing is blank."""
    tables = {
        of: Table(
            year=name,
            keys=[row["key"] for row in rows],
            institutions=[row.get("institution", "") for row in rows],
            columns={
                field: _column(kind, [row.get(field, "") for row in rows])
                for field, kind in register.fields[of].items()
            },
        )
        for of, rows in ((Of.SERVICES, services), (Of.STANDARDS, standards))
    }
    join(tables[Of.SERVICES], tables[Of.STANDARDS], [row["service_key"] for row in standards])
    return Year(name=name, services=tables[Of.SERVICES], standards=tables[Of.STANDARDS])


def _column(kind: FieldKind, cells: Sequence[str]) -> Column:
    if kind is FieldKind.CODE:
        return CodeColumn(cells)
    if kind is FieldKind.CODES:
        return CodesColumn([cell.split(",") if cell else [] for cell in cells])
    if kind is FieldKind.YEAR:
        return NumberColumn.of_years([int(cell[:4]) if cell[:4].isdigit() else None for cell in cells])
    return NumberColumn(
        [None if cell in GAP_TEXTS else float(cell) for cell in cells],
        [GAP_TEXTS.get(cell, Kind.NUMBER.value) for cell in cells],
    )

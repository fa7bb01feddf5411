"""The columns of a table: what a formula can ask of them. Three kinds: numbers, one code a row, several codes a row."""

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from parvis.services.values import Kind

Numbers: TypeAlias = NDArray[np.float64]
Truths: TypeAlias = NDArray[np.bool_]
Kinds: TypeAlias = NDArray[np.uint8]

GAPS = (Kind.NOT_APPLICABLE, Kind.BLANK, Kind.NO_DATA)
"""Why a row says nothing; of several reasons, the later one explains it. In a column each stands as its place + 1."""
NUMBER_OF = {Kind.NUMBER: 0, **{kind: place for place, kind in enumerate(GAPS, start=1)}}
NUMBER_OF_KIND = {kind.value: number for kind, number in NUMBER_OF.items()}
NUMBER_OF_TEXT = {kind.value: number for kind, number in NUMBER_OF.items() if kind is not Kind.NUMBER}


class Column(Protocol):
    """What every column can be asked."""

    def numbers(self) -> Numbers:
        """Return the numbers, NaN where there is none."""

    def gaps(self) -> Kinds:
        """Return why each row says nothing, 0 where it says something."""

    def has(self, code: str) -> Truths:
        """Return which rows have this code, alone or among others; "NA", "ND" and "" are asked for as codes too."""

    def codes(self, place: int) -> tuple[str, ...]:
        """Return the codes of one row; a gap has none."""


class NumberColumn:
    """Readings: a number and the kind of each. `kinds` are texts: number, NA, ND or blank."""

    def __init__(self, numbers: Sequence[object], kinds: Sequence[str]) -> None:
        self._numbers = np.array(numbers, dtype=np.float64)  # None becomes NaN
        self._gaps = np.array([NUMBER_OF_KIND[kind] for kind in kinds], dtype=np.uint8)

    @classmethod
    def of_years(cls, first_years: Sequence[int | None]) -> "NumberColumn":
        """Return fiscal years as the year in which each ends."""
        return cls(
            [None if year is None else year + 1 for year in first_years],
            [Kind.BLANK if year is None else Kind.NUMBER for year in first_years],
        )

    def numbers(self) -> Numbers:
        return self._numbers

    def gaps(self) -> Kinds:
        return self._gaps

    def has(self, code: str) -> Truths:
        return np.asarray(self._gaps == NUMBER_OF_TEXT.get(code, len(NUMBER_OF)), dtype=np.bool_)

    def codes(self, place: int) -> tuple[str, ...]:
        return () if self._gaps[place] else (f"{self._numbers[place]:g}",)


class CodeColumn:
    """One code a row: Y, N, NA, ND or blank, or any other word."""

    def __init__(self, codes: Sequence[str]) -> None:
        self._codes = np.array(codes, dtype=np.str_)
        self._gaps: Kinds | None = None

    def numbers(self) -> Numbers:
        return np.full(len(self._codes), np.nan)

    def gaps(self) -> Kinds:
        if self._gaps is None:
            self._gaps = np.zeros(len(self._codes), dtype=np.uint8)
            for text, number in NUMBER_OF_TEXT.items():
                self._gaps[self._codes == text] = number
        return self._gaps

    def has(self, code: str) -> Truths:
        found: Truths = self._codes == code
        return found

    def codes(self, place: int) -> tuple[str, ...]:
        code = str(self._codes[place])
        return () if code in NUMBER_OF_TEXT else (code,)


class CodesColumn:
    """Several codes a row. One that only says NA or ND is a gap, and so is one without any."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._rows = rows

    def numbers(self) -> Numbers:
        return np.full(len(self._rows), np.nan)

    def gaps(self) -> Kinds:
        return np.array(
            [NUMBER_OF_TEXT.get(",".join(row), 0) if len(row) <= 1 else 0 for row in self._rows],
            dtype=np.uint8,
        )

    def has(self, code: str) -> Truths:
        return np.array([code in row or (not row and not code) for row in self._rows], dtype=np.bool_)

    def codes(self, place: int) -> tuple[str, ...]:
        return tuple(code for code in self._rows[place] if code not in NUMBER_OF_TEXT)

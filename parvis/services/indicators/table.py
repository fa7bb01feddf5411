"""One year of rows as columns, so that a formula reads all rows at once."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from parvis.services.indicators.columns import Column, Kinds, Numbers, Truths

Places: TypeAlias = NDArray[np.int64]


class Table:
    """Rows of one kind of one year. `keys` names each row, `institutions` whose it is.

    For standards, `parents` is the service table of the same year and `parent_places` the row there, -1 where the
    service is not in it. For services, `children` gets the standards.
    """

    def __init__(
        self, *, year: str, keys: Sequence[str], institutions: Sequence[str], columns: Mapping[str, Column]
    ) -> None:
        self.year = year
        self.keys = tuple(keys)
        self.institutions = tuple(institutions)
        self.columns = columns
        self.terms: dict[str, Numbers | Truths] = {}  # what terms have given, each asked once
        self.parents: Table | None = None
        self.parent_places: Places = np.empty(0, dtype=np.int64)
        self.children: Table | None = None
        self._codes: dict[tuple[str, str], Truths] = {}
        self._gaps: dict[str, Kinds] = {}

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def ends_in(self) -> int:
        """The calendar year in which the fiscal year ends: 2024 for 2023-2024."""
        return int(self.year.rpartition("-")[2])

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The institutions that have a row, in the order of their keys."""
        return tuple(sorted(set(self.institutions)))

    @cached_property
    def places(self) -> Places:
        """For each row, the place of its institution in `groups`."""
        number = {name: place for place, name in enumerate(self.groups)}
        return np.array([number[name] for name in self.institutions], dtype=np.int64)

    def numbers(self, field: str) -> Numbers:
        """Return a column of numbers, NaN where there is none."""
        return self.columns[field].numbers()

    def gaps(self, field: str) -> Kinds:
        """Return why each row says nothing in a field; 0 where it says something."""
        if field not in self._gaps:
            self._gaps[field] = self.columns[field].gaps()
        return self._gaps[field]

    def has(self, field: str, code: str) -> Truths:
        """Return which rows have this code in a field."""
        if (field, code) not in self._codes:
            self._codes[field, code] = self.columns[field].has(code)
        return self._codes[field, code]

    def distinct(self, field: str, kept: Truths) -> frozenset[str]:
        """Return the different codes of a field among the rows kept."""
        column = self.columns[field]
        return frozenset(code for place in np.flatnonzero(kept) for code in column.codes(int(place)))


def join(services: Table, standards: Table, service_keys: Iterable[str]) -> None:
    """Tell both tables of each other. `service_keys` names, for each standard, the row of its service."""
    places = {key: place for place, key in enumerate(services.keys)}
    standards.parents, services.children = services, standards
    standards.parent_places = np.array([places.get(key, -1) for key in service_keys], dtype=np.int64)

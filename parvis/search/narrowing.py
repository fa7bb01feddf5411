"""Filters and facets: which of what matches is left, and how many each further choice would leave."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from parvis.core.bilingual import LANGUAGES, Text
from parvis.core.sort_key import fold, sort_key
from parvis.search.results import FACETS, Facet, FacetValue
from parvis.search.sources import registered
from parvis.search.store import Generation
from parvis.search.words import Numbers

Mask = npt.NDArray[np.bool_]
MOST_VALUES = 200  # of one facet in an answer; chosen ones are always there


class Narrowing:
    """The filters of one question, applied to what matches."""

    def __init__(
        self, generation: Generation, numbers: Numbers, filters: Mapping[str, Sequence[str]]
    ) -> None:
        self._generation = generation
        self._columns = generation.columns[numbers]
        self._filters = filters
        self._masks = {name: self._mask(name, values) for name, values in filters.items()}

    def kept(self, *, but: str = "") -> Mask:
        """Return which of what matches the filters leave, all of them but one facet's own."""
        mask = np.ones(len(self._columns), bool)
        for name, own in self._masks.items():
            if name != but:
                mask &= own
        return mask

    def facets(self) -> tuple[Facet, ...]:
        """Return each facet with its counts; a facet is counted without its own filter, so that a choice can change."""
        return tuple(Facet(name, self._values(name, self._columns[self.kept(but=name)])) for name in FACETS)

    def _mask(self, name: str, values: Sequence[str]) -> Mask:
        columns = self._columns
        if name == "language":
            bits = sum(1 << LANGUAGES.index(value) for value in values if value in LANGUAGES)
            return np.asarray((columns["languages"] & bits) > 0)
        if name == "year":
            return np.isin(
                columns["year"], [int(value) for value in values if value.isdecimal()][:MOST_VALUES]
            )
        codes = self._generation.state.codes[name]
        return np.isin(columns[name], [codes.index(value) for value in values if value in codes])

    def _values(self, name: str, columns: npt.NDArray[np.void]) -> tuple[FacetValue, ...]:
        chosen = set(self._filters.get(name, ()))
        found: dict[str, int]
        if name == "language":
            bits = columns["languages"]
            found = {str(language): int(((bits >> bit) & 1).sum()) for bit, language in enumerate(LANGUAGES)}
        elif name == "year":
            years, counts = np.unique(columns["year"][columns["year"] > 0], return_counts=True)
            found = {str(year): int(count) for year, count in zip(years[::-1], counts[::-1], strict=True)}
        else:
            codes = self._generation.state.codes[name]
            tally = np.bincount(columns[name], minlength=len(codes))
            found = {codes[code]: int(tally[code]) for code in np.flatnonzero(tally) if codes[code]}
        for value in chosen - set(found):
            found[value] = 0
        values = [
            FacetValue(value, self._title(name, value), count, value in chosen)
            for value, count in found.items()
        ]
        if name not in ("year", "language"):
            values.sort(key=lambda one: (-one.count, sort_key(one.title.en)))
        return tuple(values[:MOST_VALUES]) + tuple(one for one in values[MOST_VALUES:] if one.is_chosen)

    def _title(self, name: str, value: str) -> Text:
        if name == "kind":
            source = registered().get(value)
            return source.title if source else Text(value, value)
        if name == "language":
            return {"en": Text("English", "Anglais"), "fr": Text("French", "Français")}.get(
                value, Text(value, value)
            )
        titles = self._generation.state.titles.get(name, {}).get(value)
        return Text(*titles) if titles else Text(value, value)


def institutions_named(generation: Generation, name: str) -> list[str]:
    """Return the institutions that `institution:name` means: by slug, acronym, or a part of the title."""
    wanted = fold(name).strip()
    titles = generation.state.titles["institution"]
    exact = [slug for slug in titles if fold(slug) == wanted] + generation.state.acronyms.get(wanted, [])
    if exact:
        return exact
    by_part = [slug for slug in titles if wanted in slug.split("-")]
    return by_part or [slug for slug, both in titles.items() if any(wanted in fold(title) for title in both)]

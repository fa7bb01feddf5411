"""What the register holds, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from parvis.core.bilingual import Text
from parvis.services.indicators.expression import Compiled, names_in


class Of(StrEnum):
    """Which rows an indicator reads."""

    SERVICES = "services"
    STANDARDS = "standards"


class Amount(StrEnum):
    """What its value is."""

    COUNT = "count"  # how many rows, or different names
    SUM = "sum"  # what a field adds up to
    SHARE = "share"  # a part of a whole, shown in per cent
    MEAN = "mean"  # so much for each, shown with its unit


class FieldKind(StrEnum):
    """What a field holds."""

    NUMBER = "number"
    CODE = "code"
    CODES = "codes"
    YEAR = "year"


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Denominator:
    """Another whole that is accepted too. `numerator` is empty where it is the usual one."""

    id: str
    numerator: str
    formula: str
    name: Text
    run_numerator: Compiled | None
    run: Compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One definition, in force from a fiscal year until another or for good.

    `told` is the sentence of the figure with {numerator} and {denominator} in it, and {numerator:one|many} for words
    that agree with them (`wording.sentence`). `change` says what is different from
    the version before; `note` what a reader has to know of these years.
    """

    number: int
    from_year: str
    until_year: str
    scope: str
    numerator: str
    denominator: str
    distinct: str  # a field whose different codes are counted, instead of rows
    measured_by: tuple[str, ...]
    told: Text
    change: Text
    others: tuple[Denominator, ...]
    run_scope: Compiled
    run_numerator: Compiled
    run_denominator: Compiled | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One thing that is counted, under every definition that it has had."""

    id: str
    name: Text
    sentence: Text
    numerator: Text
    denominator: Text
    family: str
    of: Of
    kind: Amount
    unit: Text
    unit_of_one: Text
    direction: Direction
    source: Text
    is_public: bool  # whether dashboards list it; all have their pages
    versions: tuple[Version, ...]

    def version_in(self, year: str) -> Version | None:
        """Return the definition in force in a fiscal year, or None where the indicator has none then."""
        for version in self.versions:
            if version.from_year <= year and (not version.until_year or year <= version.until_year):
                return version
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of formulas."""

    name: str
    of: Of
    formula: str
    meaning: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Indicators that belong together on a page."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All indicators, in the order of the file, and the words of their formulas."""

    families: tuple[Family, ...]
    indicators: Mapping[str, Indicator]
    terms: tuple[Term, ...]
    fields: Mapping[Of, Mapping[str, FieldKind]]
    groups: Mapping[Of, Mapping[str, tuple[str, ...]]]

    def terms_of(self, version: Version) -> tuple[Term, ...]:
        """Return the terms that the formulas of a definition use, those that they are made of included."""
        names = self._names(version)
        return tuple(term for term in self.terms if term.name in names)

    def fields_of(self, version: Version) -> frozenset[str]:
        """Return the fields, of services and of standards, that a definition reads."""
        names = self._names(version)
        grouped = {
            field
            for groups in self.groups.values()
            for name in groups
            if name in names
            for field in groups[name]
        }
        known = {field for fields in self.fields.values() for field in fields}
        return frozenset((names | grouped | set(version.measured_by)) & known)

    def _names(self, version: Version) -> set[str]:
        formulas = {term.name: term.formula for term in self.terms}
        found = set[str]()
        waiting = [version.scope, version.numerator, version.denominator, version.distinct]
        waiting += [part for other in version.others for part in (other.numerator, other.formula)]
        while waiting:
            formula = waiting.pop()
            for name in names_in(formula) - found if formula else ():
                found.add(name)
                if name in formulas:
                    waiting.append(formulas[name])
        return found

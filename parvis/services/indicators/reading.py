"""From the data files to the register: parse, hold against the JSON Schema, compile every formula once."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from parvis.core.bilingual import Text
from parvis.services.indicators.expression import Compiled, Words, compiled
from parvis.services.indicators.model import (
    Amount,
    Denominator,
    Direction,
    Family,
    FieldKind,
    Indicator,
    Of,
    Register,
    Term,
    Version,
)

HERE = Path(__file__).parent
DATA = HERE.parent / "data"


class RegisterError(ValueError):
    """The register cannot be used: where, and why."""


@cache
def register() -> Register:
    """Return the register that comes with Parvis."""
    return read_register(DATA / "terms.yaml", DATA / "indicators.yaml")


def read_register(terms_file: Path, indicators_file: Path) -> Register:
    """Read a register. Raises RegisterError with every fault that the schema finds, FormulaError for a formula."""
    words, data = _parsed(terms_file), _parsed(indicators_file)
    schema = json.loads((HERE / "register.schema.json").read_text(encoding="utf-8"))
    errors = [
        f"{'/'.join(str(part) for part in error.path)}: {error.message[:200]}"
        for error in Draft202012Validator(schema).iter_errors(data)
    ]
    if errors:
        raise RegisterError(f"{indicators_file.name}: " + "; ".join(errors))
    language = _Language(words)
    indicators = {row["id"]: language.indicator(row, data) for row in data["indicators"]}
    if len(indicators) != len(data["indicators"]):
        raise RegisterError(f"{indicators_file.name}: two indicators bear one id")
    return Register(
        families=tuple(Family(id=row["id"], name=_text(row)) for row in data["families"]),
        indicators=indicators,
        terms=tuple(
            Term(name=row["term"], of=of, formula=row["formula"], meaning=_text(row))
            for of in Of
            for row in words["terms"][of.value]
        ),
        fields={of: {name: FieldKind(kind) for name, kind in words["fields"][of.value].items()} for of in Of},
        groups={of: {name: tuple(names) for name, names in words["groups"][of.value].items()} for of in Of},
    )


class _Language:
    """The words of formulas, and what they make of the file of indicators."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.groups = {
            of: {name: tuple(fields) for name, fields in words["groups"][of.value].items()} for of in Of
        }
        self.terms: dict[Of, dict[str, Compiled]] = {of: {} for of in Of}
        self.fields = {of: frozenset(words["fields"][of.value]) for of in Of}
        for of in (Of.STANDARDS, Of.SERVICES):  # a service's terms may count its standards
            for row in words["terms"][of.value]:
                self.terms[of][row["term"]] = compiled(row["formula"], self.words(of))

    def words(self, of: Of) -> Words:
        """Return the names that a formula over these rows may use."""
        is_standards = of is Of.STANDARDS
        return Words(
            fields=self.fields[of],
            groups=self.groups[of],
            terms=self.terms[of],
            parent_terms=self.terms[Of.SERVICES] if is_standards else {},
            child_terms={} if is_standards else self.terms[Of.STANDARDS],
        )

    def indicator(self, row: Mapping[str, Any], data: Mapping[str, Any]) -> Indicator:
        """Return one indicator with its formulas compiled."""
        of = Of(row["of"])
        for kind in ("source", "unit"):
            if row[kind] not in data[f"{kind}s"]:
                raise RegisterError(f"{row['id']}: there is no {kind} called {row[kind]}")
        return Indicator(
            id=row["id"],
            name=_text(row),
            sentence=_text(row["sentence"]),
            numerator=_text(row["numerator"]),
            denominator=_text(row.get("denominator")),
            family=row["family"],
            of=of,
            kind=Amount(row["kind"]),
            unit=_text(data["units"][row["unit"]]),
            unit_of_one=_text(data["units"][row["unit"]]["one"]),
            direction=Direction(row["direction"]),
            source=_text(data["sources"][row["source"]]),
            is_public=row["public"],
            versions=tuple(
                self._version(number, version, of) for number, version in enumerate(row["versions"], start=1)
            ),
        )

    def _version(self, number: int, row: Mapping[str, Any], of: Of) -> Version:
        words = self.words(of)
        denominator = row.get("denominator", "")
        return Version(
            number=number,
            from_year=row["from"],
            until_year=row.get("until", ""),
            scope=row["scope"],
            numerator=row["numerator"],
            denominator=denominator,
            distinct=row.get("distinct", ""),
            measured_by=self._fields(row["measured_by"], of),
            told=_text(row["told"]),
            change=_text(row.get("change")),
            others=tuple(self._other(other, words) for other in row.get("others", ())),
            run_scope=compiled(row["scope"], words),
            run_numerator=compiled(row["numerator"], words),
            run_denominator=compiled(denominator, words) if denominator else None,
        )

    @staticmethod
    def _other(row: Mapping[str, Any], words: Words) -> Denominator:
        numerator = row.get("numerator", "")
        return Denominator(
            id=row["id"],
            numerator=numerator,
            formula=row["denominator"],
            name=_text(row),
            run_numerator=compiled(numerator, words) if numerator else None,
            run=compiled(row["denominator"], words),
        )

    def _fields(self, names: list[str], of: Of) -> tuple[str, ...]:
        found = [field for name in names for field in self.groups[of].get(name, (name,))]
        if unknown := set(found) - self.fields[of]:
            raise RegisterError(f"measured_by: no field is called {', '.join(sorted(unknown))}")
        return tuple(found)


def _parsed(path: Path) -> dict[str, Any]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise RegisterError(f"{path.name} holds no mapping")
    return data


def _text(row: Mapping[str, Any] | None) -> Text:
    return Text(row["en"], row["fr"]) if row else Text()

"""The language of formulas: a small part of Python's, read by its own parser and applied to whole columns.

    'EXTERN' in service_scope and number_of(points, 'Y') >= 1

Names are fields of the official files, groups of fields, or terms of the register. `and`, `or`, `not`, comparisons,
`+ - * /` and these functions: `total(a, b, …)` adds what is measured; `measured(field)`; `any_measured(group)`;
`number_of(group, 'Y')` counts cells with that code; `standards(term)` counts a service's standards for which the
term holds; `service.term` asks the service of a standard. A comparison with what is not measured does not hold.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from parvis.services.indicators.columns import Numbers, Truths
from parvis.services.indicators.table import Table

Values: TypeAlias = Numbers | Truths
Compiled: TypeAlias = Callable[[Table], Values]

COMPARISONS: Mapping[type[ast.cmpop], Callable[[Values, Values], Values]] = {
    ast.GtE: operator.ge,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.Lt: operator.lt,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
ARITHMETIC: Mapping[type[ast.operator], Callable[[Values, Values], Values]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class FormulaError(ValueError):
    """A formula that the register holds cannot be read; the message says where."""


@dataclass(frozen=True, slots=True)
class Words:
    """What names may stand in a formula over one kind of row."""

    fields: frozenset[str]
    groups: Mapping[str, tuple[str, ...]]
    terms: Mapping[str, Compiled]
    parent_terms: Mapping[str, Compiled]
    child_terms: Mapping[str, Compiled]


def compiled(formula: str, words: Words) -> Compiled:
    """Return `formula` as a function of a table. Raises FormulaError when it is not in the language."""
    try:
        tree = ast.parse(formula.strip(), mode="eval").body
    except SyntaxError as error:
        raise FormulaError(f"{formula!r} is no formula: {error.msg}") from error
    return _Compiler(formula, words).read(tree)


def names_in(formula: str) -> frozenset[str]:
    """Return every name that stands in a formula: fields, groups, terms, and the terms that it asks of the service."""
    tree = ast.parse(formula.strip(), mode="eval")
    return frozenset(
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name)
    )


class _Compiler:
    """Reads one formula."""

    def __init__(self, formula: str, words: Words) -> None:
        self.formula, self.words = formula, words

    def read(self, node: ast.expr) -> Compiled:
        """Return what a part of the formula gives."""
        match node:
            case ast.Constant(value=int() | float() as value):
                return lambda table: np.full(len(table), float(value))
            case ast.Name(id=name):
                return self._name(name)
            case ast.Attribute(value=ast.Name(id="service"), attr=name) if name in self.words.parent_terms:
                return _of_service(self.words.parent_terms[name])
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return self._call(name, arguments)
        return self._operation(node)

    def _operation(self, node: ast.expr) -> Compiled:
        match node:
            case ast.BoolOp(op=op, values=values):
                return _all_of(
                    [self.read(value) for value in values],
                    np.logical_and if isinstance(op, ast.And) else np.logical_or,
                )
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                inner = self.read(operand)
                return lambda table: np.logical_not(truths(inner(table)))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
                return _pair(self.read(left), self.read(right), ARITHMETIC[type(op)])
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._comparison(left, op, right)
        raise FormulaError(f"{self.formula!r}: {ast.unparse(node)} is not in the language of formulas")

    def _name(self, name: str) -> Compiled:
        if name in self.words.terms:
            term = self.words.terms[name]
            return lambda table: _kept(table, name, term)
        if name == "year":
            return lambda table: np.full(len(table), float(table.ends_in))
        if name in self.words.fields:
            return lambda table: table.numbers(name)
        raise FormulaError(f"{self.formula!r}: nothing is called {name}")

    def _comparison(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Compiled:
        match left, op, right:
            case ast.Constant(value=str() as code), ast.In(), ast.Name(id=field):
                return self._code(field, code)
            case ast.Name(id=field), ast.Eq(), ast.Constant(value=str() as code):
                return self._code(field, code)
        if type(op) not in COMPARISONS:
            raise FormulaError(f"{self.formula!r}: this comparison is not in the language of formulas")
        return _pair(self.read(left), self.read(right), COMPARISONS[type(op)])

    def _code(self, field: str, code: str) -> Compiled:
        self._check(field)
        return lambda table: table.has(field, code)

    def _call(self, name: str, arguments: list[ast.expr]) -> Compiled:
        match name, arguments:
            case "total", [*parts] if parts:
                return _total([column for part in parts for column in self._each(part)])
            case "measured", [ast.Name(id=field)]:
                return _measured((self._check(field),))
            case "any_measured", [ast.Name(id=group)] if group in self.words.groups:
                return _measured(self.words.groups[group])
            case "number_of", [ast.Name(id=group), ast.Constant(value=str() as code)] if (
                group in self.words.groups
            ):
                return _number_of(self.words.groups[group], code)
            case "standards", []:
                return _children(None)
            case "standards", [ast.Name(id=term)] if term in self.words.child_terms:
                return _children(self.words.child_terms[term])
        raise FormulaError(f"{self.formula!r}: {name}(…) is not in the language of formulas, or not so")

    def _each(self, part: ast.expr) -> list[Compiled]:
        if isinstance(part, ast.Name) and part.id in self.words.groups:
            return [self._name(field) for field in self.words.groups[part.id]]
        return [self.read(part)]

    def _check(self, field: str) -> str:
        if field not in self.words.fields:
            raise FormulaError(f"{self.formula!r}: no field is called {field}")
        return field


def truths(column: Values) -> Truths:
    """Return a column as true or false; what is not measured is not true."""
    if column.dtype == np.bool_:
        return np.asarray(column, dtype=np.bool_)
    return np.asarray((column != 0) & ~np.isnan(column), dtype=np.bool_)


def _kept(table: Table, name: str, term: Compiled) -> Values:
    if name not in table.terms:
        table.terms[name] = term(table)
    return table.terms[name]


def _all_of(parts: list[Compiled], joined: Callable[[Truths, Truths], Truths]) -> Compiled:
    def run(table: Table) -> Values:
        found = truths(parts[0](table))
        for part in parts[1:]:
            found = joined(found, truths(part(table)))
        return found

    return run


def _pair(left: Compiled, right: Compiled, done: Callable[[Values, Values], Values]) -> Compiled:
    def run(table: Table) -> Values:
        with np.errstate(invalid="ignore", divide="ignore"):
            return done(left(table), right(table))

    return run


def _total(parts: list[Compiled]) -> Compiled:
    def run(table: Table) -> Values:
        found = np.zeros(len(table))
        for part in parts:
            found += np.nan_to_num(part(table).astype(np.float64), nan=0.0)
        return found

    return run


def _measured(fields: tuple[str, ...]) -> Compiled:
    def run(table: Table) -> Values:
        found = np.zeros(len(table), dtype=np.bool_)
        for field in fields:
            found |= table.gaps(field) == 0
        return found

    return run


def _number_of(fields: tuple[str, ...], code: str) -> Compiled:
    def run(table: Table) -> Values:
        found = np.zeros(len(table))
        for field in fields:
            found += table.has(field, code)
        return found

    return run


def _children(term: Compiled | None) -> Compiled:
    def run(table: Table) -> Values:
        standards = table.children
        if standards is None:
            return np.zeros(len(table))
        held = truths(term(standards)) if term else np.ones(len(standards), dtype=np.bool_)
        held = held & (standards.parent_places >= 0)
        return np.bincount(standards.parent_places[held], minlength=len(table)).astype(np.float64)

    return run


def _of_service(term: Compiled) -> Compiled:
    def run(table: Table) -> Values:
        services = table.parents
        if services is None:
            return np.zeros(len(table), dtype=np.bool_)
        column = term(services)
        empty = np.zeros(1, dtype=column.dtype)  # what a standard without its service is told: false, or zero
        return np.concatenate([column, empty])[table.parent_places]

    return run

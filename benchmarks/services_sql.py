"""Our formulas as SQL for DuckDB: every indicator over all years and institutions, in one statement each.

The tables have a column a field: numbers as doubles with `FIELD_kind` beside them, codes as text, several codes as
lists, fiscal years as the year in which they end.
"""

import ast
from dataclasses import dataclass

from parvis.services.indicators.model import FieldKind, Indicator, Of, Register, Version

OPERATORS = {
    ast.GtE: ">=", ast.LtE: "<=", ast.Gt: ">", ast.Lt: "<", ast.Eq: "=", ast.NotEq: "<>",
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sql:
    """Writes formulas over one kind of row; `table` is the alias of its row."""

    register: Register
    of: Of
    table: str

    def formula(self, text: str) -> str:
        """Return a formula as an SQL expression."""
        return self.node(ast.parse(text.strip(), mode="eval").body)

    def node(self, node: ast.expr) -> str:  # noqa: C901, PLR0911  # one case a part of the language
        """Return a part of a formula as an SQL expression."""
        match node:
            case ast.Constant(value=int() | float() as value):
                return f"{value}::DOUBLE"
            case ast.Name(id="year"):
                return f"{self.table}.ends_in"
            case ast.Name(id=name):
                return self.name(name)
            case ast.Attribute(attr=name):
                return f"coalesce({Sql(self.register, Of.SERVICES, 's').name(name)}, false)"
            case ast.BoolOp(op=op, values=values):
                word = " AND " if isinstance(op, ast.And) else " OR "
                return f"({word.join(f'coalesce({self.node(one)}, false)' for one in values)})"
            case ast.UnaryOp(operand=operand):
                return f"(NOT coalesce({self.node(operand)}, false))"
            case ast.BinOp(left=left, op=op, right=right):
                return f"({self.node(left)} {OPERATORS[type(op)]} {self.node(right)})"
            case ast.Compare(left=ast.Constant(value=str() as code), comparators=[ast.Name(id=field)]):
                return self.has(field, code)
            case ast.Compare(left=ast.Name(id=field), comparators=[ast.Constant(value=str() as code)]):
                return self.has(field, code)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return f"({self.node(left)} {OPERATORS[type(op)]} {self.node(right)})"
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self.call(name, arguments)
        raise ValueError(ast.unparse(node))

    def name(self, name: str) -> str:
        """Return a term or a field."""
        for term in self.register.terms:
            if term.name == name and term.of is self.of:
                return self.formula(term.formula)
        return f"{self.table}.{name}"

    def has(self, field: str, code: str) -> str:
        """Return whether a row has a code."""
        if self.register.fields[self.of][field] is FieldKind.CODES:
            return f"list_contains({self.table}.{field}, '{code}')"
        return f"({self.table}.{field} = '{code}')"

    def measured(self, field: str) -> str:
        """Return whether a field says something."""
        kind = self.register.fields[self.of][field]
        if kind in (FieldKind.NUMBER, FieldKind.YEAR):
            return f"({self.table}.{field} IS NOT NULL)"
        if kind is FieldKind.CODES:
            return f"(len({self.table}.{field}) > 0 AND {self.table}.{field} NOT IN (['NA'], ['ND']))"
        return f"({self.table}.{field} NOT IN ('NA', 'ND', ''))"

    def call(self, name: str, arguments: list[ast.expr]) -> str:
        """Return one of the functions of formulas."""
        groups = self.register.groups[self.of]
        ids = [one.id for one in arguments if isinstance(one, ast.Name)]
        match name:
            case "total":
                fields = [field for one in ids for field in groups.get(one, (one,))]
                return "(" + " + ".join(f"coalesce({self.name(field)}, 0)" for field in fields) + ")"
            case "measured":
                return self.measured(ids[0])
            case "any_measured":
                return "(" + " OR ".join(self.measured(field) for field in groups[ids[0]]) + ")"
            case "number_of":
                code = next(one.value for one in arguments if isinstance(one, ast.Constant))
                return (
                    "(" + " + ".join(f"({self.has(field, str(code))})::INT" for field in groups[ids[0]]) + ")"
                )
            case "standards":
                held = Sql(self.register, Of.STANDARDS, "t").name(ids[0]) if ids else "true"
                return (
                    f"(SELECT count(*) FROM standards t WHERE t.year = {self.table}.year "  # noqa: S608  # our own names
                    f"AND t.service_key = {self.table}.key AND {held})"
                )
        raise ValueError(name)


def statement(register: Register, indicator: Indicator, version: Version) -> str:
    """Return the statement that gives numerator, denominator and rows by year and institution, and by year alone."""
    sql = Sql(register, indicator.of, "r")
    rows = "standards r LEFT JOIN services s ON s.year = r.year AND s.key = r.service_key"
    if indicator.of is Of.SERVICES:
        rows = "services r"
    numerator = f"sum(coalesce(({sql.formula(version.numerator)})::DOUBLE, 0))"
    if version.distinct:
        field = f"r.{version.distinct}"
        is_list = register.fields[indicator.of][version.distinct] is FieldKind.CODES
        codes = f"flatten(list({field}))" if is_list else f"list({field})"
        numerator = f"len(list_filter(list_distinct({codes}), lambda x: x NOT IN ('NA', 'ND', '')))::DOUBLE"
    denominator = (
        f"sum(coalesce(({sql.formula(version.denominator)})::DOUBLE, 0))" if version.denominator else "NULL"
    )
    scope = f"coalesce({sql.formula(version.scope)}, false) AND r.ends_in > {int(version.from_year[:4])}"
    return (
        f"SELECT r.year, CASE WHEN grouping(r.institution) = 1 THEN '' ELSE r.institution END, "  # noqa: S608  # our own names
        f"{numerator}, {denominator}, count(*) FROM {rows} WHERE {scope} "
        "GROUP BY GROUPING SETS ((r.year, r.institution), (r.year))"
    )

"""Departments beside each other: never as a rank, always in alphabetical order with what each has measured."""

from dataclasses import dataclass

from parvis.core.bilingual import Language
from parvis.core.sort_key import sort_key
from parvis.institutions.queries import InstitutionReference, references_by_slug
from parvis.services.indicators.evaluator import Result
from parvis.services.queries.figures import results

COLUMNS = ("services", "standards-met", "online-end-to-end", "reviewed-in-five-years")


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentRow:
    """A department with a few figures of a year; one that it does not have is None."""

    institution: InstitutionReference
    results: tuple[Result | None, ...]


def department_rows(year: str, language: Language) -> tuple[DepartmentRow, ...]:
    """Return every department with services in a year, in alphabetical order of `language`."""
    found = [
        one
        for one in results(indicators=COLUMNS, years=[int(year[:4])])
        if one.institution and one.year == year
    ]
    known = references_by_slug({one.institution for one in found})
    by_place = {(one.institution, one.indicator): one for one in found}
    rows = [
        DepartmentRow(institution=institution, results=tuple(by_place.get((slug, name)) for name in COLUMNS))
        for slug, institution in known.items()
    ]
    return tuple(sorted(rows, key=lambda row: sort_key(row.institution.title.shown(language).text)))

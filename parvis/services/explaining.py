"""How a figure explains itself: its formula in words and as written, its other denominators, its rows, its editions."""

from dataclasses import dataclass

from parvis.core.bilingual import Text
from parvis.core.sort_key import sort_key
from parvis.institutions.queries import InstitutionReference, references_by_slug
from parvis.services import lines, wording
from parvis.services.indicators.evaluator import EVERYONE, CountedRow, Result
from parvis.services.indicators.model import Indicator, Of, Term, Version
from parvis.services.indicators.reading import register
from parvis.services.queries.editions import EditionItem, edition_figures, edition_list, edition_rows_counted
from parvis.services.queries.figures import results, rows_of
from parvis.services.queries.services import services_by_key, standards_by_key
from parvis.services.values import Kind, fiscal_year
from parvis.theme.page import current_language

PER_PAGE = 50
KINDS = ("counted", "not-counted", "na", "nd", "blank")
GAP_CODES = {Kind.NOT_APPLICABLE: "na", Kind.NO_DATA: "nd", Kind.BLANK: "blank"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A definition as a page shows it."""

    version: Version
    terms: tuple[Term, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """What a figure would be under another denominator, in words."""

    name: str
    value: str
    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row that a figure opens. `kind` is one of KINDS."""

    public_id: str
    name: Text
    service: Text  # of a standard: the name of its service
    is_standard: bool
    institution: InstitutionReference | None
    kind: str
    gap: str
    numerator: float
    denominator: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsPage:
    """One page of the rows. `counts` are by kind, before one is chosen."""

    rows: tuple[ShownRow, ...]
    counts: dict[str, int]
    kind: str
    page: int
    last_page: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """All that the page of a figure shows."""

    line: lines.FigureLine
    others: tuple[Other, ...]
    definition: Definition
    by_institution: tuple[tuple[InstitutionReference, lines.FigureLine], ...]
    rows: RowsPage
    edition: EditionItem | None
    editions: tuple[EditionItem, ...]
    years: tuple[str, ...]


def explained(
    indicator: Indicator, year: str, institution: str, *, edition: EditionItem | None, kind: str, page: int
) -> Explained | None:
    """Return a figure with all that explains it; None where there is none in that year."""
    first = int(year[:4])
    version = indicator.version_in(year)
    if version is None or year != fiscal_year(first):
        return None
    everything = _results(indicator, first, edition)
    result = next((one for one in everything if one.institution == institution), None)
    if result is None:
        return None
    counted = (
        edition_rows_counted(edition, indicator, institution)
        if edition
        else rows_of(indicator, first, institution)
    )
    through = results(indicators=[indicator.id], institution=institution)
    return Explained(
        line=lines.line(result, edition=edition.number if edition else None),
        others=_others(indicator, version, result),
        definition=definition(indicator, version),
        by_institution=_by_institution(everything, edition) if institution == EVERYONE else (),
        rows=_rows_page(indicator, counted, kind, page),
        edition=edition,
        editions=edition_list(first),
        years=tuple(sorted({one.year for one in through}, reverse=True)),
    )


def definition(indicator: Indicator, version: Version) -> Definition:
    """Return a definition with the terms and the fields that it uses."""
    return Definition(
        version=version,
        terms=tuple(term for term in register().terms_of(version) if term.of in (indicator.of, Of.SERVICES)),
        fields=tuple(sorted(register().fields_of(version))),
    )


def _results(indicator: Indicator, first: int, edition: EditionItem | None) -> list[Result]:
    if edition:
        return edition_figures(edition.public_id, institution=None, indicator=indicator.id)
    return results(indicators=[indicator.id], years=[first])


def _others(indicator: Indicator, version: Version, result: Result) -> tuple[Other, ...]:
    language = current_language()
    names = {one.id: one.name.in_(language) for one in version.others}
    return tuple(
        Other(
            name=names.get(one.id, one.id),
            value=wording.alternative_value(indicator, one, language),
            numerator=wording.amount(one.numerator, language),
            denominator=wording.amount(one.denominator, language),
        )
        for one in result.alternatives
        if one.value is not None
    )


def _by_institution(
    found: list[Result], edition: EditionItem | None
) -> tuple[tuple[InstitutionReference, lines.FigureLine], ...]:
    known = references_by_slug({one.institution for one in found if one.institution})
    language = current_language()
    shown = [
        (known[one.institution], lines.line(one, edition=edition.number if edition else None))
        for one in found
        if one.institution in known
    ]
    return tuple(sorted(shown, key=lambda pair: sort_key(pair[0].title.shown(language).text)))


def kind_of(row: CountedRow) -> str:
    """Return how a row counts: it says nothing for a reason, or adds something above, or does not."""
    if row.gap is not None:
        return GAP_CODES[row.gap]
    return "counted" if row.numerator else "not-counted"


def _rows_page(indicator: Indicator, counted: tuple[CountedRow, ...], kind: str, page: int) -> RowsPage:
    kinds = [kind_of(row) for row in counted]
    counts = {one: kinds.count(one) for one in KINDS if one in kinds}
    kind = kind if kind in counts else ""
    kept = [row for row, one in zip(counted, kinds, strict=True) if not kind or one == kind]
    kept.sort(key=lambda row: -row.numerator)
    last = max(1, -(-len(kept) // PER_PAGE))
    page = min(max(1, page), last)
    part = kept[(page - 1) * PER_PAGE : page * PER_PAGE]
    return RowsPage(
        rows=shown_rows(indicator, part), counts=counts, kind=kind, page=page, last_page=last, total=len(kept)
    )


def shown_rows(indicator: Indicator, rows: list[CountedRow]) -> tuple[ShownRow, ...]:
    """Return rows with the names of what they are of."""
    keys = [row.key for row in rows]
    is_standard = indicator.of is Of.STANDARDS
    standards = standards_by_key(keys) if is_standard else {}
    services = {} if is_standard else services_by_key(keys)
    known = references_by_slug({row.institution for row in rows if row.institution})
    nothing = (Text(), "", Text())
    return tuple(
        ShownRow(
            public_id=row.key,
            name=standards.get(row.key, nothing)[0] if is_standard else services.get(row.key, Text()),
            service=standards.get(row.key, nothing)[2],
            is_standard=is_standard,
            institution=known.get(row.institution),
            kind=kind_of(row),
            gap=wording.gap_name(row.gap, of=indicator.of) if row.gap is not None else "",
            numerator=row.numerator,
            denominator=row.denominator,
        )
        for row in rows
    )

"""Editions as pages, the API and the command show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from parvis.core.bilingual import Text
from parvis.services.editions.difference import Difference, difference
from parvis.services.indicators.evaluator import EVERYONE, CountedRow, Result, counted_rows
from parvis.services.indicators.model import Indicator
from parvis.services.indicators.reading import register
from parvis.services.models import Edition, EditionFigure
from parvis.services.queries.figures import as_result
from parvis.services.queries.frozen import edition_rows, frozen_year
from parvis.services.values import fiscal_year


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionItem:
    """An edition as a line of a list shows it."""

    public_id: str
    year: int
    number: int
    as_of: date
    published_at: datetime
    why: Text
    rows_hash: str
    services: int
    standards: int
    is_latest: bool

    @property
    def fiscal_yr(self) -> str:
        """The fiscal year as files write it."""
        return fiscal_year(self.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """A figure in two editions."""

    indicator: str
    before: Result | None
    after: Result | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What an edition changes from the one before it."""

    before: EditionItem
    after: EditionItem
    services: Difference
    standards: Difference
    figures: tuple[FigureChange, ...]  # of all institutions together; only those that changed


def edition_list(year: int | None = None) -> tuple[EditionItem, ...]:
    """Return the editions, the latest first, of one fiscal year or of all."""
    rows = Edition.objects.latest_first().select_related("next")
    return tuple(_item(row) for row in (rows.filter(year=year) if year is not None else rows))


def edition_detail(public_id: str) -> EditionItem | None:
    """Return an edition, or None."""
    row = Edition.objects.filter(public_id=public_id).select_related("next").first()
    return _item(row) if row else None


def edition_of(year: int, number: int) -> EditionItem | None:
    """Return the edition of this number of a year, or None."""
    row = Edition.objects.of_year(year).filter(number=number).select_related("next").first()
    return _item(row) if row else None


def edition_figures(
    public_id: str, *, institution: str | None = EVERYONE, indicator: str = ""
) -> list[Result]:
    """Return the figures that an edition published, in the order of the register; None for every institution."""
    rows = EditionFigure.objects.filter(edition__public_id=public_id).select_related("edition")
    if institution is not None:
        rows = rows.filter(institution=institution)
    if indicator:
        rows = rows.filter(indicator=indicator)
    order = {name: place for place, name in enumerate(register().indicators)}
    found = [as_result(row, row.edition.fiscal_yr) for row in rows.order_by("pk")]
    return sorted(found, key=lambda one: (order.get(one.indicator, len(order)), one.institution))


def comparison(public_id: str) -> Comparison | None:
    """Return what an edition changes from the one before it; None where it is the first, or there is none."""
    edition = Edition.objects.filter(public_id=public_id).select_related("previous__next", "next").first()
    if edition is None or edition.previous is None:
        return None
    found = difference(edition_rows(edition.previous), edition_rows(edition))
    return Comparison(
        before=_item(edition.previous),
        after=_item(edition),
        services=found.of(standards=False),
        standards=found.of(standards=True),
        figures=figure_changes(
            edition_figures(edition.previous.public_id), edition_figures(edition.public_id)
        ),
    )


def figure_changes(before: Sequence[Result], after: Sequence[Result]) -> tuple[FigureChange, ...]:
    """Return the figures that are not the same, in the order of the register."""
    old, new = {one.indicator: one for one in before}, {one.indicator: one for one in after}
    return tuple(
        FigureChange(indicator=name, before=old.get(name), after=new.get(name))
        for name in register().indicators
        if _says(old.get(name)) != _says(new.get(name))
    )


def _says(one: Result | None) -> tuple[float | None, ...] | None:
    return (one.numerator, one.denominator, one.value) if one else None


def _item(row: Edition) -> EditionItem:
    return EditionItem(
        public_id=row.public_id,
        year=row.year,
        number=row.number,
        as_of=row.as_of,
        published_at=row.published_at,
        why=row.why,
        rows_hash=row.rows_hash,
        services=row.services,
        standards=row.standards,
        is_latest=not hasattr(row, "next"),
    )


def edition_rows_counted(
    edition: EditionItem, indicator: Indicator, institution: str
) -> tuple[CountedRow, ...]:
    """Return the rows that a published figure opens, as they were frozen."""
    row = Edition.objects.get(public_id=edition.public_id)
    return counted_rows(indicator, frozen_year(edition_rows(row), edition.year), institution)

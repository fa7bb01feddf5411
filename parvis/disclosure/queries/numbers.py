"""Figures, each with what it counts, over how many of how many, and as of when."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q, Sum

from parvis.core.bilingual import Text
from parvis.disclosure import dispositions
from parvis.disclosure.models import ClassOfRecords, PersonalInformationBank, Source, Summary
from parvis.disclosure.models.summaries import SummaryQuerySet


@dataclass(frozen=True, slots=True)
class Coverage:
    """Over how many of how many a figure is counted."""

    known: int
    total: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return self.known == self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """How many summaries are of one year."""

    year: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DispositionCount:
    """How many summaries have one disposition."""

    code: str
    title: Text
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionNumbers:
    """What an institution's released summaries add up to.

    `released` counts summaries that stand; `as_of` is when the latest of their sources was read to its end. Years,
    dispositions and pages are counted over those that state them: `year_coverage` and the like say how many do.
    """

    released: int
    as_of: datetime | None
    by_year: tuple[YearCount, ...]
    year_coverage: Coverage
    by_disposition: tuple[DispositionCount, ...]
    disposition_coverage: Coverage
    pages: int
    page_coverage: Coverage
    invented: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the registers hold, for the home page. `institutions` counts those with a summary that stands."""

    summaries: int
    institutions: int
    jurisdictions: int
    unresolved: int  # summaries whose institution is not known
    first_year: int | None
    last_year: int | None
    pages: int
    page_coverage: Coverage
    classes_of_records: int
    personal_information_banks: int
    invented: int
    as_of: datetime | None


def institution_numbers(institution_id: int) -> InstitutionNumbers:
    """Count the summaries of one institution."""
    rows = Summary.objects.published().of_institution(institution_id)
    whole = rows.aggregate(
        total=Count("pk"),
        dated=Count("year"),
        disposed=Count("pk", filter=~Q(disposition="")),
        paged=Count("pages"),
        pages=Sum("pages"),
        invented=Count("pk", filter=Q(is_invented=True)),
        as_of=Max("source__last_loaded_at"),
    )
    total = whole["total"]
    return InstitutionNumbers(
        released=total,
        as_of=whole["as_of"],
        by_year=_years(rows),
        year_coverage=Coverage(whole["dated"], total),
        by_disposition=_dispositions(rows),
        disposition_coverage=Coverage(whole["disposed"], total),
        pages=whole["pages"] or 0,
        page_coverage=Coverage(whole["paged"], total),
        invented=whole["invented"],
    )


def totals() -> Totals:
    """Count what the registers hold now."""
    whole = Summary.objects.published().aggregate(
        total=Count("pk"),
        institutions=Count("institution", distinct=True),
        jurisdictions=Count("jurisdiction", distinct=True),
        unresolved=Count("pk", filter=Q(institution__isnull=True)),
        first=Min("year"),
        last=Max("year"),
        paged=Count("pages"),
        pages=Sum("pages"),
        invented=Count("pk", filter=Q(is_invented=True)),
    )
    return Totals(
        summaries=whole["total"],
        institutions=whole["institutions"],
        jurisdictions=whole["jurisdictions"],
        unresolved=whole["unresolved"],
        first_year=whole["first"],
        last_year=whole["last"],
        pages=whole["pages"] or 0,
        page_coverage=Coverage(whole["paged"], whole["total"]),
        classes_of_records=ClassOfRecords.objects.published().count(),
        personal_information_banks=PersonalInformationBank.objects.published().count(),
        invented=whole["invented"],
        as_of=Source.objects.aggregate(latest=Max("last_loaded_at"))["latest"],
    )


def _years(rows: SummaryQuerySet) -> tuple[YearCount, ...]:
    counted = rows.filter(year__isnull=False).order_by("year").values_list("year").annotate(count=Count("pk"))
    return tuple(YearCount(year=year, count=count) for year, count in counted)


def _dispositions(rows: SummaryQuerySet) -> tuple[DispositionCount, ...]:
    counted = dict(
        rows.exclude(disposition="")
        .order_by("disposition")
        .values_list("disposition")
        .annotate(count=Count("pk"))
    )
    return tuple(
        DispositionCount(code=code, title=dispositions.title(code), count=counted[code])
        for code in dispositions.Disposition.values
        if code in counted
    )

"""Reads for pages, for the API and for the rooms above."""

from parvis.disclosure.queries.loads import LoadItem, load_history
from parvis.disclosure.queries.numbers import (
    Coverage,
    DispositionCount,
    InstitutionNumbers,
    Totals,
    YearCount,
    institution_numbers,
    totals,
)
from parvis.disclosure.queries.summaries import (
    Citation,
    EarlierVersion,
    SummaryDetail,
    SummaryFilter,
    SummaryItem,
    WithdrawnRecord,
    filtered_summaries,
    items,
    latest_summaries,
    summary_detail,
)

__all__ = [
    "Citation",
    "Coverage",
    "DispositionCount",
    "EarlierVersion",
    "InstitutionNumbers",
    "LoadItem",
    "SummaryDetail",
    "SummaryFilter",
    "SummaryItem",
    "Totals",
    "WithdrawnRecord",
    "YearCount",
    "filtered_summaries",
    "institution_numbers",
    "items",
    "latest_summaries",
    "load_history",
    "summary_detail",
    "totals",
]

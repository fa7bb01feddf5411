"""Tags of the pages about services: `{% load services %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from parvis.services import wording
from parvis.services.describing import labels
from parvis.services.indicators.evaluator import Result
from parvis.services.indicators.model import Of
from parvis.services.indicators.reading import register as indicators
from parvis.services.lines import figure_url
from parvis.services.queries.services import StandardResult
from parvis.services.values import Answer, Kind, Reading, fiscal_year
from parvis.services.vocabulary import meaning
from parvis.theme import formats
from parvis.theme.page import current_language

register = template.Library()
GAP_CLASSES = {Kind.NOT_APPLICABLE: "gap gap-na", Kind.NO_DATA: "gap gap-nd", Kind.BLANK: "gap gap-blank"}


@register.inclusion_tag("services/_reading.html")
def reading(value: Reading, *, is_share: bool = False) -> dict[str, str]:
    """Write a reading: its number, or why there is none, in a colour of its own."""
    language = current_language()
    if value.number is None:
        return {"text": wording.gap_name(value.kind), "kind": GAP_CLASSES[value.kind]}
    if is_share:
        return {"text": share_text(float(value.number)), "kind": ""}
    return {"text": formats.number(value.number, language), "kind": ""}  # type: ignore[arg-type]  # babel takes decimals


@register.inclusion_tag("services/_reading.html")
def answer(value: str) -> dict[str, str]:
    """Write a yes-or-no answer."""
    kinds = {"NA": Kind.NOT_APPLICABLE, "ND": Kind.NO_DATA, "": Kind.BLANK}
    return {"text": wording.answer_text(value), "kind": GAP_CLASSES[kinds[value]] if value in kinds else ""}


@register.filter
def share(value: float | None) -> str:
    """Write a part of one in per cent."""
    return "" if value is None else share_text(float(value))


def share_text(value: float) -> str:
    """Write a part of one in per cent; a zero too."""
    language = current_language()
    return formats.percent(value, 1, language)


@register.simple_tag
def met_of(result: StandardResult) -> str:
    """Say how many were handled within the standard, of how many; empty where a volume is missing."""
    if result.met_volume.number is None or result.total_volume.number is None:
        return ""
    language = current_language()
    met, total = (
        formats.number(float(one.number or 0), language) for one in (result.met_volume, result.total_volume)
    )
    return f"{met} / {total}"


@register.filter
def code(value: str, field: str) -> str:
    """Write a code of the inventory in words."""
    return meaning(field, value).in_(current_language())


@register.filter
def amount(value: float) -> str:
    """Write a number of a figure."""
    return wording.amount(value, current_language())


@register.inclusion_tag("services/_figure_cell.html")
def figure_cell(result: Result | None) -> dict[str, str]:
    """Write a figure in a table of departments, with how many of how many."""
    language = current_language()
    if result is None or result.value is None:
        return {"value": "", "of": "", "url": ""}
    indicator = indicators().indicators[result.indicator]
    of_all = (
        f"{wording.amount(result.numerator, language)} / {wording.amount(result.denominator, language)}"
        if result.denominator is not None
        else ""
    )
    return {
        "value": wording.value_of(indicator, result.value, language),
        "of": of_all,
        "url": figure_url(result.indicator, result.year, result.institution),
    }


@register.inclusion_tag("services/_verdict.html")
def verdict(value: Answer) -> dict[str, str]:
    """Write whether a target was met."""
    words = {Answer.YES: _("Met"), Answer.NO: _("Not met")}
    return {"text": words.get(value, _("Not assessed")), "kind": {"Y": "met", "N": "missed"}.get(value, "")}


@register.simple_tag
def fiscal(year: int | None) -> SafeString:
    """Write a fiscal year, or that nobody said."""
    if year is None:
        return format_html('<span class="gap gap-blank">{}</span>', wording.gap_name(Kind.BLANK))
    return format_html("{}", fiscal_year(year))


@register.simple_tag
def row_kind(kind: str, of: Of) -> str:
    """Write how a row counts."""
    gaps = {"na": Kind.NOT_APPLICABLE, "nd": Kind.NO_DATA, "blank": Kind.BLANK}
    if kind in gaps:
        return wording.gap_name(gaps[kind], of=of)
    return _("Counted") if kind == "counted" else _("In scope, not counted")


@register.simple_tag
def cell_text(text: str) -> str:
    """Write a frozen cell: numbers as each language writes them, gaps in words."""
    try:
        return formats.number(float(text), current_language())
    except ValueError:
        gaps = {"NA": Kind.NOT_APPLICABLE, "ND": Kind.NO_DATA, "": Kind.BLANK}
        return wording.gap_name(gaps[text]) if text in gaps else text


@register.filter
def fiscal_name(year: int) -> str:
    """Write a fiscal year as files do: 2023-2024."""
    return fiscal_year(year)


@register.filter
def field_label(name: str) -> str:
    """Return what a column is called on forms."""
    return labels().get(name, name)


@register.filter
def of(items: dict[str, object], key: str) -> object:
    """Return what a mapping has under a key, or nothing."""
    return items.get(key, "")

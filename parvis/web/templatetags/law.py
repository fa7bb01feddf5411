"""Filters of the pages of laws: `{% load law %}`."""

from datetime import date
from decimal import Decimal

from babel.numbers import format_currency
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from parvis.law import Deadline, Pack, Standing
from parvis.law.model import Cited, Confidence, Role, Unit
from parvis.law.wording import ROLES, citation_in, day_in, length_in, section_in
from parvis.theme.page import current_language

register = template.Library()


@register.filter
def legal_day(value: date) -> SafeString:
    """Write a day with its weekday: on which day of the week it falls is what moves it."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), day_in(value, current_language()))


@register.filter
def cited(value: Cited, pack: Pack) -> str:
    """Write the statute and the section of a value."""
    return citation_in(pack, value, current_language())


@register.filter
def doubt(confidence: Confidence) -> SafeString:
    """Mark a value that is not sure; say nothing of one that is."""
    said = {Confidence.UNSURE: _("Unsure"), Confidence.LIKELY: _("Likely")}.get(confidence)
    return (
        format_html(' <span class="tag tag-{}">{}</span>', confidence.value, said) if said else SafeString()
    )


@register.simple_tag
def length(days: int, unit: Unit) -> str:
    """Write "30 calendar days"."""
    return length_in(days, unit, current_language())


@register.filter
def who(role: Role) -> str:
    """Write who decides."""
    return ROLES[role].in_(current_language())


@register.filter
def standing(due: Deadline) -> str:
    """Say how the clock of a case stands that has no last day."""
    return {
        Standing.WAITING: _("The time has not begun: the request is not complete yet."),
        Standing.STOPPED: _("The clock stands still."),
        Standing.OPEN: _("The last day is open: the length of the extension is not set."),
        Standing.ANSWERED: _("The request was answered."),
        Standing.RUNNING: "",
    }[due.standing]


@register.filter
def kind_of_ground(kind: str) -> str:
    """Say whether a ground must or may be applied."""
    return {
        "mandatory": _("Must be applied"),
        "discretionary": _("May be applied"),
        "mixed": _("Must or may be applied, by its parts"),
        "exclusion": _("The law does not apply"),
    }.get(kind, _("Not known"))


@register.filter
def power(value: str) -> str:
    """Say what a review body can do."""
    return {
        "orders": _("It makes orders."),
        "recommends": _("It recommends."),
        "hybrid": _("It makes orders on some matters and recommends on others."),
    }.get(value, _("What it can decide is not known."))


@register.filter
def bare_section(value: Cited) -> str:
    """Write the section alone, where the statute is plain."""
    return section_in(value.section.rpartition(":")[2], current_language())


@register.filter
def money(amount: str, currency: str) -> str:
    """Write an amount: $5.00, 5,00 $; nothing to pay is said in words."""
    if float(amount) == 0:
        return _("None")
    locale = "fr_CA" if current_language() == "fr" else "en_CA"
    written: str = format_currency(Decimal(amount), currency, locale=locale)
    return written.replace("\u202f", "\u00a0")

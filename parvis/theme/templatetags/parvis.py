"""Tags of every page: `{% load parvis %}`. What a tag takes is said by its function; its HTML stands in components/."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from parvis.core.bilingual import Language, Provenance, Shown, Text
from parvis.theme import formats, navigation
from parvis.theme.account import menu_of
from parvis.theme.french import bound
from parvis.theme.page import Crumb, current_language

register = template.Library()
_WORD = re.compile(r"[^ \t\r\n]+")  # a non-breaking space is within a word


@register.simple_tag
def bilingual(
    text: Text | Shown, provenance: Mapping[Language, Provenance] | None = None, *, label: bool = True
) -> SafeString:
    """Write a text in the page's language; else in the other one, with its `lang` and a label that says so.

    A machine's or a person's translation is labelled too. `label=False` leaves the label to the caller.
    """
    shown = text.shown(current_language()) if isinstance(text, Text) else text
    html = (
        format_html('<span lang="{}">{}</span>', shown.language, shown.text)
        if shown.is_fallback
        else shown.text
    )
    said = label_of(shown, (provenance or {}).get(shown.language, Provenance.SOURCE)) if label else ""
    return format_html('{} <span class="tag">{}</span>', html, said) if said else format_html("{}", html)


@register.simple_tag
def label_for(shown: Shown, provenance: Mapping[Language, Provenance]) -> str:
    """Return the label of a text that stands beside its twin: what it is a translation by, or nothing."""
    return label_of(replace(shown, is_fallback=False), provenance.get(shown.language, Provenance.SOURCE))


def label_of(shown: Shown, provenance: Provenance) -> str:
    """Return what a reader is told about a text that is not its author's, or not in the page's language."""
    if provenance == Provenance.MACHINE:
        return _("Machine translation")
    if provenance == Provenance.HUMAN:
        return _("Translation")
    if shown.is_fallback:
        return _("In French only") if shown.language == "fr" else _("In English only")
    return ""


@register.filter
def plain(text: Text | Shown) -> str:
    """Return a text for an attribute, where no `lang` can stand."""
    shown = _shown(text)
    return bound(shown.text) if shown.language == "fr" else shown.text


@register.filter
def first_words(text: str, most: int) -> str:
    """Return the beginning of a text, cut between words; a space that holds French punctuation stays as it is.

    Django's `truncatewords` puts ordinary spaces in its place, and a line could begin with a colon.
    """
    words = list(_WORD.finditer(text))
    return text if len(words) <= most else text[: words[most - 1].end()].rstrip("\u00a0\u202f,;:") + "…"


def _shown(text: Text | Shown) -> Shown:
    return text.shown(current_language()) if isinstance(text, Text) else text


@register.filter
def lang_attribute(text: Text | Shown) -> SafeString:
    """Return ` lang="…"` where the text is not in the page's language, so that an element can carry it."""
    shown = _shown(text)
    return format_html(' lang="{}"', shown.language) if shown.is_fallback else SafeString()


@register.filter
def host(address: Text) -> str:
    """Return the host of a web address, as a person reads it."""
    return (urlsplit(plain(address)).hostname or "").removeprefix("www.")


@register.filter
def number(value: float) -> str:
    """Write a number: 1,238 or 1 238."""
    return formats.number(value, current_language())


@register.simple_tag
def percent(part: float, whole: float) -> str:
    """Write a share: 73.6% or 73,6 %."""
    return formats.percent(part, whole, current_language())


@register.filter
def day(value: date) -> SafeString:
    """Write a day in words, in an element that a machine reads too."""
    iso = value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    return format_html('<time datetime="{}">{}</time>', iso, formats.day(value, current_language()))


@register.simple_tag
def month_of(year: int, month: int | None) -> str:
    """Write a month where it is known, else the year alone."""
    return formats.month(year, month, current_language()) if month else str(year)


@register.filter
def moment(value: datetime) -> SafeString:
    """Write a day and its time."""
    return format_html(
        '<time datetime="{}">{}</time>', value.isoformat(), formats.moment(value, current_language())
    )


@register.filter
def span(seconds: float) -> str:
    """Write a length of time in its largest unit: 3 minutes, 2 heures."""
    return formats.span(seconds, current_language())


@register.inclusion_tag("theme/components/breadcrumbs.html")
def breadcrumbs(crumbs: Sequence[Crumb]) -> dict[str, Any]:
    """Show the way to this page; nothing when it has none."""
    return {"crumbs": crumbs}


@register.inclusion_tag("theme/components/ways.html")
def ways(place: str, section: str) -> dict[str, Any]:
    """Show the ways that rooms registered for the head or the foot; `section` is where the reader is."""
    return {"ways": [(way, way.current(section)) for way in navigation.ways(navigation.Place(place))]}


@register.inclusion_tag("theme/components/account_menu.html", takes_context=True)
def account_menu(context: template.Context) -> dict[str, Any]:
    """Show the way to sign in, or who is signed in and where they can go; nothing on a page that answers an error."""
    request = context.get("request")
    return {"menu": menu_of(request) if request else None, "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("theme/components/notice.html")
def notice(message: str, *, kind: str = "info", title: str = "") -> dict[str, Any]:
    """Say something that concerns the whole page. `kind` is info, warning or danger."""
    return {"message": message, "kind": kind, "title": title}


@register.inclusion_tag("theme/components/pagination.html", takes_context=True)
def pagination(context: template.Context, number: int, last: int, label: str) -> dict[str, Any]:
    """Show the way through `last` pages from page `number`. `label` says of what. Nothing when there is one page."""
    request: HttpRequest = context["request"]
    numbers = sorted({1, last, *range(max(1, number - 1), min(last, number + 1) + 1)})
    steps: list[dict[str, Any]] = []
    for before, one in zip([0, *numbers], numbers, strict=False):
        if one - before > 1:
            steps.append({"is_gap": True, "number": 0, "url": "", "is_current": False})
        steps.append(
            {"is_gap": False, "number": one, "url": _page_url(request, one), "is_current": one == number}
        )
    return {
        "steps": steps if last > 1 else [],
        "label": label,
        "previous": _page_url(request, number - 1) if number > 1 else "",
        "next": _page_url(request, number + 1) if number < last else "",
        "number": number,
        "last": last,
    }


def _page_url(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    if number > 1:
        query["page"] = str(number)
    else:
        query.pop("page", None)
    written = urlencode(list(query.lists()), doseq=True)
    return f"{request.path}?{written}" if written else request.path

"""Every public page, for search engines: in parts of a stated size, each page with its twin in the other language.

What a room lets search find has a page, so the pages of records come from the registry of search sources.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from math import ceil

from parvis.core.bilingual import Language
from parvis.law import packs
from parvis.search.sources import registered
from parvis.theme.page import twins
from parvis.web.views.prose import PAGES

PER_PART = 10_000  # pages; each has two addresses, and a file may hold 50,000 (sitemaps.org, protocol 0.9)
Route = tuple[str, str]  # the name of an address and its one parameter, or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One kind of page. `routes` gives all of them, in a stable order."""

    name: str
    routes: Callable[[], Iterable[Route]]


def sections() -> dict[str, Section]:
    """Return every kind of page by its name."""
    found = [Section(name="pages", routes=_general), Section(name="law", routes=_laws)]
    for kind, source in registered().items():
        found.append(Section(name=kind.replace("_", "-"), routes=_found(source.url_name, source.public_ids)))
    return {section.name: section for section in found}


def parts() -> list[tuple[str, int]]:
    """Return each part as the name of its section and its number, from 1."""
    return [
        (section.name, number)
        for section in sections().values()
        for number in range(1, ceil(sum(1 for _route in section.routes()) / PER_PART) + 1)
    ]


def entries(name: str, number: int) -> list[dict[Language, str]]:
    """Return the pages of one part, each by its address in every language; empty when there is no such part."""
    section = sections().get(name)
    if section is None or number < 1:
        return []
    routes = islice(section.routes(), (number - 1) * PER_PART, number * PER_PART)
    return [twins(view_name, parameter) for view_name, parameter in routes]


def _general() -> Iterable[Route]:
    return [("home", ""), ("search", ""), ("institution_list", ""), *((page.name, "") for page in PAGES)]


def _laws() -> Iterable[Route]:
    return [("law_list", ""), *(("law_detail", pack.id) for pack in packs())]


def _found(url_name: str, public_ids: Callable[[], Iterable[str]]) -> Callable[[], Iterable[Route]]:
    return lambda: ((url_name, public_id) for public_id in public_ids())

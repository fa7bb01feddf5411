"""Every public page, for search engines: in parts of a stated size, each page with its twin in the other language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from parvis.core.bilingual import Language
from parvis.institutions.queries import institution_list
from parvis.theme.page import twins
from parvis.web.views.prose import PAGES

PER_PART = 10_000  # pages; each has two addresses, and a file may hold 50,000 (sitemaps.org, protocol 0.9)
Route = tuple[str, str]  # the name of an address and its one parameter, or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One kind of page. `routes` gives all of them, in a stable order."""

    name: str
    routes: Callable[[], Sequence[Route]]


def _general() -> Sequence[Route]:
    return [("home", ""), ("institution_list", ""), *((page.name, "") for page in PAGES)]


def _institutions() -> Sequence[Route]:
    return [("institution_detail", item.reference.slug) for item in institution_list().items]


SECTIONS = {
    section.name: section
    for section in (
        Section(name="pages", routes=_general),
        Section(name="institutions", routes=_institutions),
    )
}


def parts() -> list[tuple[str, int]]:
    """Return each part as the name of its section and its number, from 1."""
    return [
        (section.name, number)
        for section in SECTIONS.values()
        for number in range(1, ceil(len(section.routes()) / PER_PART) + 1)
    ]


def entries(name: str, number: int) -> list[dict[Language, str]]:
    """Return the pages of one part, each by its address in every language; empty when there is no such part."""
    if name not in SECTIONS or number < 1:
        return []
    routes = SECTIONS[name].routes()[(number - 1) * PER_PART : number * PER_PART]
    return [twins(view_name, parameter) for view_name, parameter in routes]

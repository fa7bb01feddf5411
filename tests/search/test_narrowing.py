"""Facets, sorting and paging, held to what a plain count over the shelf gives."""

from collections import Counter

import pytest

from parvis.core.bilingual import LANGUAGES
from parvis.search.queries import search
from parvis.search.results import FACETS, SearchQuery, Sort
from parvis.search.sources import SearchDocument
from tests.search.shelf import Shelf

EVERYTHING = 100

pytestmark = pytest.mark.usefixtures("shelf")


def values(kind: str, document: SearchDocument, facet: str) -> list[str]:
    if facet == "kind":
        return [kind]
    if facet == "language":
        return [
            one
            for one in LANGUAGES
            if document.body.in_(one) or (not document.body and document.title.in_(one))
        ]
    if facet == "year":
        return [str(document.year)] if document.year else []
    found = getattr(document, facet)
    return [found] if found else []


@pytest.mark.parametrize(
    "text", ["", "contracts cost", "noise at night", "rapports sur les parcs", "year:2021", '"at night"']
)
@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"institution": ("harbours",)},
        {"institution": ("harbours", "town"), "year": ("2021", "2022")},
        {"disposition": ("part",), "language": ("fr",)},
        {"kind": ("paper",), "jurisdiction": ("ca-nb",)},
        {"year": ("1999",)},
    ],
)
def test_facets_count_what_matches_without_their_own_filter(
    shelf: Shelf, text: str, filters: dict[str, tuple[str, ...]]
) -> None:
    known = {("paper", one.public_id): one for one in shelf.papers.values()}
    known |= {("office", one.public_id): one for one in shelf.offices.values()}
    in_text = {"year": ("2021",)} if text == "year:2021" else {}
    bare = search(SearchQuery("" if in_text else text, per_page=EVERYTHING))
    matching = [(hit.kind, known[hit.kind, hit.public_id]) for hit in bare.hits]
    assert len(matching) == bare.total
    both = {name: tuple({*filters.get(name, ()), *in_text.get(name, ())}) for name in {*filters, *in_text}}

    def passes(kind: str, document: SearchDocument, but: str = "") -> bool:
        return all(
            set(values(kind, document, name)) & set(wanted) for name, wanted in both.items() if name != but
        )

    page = search(SearchQuery(text, filters=filters, per_page=EVERYTHING))
    assert page.total == sum(passes(*one) for one in matching) == len(page.hits)
    for facet in FACETS:
        counted = Counter(
            value for one in matching if passes(*one, but=facet) for value in values(*one, facet)
        )
        shown = {one.value: one.count for one in page.facet(facet).values if one.count}
        assert shown == dict(counted), facet
        assert {one.value for one in page.facet(facet).chosen} == set(both.get(facet, ()))


def test_pages_join_to_the_whole_without_repeats() -> None:
    whole = [
        hit.public_id
        for hit in search(SearchQuery("contracts, noise at night, salaries", per_page=EVERYTHING)).hits
    ]
    assert len(whole) > 3
    joined: list[str] = []
    page = search(SearchQuery("contracts, noise at night, salaries", per_page=2))
    assert page.pages == -(-len(whole) // 2)
    for number in range(1, page.pages + 1):
        joined += [hit.public_id for hit in search(page.query.with_page(number)).hits]
    assert joined == whole
    assert search(page.query.with_page(99)).hits == ()


@pytest.mark.parametrize("text", ["", "contracts"])
def test_dates_sort_both_ways_and_what_has_none_comes_last(text: str) -> None:
    newest = search(SearchQuery(text, sort=Sort.NEWEST, per_page=EVERYTHING)).hits
    oldest = search(SearchQuery(text, sort=Sort.OLDEST, per_page=EVERYTHING)).hits
    days = [hit.dated_on for hit in newest if hit.dated_on]
    assert days == sorted(days, reverse=True)
    assert [hit.dated_on for hit in oldest if hit.dated_on] == days[::-1]
    for hits in (newest, oldest):
        dated = [hit.dated_on is not None for hit in hits]
        assert dated == sorted(dated, reverse=True)
    assert {hit.public_id for hit in newest} == {hit.public_id for hit in oldest}


def test_without_words_everything_is_there(shelf: Shelf) -> None:
    assert search(SearchQuery("")).total == len(shelf.all())

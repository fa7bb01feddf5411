"""A search's answer as the page shows it."""

from dataclasses import replace

import pytest
from django.http import QueryDict
from django.utils import translation

from parvis.core.bilingual import Text
from parvis.search.queries import (
    Facet,
    FacetValue,
    Hit,
    Passage,
    SearchPage,
    SearchQuery,
    SearchState,
    Segment,
    Sort,
)
from parvis.web.results import ShownResults, present

HIT = Hit(
    kind="summary",
    public_id="abc",
    url_name="summary_detail",
    title=Text("Cost of ferries to the island and…", "Coût des traversiers"),
    body=Text("Cost of ferries to the island and back, by month.", "Coût des traversiers"),
    provenance={},
    passage=Passage(
        (
            Segment("Cost of "),
            Segment("ferries", is_match=True),
            Segment(" to the island and back, by month."),
        ),
        "en",
    ),
    institution="ferries",
    institution_title=Text("Ferries", "Traversiers"),
    jurisdiction="ca",
    jurisdiction_title=Text("Canada", "Canada"),
    disposition="",
    disposition_title=Text(),
    identifiers=(),
    dated_on=None,
    year=2020,
    pages=None,
    is_invented=False,
    score=1,
    by_words=1,
    by_meaning=0,
)


def shown(parameters: str, **answer: object) -> ShownResults:
    query = QueryDict(parameters)
    page = SearchPage(SearchQuery.from_parameters(query, "en"), SearchState.READY)
    with translation.override("en"):
        return present(replace(page, **answer), query, "/en/search")  # type: ignore[arg-type]  # a test's shorthand


def values(*names: str, chosen: str = "") -> tuple[FacetValue, ...]:
    return tuple(FacetValue(name, Text(name, name), 3, name == chosen) for name in names)


def test_a_passage_goes_on_where_the_title_ends_and_the_title_has_its_marks() -> None:
    hit = shown("q=ferries", hits=(HIT,)).hits[0]
    assert [segment.text for segment in hit.title] == ["Cost of ", "ferries", " to the island and", "…"]
    assert hit.title[1].is_match
    assert [segment.text for segment in hit.passage] == ["back, by month."]
    assert hit.is_cut_before


def test_a_passage_from_elsewhere_stands_whole_under_the_title() -> None:
    passage = Passage((Segment("seen from the "), Segment("ferry", is_match=True)), "en", is_cut_before=True)
    hit = shown("q=ferry", hits=(replace(HIT, passage=passage),)).hits[0]
    assert hit.title == (Segment(HIT.title.en),)
    assert hit.passage == passage.segments


def test_a_facet_is_chosen_and_let_go_by_its_address() -> None:
    year = Facet("year", values("2020", "2021", chosen="2021"))
    found = shown("q=a+b&year=2021&page=3&sort=newest", facets=(year,))
    first, second = found.facets[0].first
    assert first.url == "/en/search?q=a+b&year=2021&year=2020&sort=newest"
    assert second.url == "/en/search?q=a+b&sort=newest"
    assert [choice.url for choice in found.chosen] == [second.url]
    assert found.clear_url == "/en/search?q=a+b"


def test_a_long_facet_shows_its_first_values_and_those_chosen() -> None:
    names = [f"institution-{number}" for number in range(12)]
    facet = Facet("institution", values(*names, chosen="institution-11"))
    found = shown("institution=institution-11", facets=(facet,)).facets[0]
    assert [choice.name for choice in found.first] == ["institution"] * 7
    assert found.first[-1].is_chosen
    assert len(found.more) == 5


def test_one_value_more_is_shown_rather_than_hidden_alone() -> None:
    facet = Facet("year", values(*(str(2010 + number) for number in range(7))))
    assert not shown("", facets=(facet,)).facets[0].more


@pytest.mark.parametrize("sort", list(Sort))
def test_the_order_in_use_is_marked_and_relevance_needs_no_parameter(sort: Sort) -> None:
    found = shown(f"q=a&sort={sort}")
    assert [choice.is_chosen for choice in found.sorts] == [one == sort for one in Sort]
    assert found.sorts[0].url == "/en/search?q=a"


def test_a_new_search_keeps_filters_and_order_but_not_the_page() -> None:
    assert shown("q=a&year=2020&year=2021&sort=oldest&page=2").kept == (
        ("sort", "oldest"),
        ("year", "2020"),
        ("year", "2021"),
    )

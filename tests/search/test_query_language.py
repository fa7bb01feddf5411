"""How the text of a search, and its address, are read."""

import pytest
from django.http import QueryDict

from parvis.core.bilingual import Language
from parvis.search.core_text import core_text
from parvis.search.highlighting import passage
from parvis.search.language import language_of
from parvis.search.lexicon import learn
from parvis.search.query_language import ParsedQuery, parse
from parvis.search.results import DEEPEST_PAGE, LONGEST_QUERY, SearchQuery, Sort


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("lamp repairs", ParsedQuery("lamp repairs")),
        ('"lamp repairs" cost', ParsedQuery("lamp repairs cost", phrases=("lamp repairs",))),
        ("« tempête d’hiver »", ParsedQuery("tempête d’hiver", phrases=("tempête d’hiver",))),
        ("lamp -storm", ParsedQuery("lamp", excluded=("storm",))),
        ('lamp -"winter storm"', ParsedQuery("lamp", excluded=("winter storm",))),
        ("well-known e-mails", ParsedQuery("well-known e-mails")),
        ("lamp institution:harbours", ParsedQuery("lamp", institutions=("harbours",))),
        ('Institution : "Harbours Board" lamp', ParsedQuery("lamp", institutions=("Harbours Board",))),
        ("lamp year:2021", ParsedQuery("lamp", years=(2021, 2021))),
        ("lampe année : 2022-2019", ParsedQuery("lampe", years=(2019, 2022))),
        ('an "open quotation', ParsedQuery("an open quotation", phrases=("open quotation",))),
        ("", ParsedQuery("")),
    ],
)
def test_a_query_is_taken_apart(text: str, read: ParsedQuery) -> None:
    assert parse(text) == read


def test_an_address_that_makes_no_sense_is_read_as_far_as_it_does() -> None:
    query = SearchQuery.from_parameters(
        QueryDict("q=+lamp%00++post+&sort=sideways&page=-3&year=2021&year=2021&year=&kind=&unknown=1"), "fr"
    )
    assert query == SearchQuery("lamp post", "fr", filters={"year": ("2021",)}, sort=Sort.RELEVANCE, page=1)
    far = SearchQuery.from_parameters(QueryDict(f"q={'x' * 9999}&page=999999&sort=newest"), "en")
    assert (len(far.text), far.page, far.sort) == (LONGEST_QUERY, DEEPEST_PAGE, Sort.NEWEST)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("how much was paid for the ferry", "en"),
        ("combien a coûté le traversier", "fr"),
        ("reponses aux plaintes de bruit", "fr"),
        ("wait times at border crossings", "en"),
        ("delais aux postes frontaliers", "fr"),
        ("reports on the shortage of nurses", "en"),
    ],
)
def test_the_language_of_a_short_text_is_told_whatever_the_page(text: str, language: Language) -> None:
    assert language_of(text, "en") == language_of(text, "fr") == language


def test_where_nothing_tells_the_language_it_is_that_of_the_page() -> None:
    assert (language_of("2021", "fr"), language_of("2021", "en")) == ("fr", "en")


@pytest.mark.parametrize(
    ("text", "core"),
    [
        (
            "All emails and memos from May 1, 2019 to June 30, 2019 about lighthouse repairs here",
            "lighthouse repairs here",
        ),
        ("Tous les courriels concernant la réparation du phare", "la réparation du phare"),
        (
            "Any records regarding ferry contracts and tenders, excluding drafts.",
            "ferry contracts and tenders",
        ),
        ("Ice cores.", "Ice cores."),
        ("", ""),
    ],
)
def test_the_core_is_what_a_request_is_about(text: str, core: str) -> None:
    assert core_text(text) == core


def test_a_passage_is_the_part_where_most_is_found() -> None:
    text = f"{'filler ' * 100}the lamp of the harbour was repaired {'again ' * 100}"
    found = passage(text, "en", {"lamp", "harbour"})
    assert (found.is_cut_before, found.is_cut_after) == (True, True)
    assert [one.text for one in found.segments if one.is_match] == ["lamp", "harbour"]
    assert found.text in text


def test_translations_are_learnt_from_texts_that_stand_in_both_languages() -> None:
    words = {"whale": "balein", "port": "havr", "ice": "glac", "tax": "impot", "wolf": "loup"}
    pairs = [
        ([first, second], [words[second], words[first]])
        for first in words
        for second in words
        if first != second
    ]
    learnt = learn(pairs)
    assert {word: max(found, key=lambda one: found[one]) for word, found in learnt["en"].items()} == words
    assert max(learnt["fr"]["loup"], key=lambda one: learnt["fr"]["loup"][one]) == "wolf"

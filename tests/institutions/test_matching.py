"""Who is meant, by rules alone: no database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.institutions.matching import How, KnownInstitution, Matcher, short_key, title_key

AGRICULTURE = KnownInstitution(
    institution_id=1,
    slug="aafc-aac",
    open_data_slug="aafc-aac",
    jurisdiction="ca",
    titles=(
        "Department of Agriculture and Agri-Food",
        "Agriculture and Agri-Food Canada",
        "Agriculture et Agroalimentaire Canada",
    ),
    acronyms=("AAFC", "AAC"),
)
NORTH = KnownInstitution(
    institution_id=2,
    slug="north",
    open_data_slug="north-nord",
    jurisdiction="ca",
    titles=("Northern Affairs Canada", "Affaires du Nord Canada"),
    former_names=(
        "Aboriginal Affairs and Northern Development Canada",
        "Affaires autochtones et Développement du Nord Canada",
    ),
)
JUSTICE = KnownInstitution(
    institution_id=3, slug="jus", jurisdiction="ca", titles=("Department of Justice Canada",)
)
BC_JUSTICE = KnownInstitution(
    institution_id=4, slug="bc-justice", jurisdiction="ca-bc", titles=("Ministry of Justice",)
)
TOWN = KnownInstitution(
    institution_id=5,
    slug="town",
    jurisdiction="ca-on-1",
    titles=("Town of Milo",),
    is_whole_jurisdiction=True,
)
SPACE = KnownInstitution(
    institution_id=6, slug="space", jurisdiction="ca", titles=("Space Agency",), acronyms=("ASC",)
)
STANDARDS = KnownInstitution(
    institution_id=7, slug="standards", jurisdiction="ca", titles=("Standards Office",), spellings=("ASC",)
)
CODES = {
    "ca-on-milo": "ca-on-1",
    "ocd-division/country:ca/csd:1": "ca-on-1",
    "ocd-division/country:ca/province:bc": "ca-bc",
}


@pytest.fixture
def matcher() -> Matcher:
    return Matcher([AGRICULTURE, NORTH, JUSTICE, BC_JUSTICE, TOWN, SPACE, STANDARDS], CODES)


@pytest.mark.parametrize(
    ("written", "slug", "how"),
    [
        ("Agriculture and Agri-Food Canada", "aafc-aac", How.TITLE),
        ("AGRICULTURE & AGRI-FOOD CANADA", "aafc-aac", How.TITLE),
        ("Agriculture and\nAgri-Food  Canada.", "aafc-aac", How.TITLE),
        ("Agriculture\u00a0and Agri\u2011Food Canada", "aafc-aac", How.TITLE),
        ("Agriculture et Agroalimentaire CA", "aafc-aac", How.TITLE),
        ("Agriculture and Agri-Food (Department of)", "aafc-aac", How.SHORT_TITLE),
        ("Agriculture and Agri-Food Canada | Agriculture et Agroalimentaire Canada", "aafc-aac", How.TITLE),
        ("Agriculture and Agri-Food Canada | quelque chose d’autre", "aafc-aac", How.TITLE),
        ("Agriculture and Agri-Food Canada - Agriculture et Agroalimentaire Canada", "aafc-aac", How.TITLE),
        ("Agriculture and Agri-Food Canada (AAFC)", "aafc-aac", How.TITLE),
        ("aafc-aac", "aafc-aac", How.SLUG),
        ("AAC", "aafc-aac", How.ACRONYM),
        ("Affaires autochtones et Developpement du Nord Canada", "north", How.FORMER_NAME),
        (
            "Northern Affairs Canada (formerly Aboriginal Affairs and Northern Development Canada)",
            "north",
            How.TITLE,
        ),
        ("Justice", "jus", How.SHORT_TITLE),
    ],
)
def test_a_spelling_that_differs_only_in_form_is_resolved(
    matcher: Matcher, written: str, slug: str, how: How
) -> None:
    found = matcher.resolve(title=written)
    assert (found.slug, found.how) == (slug, how)


@pytest.mark.parametrize(
    "written",
    [
        "Agriculture and Agri-Fod Canada",  # one letter off: a person may guess, the matcher never does
        "Agricultural Affairs",
        "Agriculture and Agri-Food Canada - Canadian Grain Commission",
        "Agriculture and Agri-Food Canada (Grain Commission)",
        "",
        "Canada",
    ],
)
def test_what_no_rule_settles_stays_visibly_unresolved(matcher: Matcher, written: str) -> None:
    found = matcher.resolve(title=written)
    assert not found.is_known
    assert matcher.unknown["ca", "", written] == 1


def test_two_halves_that_name_two_institutions_name_none(matcher: Matcher) -> None:
    found = matcher.resolve(title="Agriculture and Agri-Food Canada | Affaires du Nord Canada")
    assert (found.is_known, found.how, found.candidates) == (False, How.AMBIGUOUS, ("aafc-aac", "north"))


def test_an_acronym_of_two_institutions_names_none(matcher: Matcher) -> None:
    found = matcher.resolve(title="ASC")
    assert (found.how, found.candidates) == (How.AMBIGUOUS, ("space", "standards"))
    assert [name.slugs for name in matcher.shared_names()] == [("space", "standards")]


def test_the_same_name_means_another_institution_in_another_jurisdiction(matcher: Matcher) -> None:
    assert matcher.resolve(title="Justice", jurisdiction="ca-bc").slug == "bc-justice"
    assert (
        matcher.resolve(title="Justice", jurisdiction="ocd-division/country:ca/province:bc").slug
        == "bc-justice"
    )
    assert not matcher.resolve(title="Justice", jurisdiction="ca-nl").is_known


def test_a_known_slug_is_followed_and_a_title_that_disagrees_is_told(matcher: Matcher) -> None:
    agreed = matcher.resolve(slug="north-nord", title="Aboriginal Affairs and Northern Development Canada")
    assert (agreed.slug, agreed.title_disagrees) == ("north", False)
    disputed = matcher.resolve(slug="north-nord", title="Agriculture and Agri-Food Canada")
    assert (disputed.slug, disputed.title_disagrees) == ("north", True)


def test_an_unknown_slug_leaves_the_decision_to_the_title(matcher: Matcher) -> None:
    assert matcher.resolve(slug="nowhere", title="AAFC").slug == "aafc-aac"
    assert not matcher.resolve(slug="nowhere", title="Nobody").is_known


@pytest.mark.parametrize(
    ("written", "unit"),
    [("", ""), ("N/A", ""), ("Building Services,\n By-Law ", "Building Services, By-Law")],
)
def test_a_municipality_answers_for_all_its_units(matcher: Matcher, written: str, unit: str) -> None:
    found = matcher.resolve(title=written, jurisdiction="ca-on-milo")
    assert (found.slug, found.how, found.unit) == ("town", How.WHOLE_JURISDICTION, unit)


def test_an_unknown_name_gets_suggestions_that_resolve_nothing(matcher: Matcher) -> None:
    best = matcher.suggestions("Agriculture and Agri-Fod Canada")[0]
    assert (best.slug, best.score > 90) == ("aafc-aac", True)
    assert not matcher.resolve(title="Agriculture and Agri-Fod Canada").is_known


def test_unknown_names_are_counted_once_for_each_time_they_occur(matcher: Matcher) -> None:
    for _ in range(3):
        matcher.resolve(title="Nobody")
    assert matcher.unknown.most_common() == [(("ca", "", "Nobody"), 3)]


@given(st.text(max_size=60))
def test_keys_are_stable_and_no_text_breaks_them(text: str) -> None:
    assert title_key(title_key(text)) == title_key(title_key(title_key(text)))
    short_key(text)
    Matcher([AGRICULTURE, JUSTICE]).resolve(title=text, slug=text)

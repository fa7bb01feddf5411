import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.disclosure.dispositions import Disposition, explanation, read_disposition, title
from parvis.disclosure.reasons import Doubt

WORDINGS = [
    ("DA (All disclosed / Communication totale)", "all-disclosed"),
    ("DP (Disclosed in part / Communication partielle)", "disclosed-in-part"),
    ("EX (All exempted / Exception totale)", "all-exempted"),
    ("EC (All excluded / Exclusion totale)", "all-excluded"),
    ("NE (No records exist / Aucun document n’existe)", "no-records"),
    ("Request transferred / Demande transmise", "transferred"),
    ("Request abandoned / Demande abandonnée", "abandoned"),
    ("Neither confirmed nor denied / Ni confirmé ni infirmé", "neither-confirmed-nor-denied"),
    ("disclosed in part", "disclosed-in-part"),
    ("discontinued", "abandoned"),
    ("All \ufeffDisclosed / Communication totale", "all-disclosed"),
    ("Nothing Disclosed\n(exemption) / Tous exempté", "all-exempted"),
    ("Instalment 3, disclosed in part / Versement 3, divulgué en partie", "disclosed-in-part"),
    ("Does not exis / N’existe pas", "no-records"),
    (" / Tout à été divulgé", "all-disclosed"),
    ("All exempted / ", "all-exempted"),
    ("Not accessible if they exist / Non accessibles si elles existent", "neither-confirmed-nor-denied"),
    ("Disclosed in Part / Divulgué en partie.", "disclosed-in-part"),
]


@pytest.mark.parametrize(("wording", "code"), WORDINGS)
def test_the_wordings_of_real_files_mean_one_standard_disposition(wording: str, code: str) -> None:
    assert read_disposition(wording) == (code, None)


@pytest.mark.parametrize("wording", ["", " / ", "/", "()"])
def test_no_wording_is_no_disposition_and_no_doubt(wording: str) -> None:
    assert read_disposition(wording) == ("", None)


@pytest.mark.parametrize(
    ("wording", "doubt"),
    [
        ("nothing disclosed", Doubt.DISPOSITION_UNCLEAR),
        ("Released / Diffusion", Doubt.DISPOSITION_UNCLEAR),
        ("correction", Doubt.DISPOSITION_UNCLEAR),
        ("ue", Doubt.DISPOSITION_UNKNOWN),
        ("not completed yet / non complétée / due date is 2017/10/31", Doubt.DISPOSITION_UNKNOWN),
        ("NO RECORDS / COMMUNICATION PARTIELLE", Doubt.DISPOSITION_DISAGREES),
        ("All disclosed / Divulgué en partie", Doubt.DISPOSITION_DISAGREES),
    ],
)
def test_a_wording_that_does_not_say_which_gives_no_code_and_is_reported(wording: str, doubt: Doubt) -> None:
    assert read_disposition(wording) == ("", doubt)


def test_a_wording_known_in_one_language_only_is_followed_and_reported() -> None:
    assert read_disposition("Disclosed in part / Partagé") == (
        "disclosed-in-part",
        Doubt.DISPOSITION_HALF_KNOWN,
    )


def test_all_eight_have_a_title_and_a_plain_sentence_in_both_languages() -> None:
    assert len(Disposition) == 8
    for code in Disposition:
        found = explanation(code)
        assert found
        assert found.title.en
        assert found.title.fr
        assert found.sentence.en.endswith(".")
        assert found.sentence.fr.endswith(".")
    assert not title("")


@settings(deadline=None)
@given(
    st.sampled_from(Disposition.values),
    st.sampled_from([str.upper, str.lower, str.title, str]),
    st.booleans(),
)
def test_case_accents_and_space_do_not_change_the_meaning(code: str, change: object, padded: bool) -> None:  # noqa: FBT001  # hypothesis gives it
    assert callable(change)
    both = title(code)
    wording = change(f"{both.en} / {both.fr}")
    assert read_disposition(f"  {wording}\n" if padded else wording) == (code, None)


@settings(deadline=None)
@given(st.text())
def test_whatever_is_written_gives_a_standard_code_or_none(wording: str) -> None:
    assert read_disposition(wording).code in {"", *Disposition.values}

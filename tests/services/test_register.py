import re
from pathlib import Path

import pytest

from parvis.core.bilingual import LANGUAGES
from parvis.services.indicators.expression import FormulaError, Words, compiled
from parvis.services.indicators.reading import DATA, RegisterError, read_register, register
from parvis.services.wording import sentence
from tests.services.rows import a_service, a_year

REGISTER = DATA / "indicators.yaml"
SAID_ALIKE = ("high-volume-one-standard-met", "en")  # "met" is said of one as of many
NONE = Words(fields=frozenset({"fee"}), groups={}, terms={}, parent_terms={}, child_terms={})


def test_every_indicator_speaks_both_languages_and_evaluates() -> None:
    year = a_year([a_service()])
    for indicator in register().indicators.values():
        texts = [indicator.name, indicator.sentence, indicator.numerator, indicator.unit, indicator.source]
        texts += [version.told for version in indicator.versions]
        assert all(text.en and text.fr for text in texts), indicator.id
        assert indicator.family in {family.id for family in register().families}
        for version in indicator.versions:
            version.run_scope(year.rows(indicator.of))
            assert "{numerator}" in version.told.en
            assert "{numerator}" in version.told.fr


def test_every_sentence_agrees_with_none_with_one_and_with_many_in_both_languages() -> None:
    for indicator in register().indicators.values():
        for told in (version.told for version in indicator.versions):
            for language in LANGUAGES:
                is_share = bool(indicator.denominator)
                many, one, none = (
                    re.sub(
                        r"[\d,\xa0]+",
                        "#",
                        sentence(told.in_(language), number, 7 if is_share else None, language),
                    )
                    for number in (5, 1, 0)
                )
                assert one != many or (indicator.id, language) == SAID_ALIKE, (indicator.id, language)
                assert none == (one if language == "fr" else many), (indicator.id, language)
                assert re.sub(r"[{|}]", "", many) == many


@pytest.mark.parametrize(
    "formula",
    [
        "unknown >= 1",
        "__import__('os')",
        "fee.x",
        "fee if fee else 1",
        "len(fee)",
        "fee >",
        "fee == fee == fee",
        "'Y'",
    ],
)
def test_what_is_not_in_the_language_of_formulas_is_refused_with_the_formula(formula: str) -> None:
    with pytest.raises(FormulaError) as raised:
        compiled(formula, NONE)
    assert formula in str(raised.value)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("family: client-focus", "families: client-focus", "family"),
        ("source: data-pack", "source: somewhere", "somewhere"),
        ("numerator: met", "numerator: mett", "mett"),
        ("measured_by: [target_met]", "measured_by: [target_meet]", "target_meet"),
    ],
)
def test_a_register_with_a_fault_is_refused_and_the_fault_named(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    broken = tmp_path / "indicators.yaml"
    broken.write_text(REGISTER.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    with pytest.raises((RegisterError, FormulaError), match=said):
        read_register(DATA / "terms.yaml", broken)

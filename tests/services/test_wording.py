import pytest

from parvis.core.bilingual import Language
from parvis.services.indicators.reading import register
from parvis.services.wording import is_one, sentence, unit

END_TO_END = register().indicators["online-end-to-end"].versions[0].told
ORGANIZATIONS = register().indicators["organizations"]


@pytest.mark.parametrize(
    ("language", "numerator", "denominator", "said"),
    [
        ("en", 0, 5, "0 of 5 external services are online from end to end."),
        ("en", 1, 5, "1 of 5 external services is online from end to end."),
        ("en", 0, 1, "0 of 1 external service is online from end to end."),
        ("en", 1, 1, "1 of 1 external service is online from end to end."),
        ("en", 382, 1596, "382 of 1,596 external services are online from end to end."),
        ("fr", 0, 5, "0 service externe sur 5 est en ligne de bout en bout."),
        ("fr", 1, 5, "1 service externe sur 5 est en ligne de bout en bout."),
        ("fr", 1, 1, "1 service externe sur 1 est en ligne de bout en bout."),
        ("fr", 382, 1596, "382 services externes sur 1\xa0596 sont en ligne de bout en bout."),
    ],
)
def test_a_sentence_agrees_with_its_numbers(
    language: Language, numerator: float, denominator: float, said: str
) -> None:
    assert sentence(END_TO_END.in_(language), numerator, denominator, language) == said


@pytest.mark.parametrize(
    ("language", "numerator", "said"),
    [
        ("en", 0, "0 organizations have external services."),
        ("en", 1, "1 organization has external services."),
        ("en", 82, "82 organizations have external services."),
        ("fr", 0, "0 organisation a des services externes."),
        ("fr", 1, "1 organisation a des services externes."),
        ("fr", 82, "82 organisations ont des services externes."),
    ],
)
def test_a_count_agrees_with_its_number(language: Language, numerator: float, said: str) -> None:
    assert sentence(ORGANIZATIONS.versions[0].told.in_(language), numerator, None, language) == said


def test_the_unit_beside_a_number_agrees_with_it() -> None:
    assert [unit(ORGANIZATIONS, one, "en") for one in (0, 1, 2)] == [
        "organizations",
        "organization",
        "organizations",
    ]
    assert [unit(ORGANIZATIONS, one, "fr") for one in (0, 1, 2)] == [
        "organisation",
        "organisation",
        "organisations",
    ]


def test_a_number_is_one_as_it_is_written() -> None:
    assert is_one(0.96, "en")
    assert not is_one(1.5, "en")
    assert is_one(1.5, "fr")
    assert not is_one(1.97, "fr")

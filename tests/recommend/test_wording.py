"""Whose requests read like this one: what is learnt, that hiding is exact, and that it stays small and quick."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings

from parvis.recommend.wording import Known, WithoutSome, Wording, chosen, learn, terms, wording_in
from parvis.search.store import current_folder

LETTERS = [
    Known(
        f"b{number}",
        "bridges",
        (f"Briefing note: Ref # {number}-1234 on tolls", f"Note {number} sur les péages"),
    )
    for number in range(8)
] + [
    Known(
        f"g{number}",
        "gardens",
        (f"All e-mails about tulips, plot {number}", f"Tous les courriels, lot {number}"),
    )
    for number in range(8)
]


def test_digits_are_evened_out_and_signs_and_pairs_kept() -> None:
    assert "ref #" in terms("Ref # 12-34567")
    assert terms("Ref # 12-34567") == terms("REF # 98-76543")


def test_a_text_reads_like_those_of_its_own_institution_in_either_language() -> None:
    learnt = learn(LETTERS)
    english = learnt.scores("Briefing note: Ref # 99-9999 on ferries", "en")
    assert english["bridges"] > english["gardens"] + 0.2
    french = learnt.scores("Tous les courriels sur les roses", "fr")
    assert french["gardens"] > french["bridges"] + 0.2


def test_what_was_learnt_is_the_same_when_read_again(tmp_path: Path) -> None:
    learnt, path = learn(LETTERS), tmp_path / "wording.npz"
    learnt.save(path)
    again, text = Wording.load(path), "Briefing note on tulips"
    assert again.texts == len(LETTERS)
    assert again.scores(text, "en") == pytest.approx(learnt.scores(text, "en"), abs=1e-3)


def test_hiding_gives_what_learning_without_them_would_have_given() -> None:
    text = "Briefing note: Ref # 55-0001 on tulips"
    without = WithoutSome(LETTERS)
    assert without.scores(text, "en", ()) == pytest.approx(learn(LETTERS).scores(text, "en"), abs=1e-3)
    hidden = {"b1", "b2", "g3"}
    vocabulary, rows, *_ = without._spoken["en"]
    kept = np.array([place for place, one in enumerate(LETTERS) if one.public_id not in hidden])
    dense = rows.dense(0, len(vocabulary.places))[kept].astype(float)
    asked = np.zeros(len(vocabulary.places))
    places, weights = vocabulary.row(text)
    asked[places] = weights
    shares = np.linalg.solve(dense @ dense.T + 0.3 * np.eye(len(kept)), without._answers[kept])
    wanted = dict(zip(without.slugs, dense @ asked @ shares, strict=True))
    assert without.scores(text, "en", hidden) == pytest.approx(wanted, abs=1e-5)


def test_an_institution_whose_requests_are_all_hidden_is_not_spoken_for() -> None:
    found = WithoutSome(LETTERS).scores("All e-mails about tulips, plot 3", "en", (), ("gardens",))
    assert found["gardens"] == pytest.approx(0.0, abs=1e-6)


def test_of_many_requests_the_last_ones_of_each_institution_are_learnt_from() -> None:
    many = [Known(f"a{n}", "a", ("x", "")) for n in range(90)] + [
        Known(f"b{n}", "b", ("y", "")) for n in range(5)
    ]
    kept = chosen(many, most=20)
    assert len(kept) <= 20
    assert sum(one.institution == "b" for one in kept) == 5
    assert kept[0].public_id != "a0"
    assert kept[-1].public_id == "b4"


def test_it_is_learnt_with_the_index_and_not_again_while_little_changes(
    world: Callable[[str], None],
) -> None:
    world("none")
    folder = current_folder(settings.INDEX_DIRECTORY)
    assert folder
    learnt = wording_in(folder)
    assert learnt
    assert {"harbours", "skies"} <= set(learnt.slugs)
    stamp = (folder / "wording.npz").stat().st_mtime_ns
    world("none")
    assert current_folder(settings.INDEX_DIRECTORY) == folder
    assert (folder / "wording.npz").stat().st_mtime_ns == stamp

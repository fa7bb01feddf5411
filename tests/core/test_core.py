import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.core.errors import NotAllowedError, NotReadyError
from parvis.core.public_id import ALPHABET, LENGTH, new_public_id
from parvis.core.sort_key import fold, sort_key


def test_an_action_without_an_actor_cannot_be_written() -> None:
    def publish(*, title: str) -> str:
        return title

    with pytest.raises(TypeError, match="takes an actor"):
        action(publish)


def test_an_action_with_positional_arguments_cannot_be_written() -> None:
    def publish(title: str, *, actor: Actor) -> str:
        return f"{title} {actor}"

    with pytest.raises(TypeError, match="title is to be keyword-only"):
        action(publish)


def test_the_gates_say_who_and_what_is_missing() -> None:
    require(allowed=True)
    require_none([])
    with pytest.raises(NotAllowedError):
        require(allowed=False)
    with pytest.raises(NotReadyError) as caught:
        require_none(["no French title", "no date"])
    assert caught.value.blockers == ("no French title", "no date")


def test_text_falls_back_to_the_other_language_and_says_so() -> None:
    shown = Text(en="Lighthouses").shown("fr")
    assert (shown.text, shown.language, shown.is_fallback) == ("Lighthouses", "en", True)
    assert not Text(en="Lighthouses", fr="Phares").shown("fr").is_fallback
    assert Text().shown("fr").text == ""
    assert Text(fr="Phares").languages == ("fr",)


def test_order_ignores_accents_ligatures_and_case() -> None:
    names = ["Éducation", "Énergie", "Eau", "Œuvres", "Opéra", "édition", "Zoo", "«Étoile»"]
    assert sorted(names, key=sort_key) == [
        "Eau", "édition", "Éducation", "Énergie", "«Étoile»", "Œuvres", "Opéra", "Zoo",
    ]  # fmt: skip


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("text", ["Ferry 1238", "Q&A's\tLINE", "".join(map(chr, range(128)))])
def test_plain_letters_are_folded_as_they_are_beside_others(text: str) -> None:
    assert fold(text) == fold(text + "é").removesuffix("e")


def test_public_ids_are_long_and_differ() -> None:
    made = {new_public_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(one) == LENGTH and set(one) <= set(ALPHABET) for one in made)

"""One slip a query, as fingers make them, so that an evaluation can tell what slips cost."""

import random
import re

SHORTEST = 5  # letters; a slip in a shorter word makes another word
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
_NEIGHBOURS = "abcdefghijklmnopqrstuvwxyz"


def with_slip(text: str, seed: int) -> str:
    """Return `text` with one random slip in one of its longer words: a letter lost, doubled, swapped or mistaken.

    The same text and seed give the same slip. A text without a word of five letters is returned as it is.
    """
    chance = random.Random(f"{seed}:{text}")  # noqa: S311  # a repeatable slip, no secret
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = chance.choice(words)
    spoilt = _spoilt(word[0], chance)
    return f"{text[: word.start()]}{spoilt}{text[word.end() :]}"


def _spoilt(word: str, chance: random.Random) -> str:
    """Return the word with one slip; its first letter stays, since it is seldom the one that goes wrong."""
    place = chance.randrange(1, len(word) - 1)
    match chance.randrange(4):
        case 0:
            return word[:place] + word[place + 1 :]
        case 1:
            return word[:place] + word[place] + word[place:]
        case 2 if word[place] != word[place + 1]:
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        case _:
            other = chance.choice([letter for letter in _NEIGHBOURS if letter != word[place].lower()])
            return word[:place] + other + word[place + 1 :]

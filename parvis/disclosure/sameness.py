"""When two texts under one number are versions of one record: the measure, and nothing else.

Two texts are nearly the same when, after folding (case, accents, punctuation, white space) and with every redaction
mark (in square or curly brackets, or in round ones that speak of a name, an address or a removal) read as the same
mark, both hold:

1. their similarity is 85 or more out of 100 (rapidfuzz `fuzz.ratio`: 200 × longest common subsequence ÷ both lengths);
2. the numbers of the one are all among the numbers of the other: a date or a file number that differs makes a
   different request, one that was added does not.

docs/decisions/versions-of-one-record.md tells why, and what it gives on the real files.
"""

import re
from collections import Counter
from functools import lru_cache

from rapidfuzz import fuzz

from parvis.core.sort_key import sort_key

NEARLY_THE_SAME = 85.0

_REDACTED = re.compile(
    r"\[[^\[\]]*\]|\{[^{}]*\}"
    r"|\([^()]*\b(?:individuals?|employees?|names?|address(?:es)?|removed|redacted|severed|withheld"
    r"|noms?|adresses?|retirée?s?|caviardée?s?|personne)\b[^()]*\)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return the text as it is compared."""
    return sort_key(_REDACTED.sub(" redacted ", text))


def similarity(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 100."""
    return fuzz.ratio(folded(one), folded(other))


def is_nearly_the_same(one: str, other: str) -> bool:
    """Tell whether two texts under one number are versions of one record."""
    left, right = folded(one), folded(other)
    if left == right:
        return True
    if not left or not right or not _numbers_agree(left, right):
        return False
    return fuzz.ratio(left, right, score_cutoff=NEARLY_THE_SAME) >= NEARLY_THE_SAME


def _numbers_agree(left: str, right: str) -> bool:
    ours, theirs = Counter(_NUMBER.findall(left)), Counter(_NUMBER.findall(right))
    return ours <= theirs or theirs <= ours

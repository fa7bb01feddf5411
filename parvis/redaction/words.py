"""Numbers that only a word beside them gives away: the word, then within a few signs the number.

Every expression here matches a bounded number of signs, so time grows with the length of a text and with nothing else.
"""

import re
from collections.abc import Iterator

REACH = 45  # signs from the end of the word to the beginning of the number
_ENDS = re.compile(r"[!?;\n]|(?<!\b[Nn]o)\.\s+[A-ZÀ-Þ]")  # what the word said ends here


def named(word: re.Pattern[str], number: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Give the first `number` after each `word`, in the same sentence and within reach."""
    for found in word.finditer(text):
        window_end = min(len(text), found.end() + REACH)
        if stop := _ENDS.search(text, found.end(), window_end):
            window_end = stop.start()
        # The number may run over the window's edge; it only has to begin inside.
        match = number.search(text, found.end(), min(len(text), window_end + REACH))
        if match and match.start() < window_end:
            yield match


def is_named(word: re.Pattern[str], text: str, start: int, *, reach: int = REACH) -> bool:
    """Return whether `word` stands shortly before `start`."""
    return word.search(text, max(0, start - reach), start) is not None

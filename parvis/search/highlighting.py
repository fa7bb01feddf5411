"""The passage of a text that shows why it was found, with what matched marked."""

import re
from collections.abc import Set as AbstractSet

from parvis.core.bilingual import Language
from parvis.search.analysis import exact_terms, stems
from parvis.search.results import Passage, Segment

WORDS_SHOWN = 44
WORDS_BEFORE = 8  # what leads to the first match stands before it
_WORD = re.compile(r"[^\W_]+")


def passage(
    text: str, language: Language, wanted: AbstractSet[str], phrases: AbstractSet[str] = frozenset()
) -> Passage:
    """Return the window of `text` with the most different wanted stems; its beginning when none is there.

    `wanted` are stems of this language; `phrases` words of quoted phrases, case and accents folded.
    """
    words = list(_WORD.finditer(text))
    if not words:
        return Passage((Segment(text),), language)
    matched = [_matched(word.group(), language, wanted, phrases) for word in words]
    first = _best_window(matched)
    last = min(first + WORDS_SHOWN, len(words))
    start = words[first].start() if first else 0
    end = words[last - 1].end() if last < len(words) else len(text)
    segments = _segments(text, words[first:last], matched[first:last], start, end)
    return Passage(segments, language, is_cut_before=first > 0, is_cut_after=last < len(words))


def _matched(word: str, language: Language, wanted: AbstractSet[str], phrases: AbstractSet[str]) -> str:
    """Return what a word matches, or nothing."""
    if phrases and (folded := "".join(exact_terms(word))) in phrases:
        return folded
    found = stems(word, language)
    return found[0] if found and found[0] in wanted else ""


def _best_window(matched: list[str]) -> int:
    if len(matched) <= WORDS_SHOWN or not any(matched):
        return 0
    best, best_first = -1.0, 0
    for first in range(max(len(matched) - WORDS_SHOWN, 0) + 1):
        window = [one for one in matched[first : first + WORDS_SHOWN] if one]
        score = len(set(window)) + 0.1 * len(window)
        if score > best:
            best, best_first = score, first
    lead = next((n for n, one in enumerate(matched[best_first:]) if one), 0)
    return max(0, min(best_first + lead - WORDS_BEFORE, len(matched) - WORDS_SHOWN))


def _segments(
    text: str, words: list[re.Match[str]], matched: list[str], start: int, end: int
) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    at = start
    for word, match in zip(words, matched, strict=True):
        if match:
            if word.start() > at:
                segments.append(Segment(text[at : word.start()]))
            segments.append(Segment(word.group(), is_match=True))
            at = word.end()
    if end > at:
        segments.append(Segment(text[at:end]))
    return tuple(segments)

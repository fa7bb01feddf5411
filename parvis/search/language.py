"""Which official language a short text is in."""

import re

from parvis.core.bilingual import Language
from parvis.core.sort_key import fold
from parvis.search.stop_words import ENGLISH, FRENCH

_WORDS = re.compile(r"[^\W\d_]+")
_ACCENTED = re.compile(r"[àâçéèêëîïôûùüœ]", re.IGNORECASE)
_FOLDED_FRENCH = frozenset(fold(word) for word in FRENCH) - {
    "me",
    "on",
    "a",
    "s",
    "t",
    "d",
    "or",
    "ma",
    "non",
    "plus",
}
_ENGLISH = ENGLISH - {"a", "s", "t", "d", "on", "me"}
_FRENCH_ENDINGS = re.compile(
    r"(?:tion des|ment|eur|eurs|euse|eux|ique|iques|aire|aires|ité|ite|ités|ites|ées|ee|ée|ere|ère|elle|elles|ois|oise"
    r"|aux|age|ance|esse|ette|ettes|iers|ier|oire|oires|ons|ent|er|ez|ir)$"
)
_ENGLISH_ENDINGS = re.compile(
    r"(?:ing|ings|ed|ness|ship|ly|ght|ty|ies|ers|or|ors|th|ck|wn|ew|ow|sh|ll|al|ful|less|ous|ys|ees|ry|ay|ey|y|k|w)$"
)


def language_of(text: str, otherwise: Language) -> Language:
    """Return the language of `text`; `otherwise` (that of the page) where nothing tells.

    Function words weigh most, then accents, then the ends of words. Typed without accents, it still works.
    """
    words = [word.lower() for word in _WORDS.findall(text)]
    score = 0.0  # above zero: French
    for word in words:
        folded = fold(word)
        score += 2.0 * (folded in _FOLDED_FRENCH) - 2.0 * (word in _ENGLISH)
        score += 1.5 * bool(_ACCENTED.search(word)) + 1.5 * (word == "à")
        if len(folded) > 3:  # noqa: PLR2004  # short words end like anything
            score += 0.6 * bool(_FRENCH_ENDINGS.search(folded)) - 0.6 * bool(_ENGLISH_ENDINGS.search(folded))
    if score > 0:
        return "fr"
    if score < 0:
        return "en"
    return otherwise

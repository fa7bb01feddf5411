"""What can be written in the search box: "a phrase", -word, institution:name, year:2021 or year:2019-2021.

French names stand beside English ones (année:, annee:), and French quotation marks count as quotation marks.
"""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    (?P<minus>-)?
    (?:
      (?P<name>institution|year|année|annee)\s?:\s?(?P<value>"[^"]+"|\S+)
      | "(?P<phrase>[^"]*)"?
      | (?P<word>[^\s"]+)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_YEARS = re.compile(r"^(?P<first>(?:19|20)\d{2})(?:[-–.]{1,2}(?P<last>(?:19|20)\d{2}))?$")
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " ", "\u202f": " ", "−": "-"}
)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """The text of a search, taken apart."""

    words: str  # what is left for words and meaning, phrases included without their marks
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()  # words or phrases
    institutions: tuple[str, ...] = ()
    years: tuple[int, int] | None = None


def parse(text: str) -> ParsedQuery:
    """Take the text of a search apart. Nothing is an error: what has no special form is a word."""
    words: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    institutions: list[str] = []
    years: tuple[int, int] | None = None
    for token in _TOKEN.finditer(text.translate(_QUOTES)):
        name = (token["name"] or "").lower()
        value = (token["value"] or "").strip('"').strip()
        if name == "institution" and value:
            institutions.append(value)
        elif name and (span := _YEARS.match(value)):
            first, last = int(span["first"]), int(span["last"] or span["first"])
            years = (min(first, last), max(first, last))
        elif token["phrase"] is not None:
            phrase = " ".join(token["phrase"].split())
            if not phrase:
                continue
            if token["minus"]:
                excluded.append(phrase)
            else:
                phrases.append(phrase)
                words.append(phrase)
        elif token["minus"] and token["word"]:
            excluded.append(token["word"])
        else:
            words.append(token[0])
    return ParsedQuery(" ".join(words).strip(), tuple(phrases), tuple(excluded), tuple(institutions), years)

"""The closed vocabulary of dispositions, in plain words, and the one reader of other people's wordings.

Codes and official wordings: the disposition column of the Government of Canada's "Completed Access to Information
Request Summaries". The wordings that real files use instead stand in `data/dispositions.yaml`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml
from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import Text
from parvis.core.sort_key import sort_key
from parvis.disclosure.reasons import Doubt

DATA = Path(__file__).parent / "data" / "dispositions.yaml"


class Disposition(models.TextChoices):
    """How a request ended. | Issue d’une demande."""

    ALL_DISCLOSED = "all-disclosed", _("All disclosed")
    DISCLOSED_IN_PART = "disclosed-in-part", _("Disclosed in part")
    ALL_EXEMPTED = "all-exempted", _("All exempted")
    ALL_EXCLUDED = "all-excluded", _("All excluded")
    NO_RECORDS = "no-records", _("No records exist")
    TRANSFERRED = "transferred", _("Transferred")
    ABANDONED = "abandoned", _("Abandoned")
    NEITHER = "neither-confirmed-nor-denied", _("Neither confirmed nor denied")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A disposition as a page explains it: its title, and one plain sentence."""

    title: Text
    sentence: Text


class ReadDisposition(NamedTuple):
    """What a wording means: a code, or none, and the reason to doubt it."""

    code: str
    doubt: Doubt | None = None


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[dict[str, Explanation], dict[str, str], frozenset[str]]:
    data = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    explanations: dict[str, Explanation] = {}
    wordings: dict[str, str] = {}
    for code in Disposition.values:
        entry = data["dispositions"][code]
        explanations[code] = Explanation(Text(**entry["title"]), Text(**entry["sentence"]))
        for wording in (entry["title"]["en"], entry["title"]["fr"], *entry["wordings"]):
            key = wording_key(wording)
            if wordings.setdefault(key, code) != code:
                raise ValueError(f"data/dispositions.yaml gives “{wording}” two meanings")
    silent = frozenset(wording_key(wording) for wording in data["silent"])
    if both := silent & set(wordings):
        raise ValueError(f"data/dispositions.yaml: {both} both mean something and nothing")
    return explanations, wordings, silent


def wording_key(text: str) -> str:
    """Return the key under which a wording is compared: folded, without accents, quotes or punctuation."""
    return sort_key(text)


def explanation(code: str) -> Explanation | None:
    """Return the title and the plain sentence of a code; None for the empty code."""
    return _vocabulary()[0].get(code)


def title(code: str) -> Text:
    """Return the title of a code in both languages, empty for the empty code."""
    found = explanation(code)
    return found.title if found else Text()


_OFFICIAL = re.compile(r"^(?P<code>[A-Z]{2})\s*\((?P<words>.+)\)$", re.DOTALL)
_INSTALMENT = re.compile(r"^(instalment|installment|versement|interim) \d+ ")
_NEGLIGIBLE = frozenset({"", "request", "demande"})


@lru_cache(maxsize=4000)
def read_disposition(wording: str) -> ReadDisposition:
    """Find the code that a wording in either or both languages means.

    "English / French" is read by halves: they must not say two different things. A wording that says that nothing
    was given out without saying why, or that is not known, gives no code and a doubt; an empty one gives neither.
    """
    text = " ".join(wording.split())
    if official := _OFFICIAL.match(text):
        text = official["words"]
    _explanations, wordings, silent = _vocabulary()
    whole = wording_key(text)
    if whole in _NEGLIGIBLE:
        return ReadDisposition("")
    if found := _meaning(whole, wordings):
        return ReadDisposition(found)
    keys = [key for half in text.split("/") if (key := wording_key(half))]
    meanings = {found for key in keys if (found := _meaning(key, wordings))}
    unknown = [key for key in keys if not _meaning(key, wordings) and key not in silent]
    if len(meanings) > 1:
        return ReadDisposition("", Doubt.DISPOSITION_DISAGREES)
    if not meanings:
        return ReadDisposition("", Doubt.DISPOSITION_UNKNOWN if unknown else Doubt.DISPOSITION_UNCLEAR)
    return ReadDisposition(meanings.pop(), Doubt.DISPOSITION_HALF_KNOWN if unknown else None)


def _meaning(key: str, wordings: dict[str, str]) -> str:
    return wordings.get(key) or wordings.get(_INSTALMENT.sub("", key), "")

"""The codes of the inventory and their words, read from `data/codes.yaml`. Pure."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from parvis.core.bilingual import Text

FILE = Path(__file__).parent / "data" / "codes.yaml"


@lru_cache(maxsize=1)
def vocabularies() -> Mapping[str, Mapping[str, Text]]:
    """Return for each column of codes what its codes mean, in the order of the form."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        column: {str(code): Text(said["en"], said["fr"]) for code, said in codes.items()}
        for column, codes in data.items()
    }


@lru_cache(maxsize=1)
def current_codes() -> Mapping[str, tuple[str, ...]]:
    """Return for each column the codes that today's form offers."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        column: tuple(str(code) for code, said in codes.items() if "until" not in said)
        for column, codes in data.items()
    }


def meaning(column: str, code: str) -> Text:
    """Return what a code means; the code itself where nobody said."""
    return vocabularies().get(column, {}).get(code, Text(code, code))

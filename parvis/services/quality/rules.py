"""The rules of quality, read from `data/quality_rules.yaml`. Pure."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from parvis.core.bilingual import Text

FILE = Path(__file__).parent.parent / "data" / "quality_rules.yaml"
SERVICE, STANDARD = "service", "standard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: what it is about, how much it weighs, what it says and what to do."""

    code: str
    about: str
    severity: str
    fields: tuple[str, ...]
    check: str
    says: Text
    do: Text
    official: str = ""  # its name in the federal list
    refuses: bool = False  # what cannot be: nobody can confirm it
    factor: int = 0
    years: int = 0


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Return all rules in the order of the file."""
    data: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(
        Rule(
            **{
                **said,
                "fields": tuple(said["fields"]),
                "says": Text(**said["says"]),
                "do": Text(**said["do"]),
            }
        )
        for said in data
    )


def rule_named(code: str) -> Rule:
    """Return a rule by its code. Raises KeyError."""
    return {rule.code: rule for rule in rules()}[code]

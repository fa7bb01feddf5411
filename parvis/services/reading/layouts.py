"""Layouts: mapping files that say which column of a generation of files holds what, and in which unit."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from parvis.core.bilingual import Text
from parvis.core.errors import ParvisError

FOLDER = Path(__file__).parent.parent / "layouts"
READER = 1  # raised when reading itself changes, so that unchanged files are read anew


class LayoutError(ParvisError):
    """No layout fits a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """`columns` maps our fields to their columns; `needs` are the columns by which the layout is recognised."""

    name: str
    holds: str
    generation: int
    title: Text
    needs: frozenset[str]
    columns: Mapping[str, str]
    sums: Mapping[str, Sequence[str]]  # a field that is the sum of several columns
    part: Decimal  # what a percentage of 1 is as part of one: 1, or 0.01 where files write parts of a hundred
    codes: Mapping[str, Mapping[str, Sequence[str]]]  # by field: the file's code to ours
    nothing: frozenset[str]  # what a text or code cell holds where nothing was said
    has_own_identifiers: bool  # each institution numbers by itself
    is_exact: bool  # the file has these columns and no other
    digest: str

    def fits(self, header: Sequence[str]) -> bool:
        """Tell whether a file with this header has this layout."""
        return self.needs == set(header) if self.is_exact else self.needs <= set(header)


@lru_cache(maxsize=1)
def layouts() -> tuple[Layout, ...]:
    """Return the layouts that come with Parvis. Raises jsonschema's ValidationError where one is wrong."""
    validator = Draft202012Validator(json.loads((FOLDER / "schema.json").read_text(encoding="utf-8")))
    return tuple(_read(path, validator) for path in sorted(FOLDER.glob("*.yaml")))


def _read(path: Path, validator: Draft202012Validator) -> Layout:
    text = path.read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    validator.validate(data)
    return Layout(
        name=data["name"],
        holds=data["holds"],
        generation=data["generation"],
        title=Text(**data["title"]),
        needs=frozenset(data["needs"]),
        columns=data["columns"],
        sums=data.get("sums", {}),
        part=Decimal("0.01") if data.get("parts_of") == "hundred" else Decimal(1),
        codes=data.get("codes", {}),
        nothing=frozenset(data.get("nothing", ())),
        has_own_identifiers=data.get("own_identifiers", False),
        is_exact=data.get("exact", False),
        digest=hashlib.sha256(f"{READER}\n{text}".encode()).hexdigest(),
    )


def recognise(header: Sequence[str]) -> Layout | None:
    """Return the layout of a file with this header, the most demanding where several fit; None where none does."""
    fitting = [layout for layout in layouts() if layout.fits(header)]
    return max(fitting, key=lambda layout: len(layout.needs), default=None)


def recognised(header: Sequence[str]) -> Layout:
    """Return the layout of a file that must have one. Raises LayoutError, naming those that are known."""
    if layout := recognise(header):
        return layout
    known = "; ".join(f"{one.name}: {', '.join(sorted(one.needs))}" for one in layouts())
    raise LayoutError(
        _("No layout fits the columns “%(header)s”. Known layouts need: %(known)s")
        % {"header": ", ".join(header)[:300], "known": known}
    )

"""Layouts: small mapping files that say which column of an official file holds which of our fields."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from parvis.core.bilingual import Text
from parvis.core.errors import ParvisError

FOLDER = Path(__file__).parent.parent / "layouts"


class LayoutError(ParvisError):
    """A layout file is wrong, or no layout fits a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """`columns` maps our fields to their columns; `needs` are the columns by which the layout is recognised."""

    name: str
    holds: str  # summaries, classes or banks
    title: Text
    needs: tuple[str, ...]
    columns: Mapping[str, str]
    constants: Mapping[str, str]
    keep: tuple[str, ...]

    def fits(self, header: Sequence[str]) -> bool:
        """Tell whether a file with this header has this layout."""
        return set(self.needs) <= set(header)

    def cells(self, row: Mapping[str, str]) -> dict[str, str]:
        """Return one row by our fields: constants first, then what its columns hold."""
        found = dict(self.constants)
        for field, column in self.columns.items():
            if value := row.get(column, ""):
                found[field] = value
        return found


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads((FOLDER / "schema.json").read_text(encoding="utf-8")))


def read_layout(path: Path) -> Layout:
    """Read one layout file. Raises LayoutError with what is wrong, in the words of the schema."""
    try:
        data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise LayoutError(
            _("The layout %(path)s cannot be read: %(why)s") % {"path": path, "why": error}
        ) from error
    if faults := sorted(_validator().iter_errors(data), key=lambda fault: list(map(str, fault.path))):
        where = "; ".join(
            f"{'.'.join(map(str, fault.path)) or path.name}: {fault.message}" for fault in faults
        )
        raise LayoutError(_("The layout %(path)s is wrong: %(why)s") % {"path": path, "why": where})
    return Layout(
        name=data["name"],
        holds=data["holds"],
        title=Text(**data["title"]),
        needs=tuple(data["needs"]),
        columns=data["columns"],
        constants=data.get("constants", {}),
        keep=tuple(data.get("keep", ())),
    )


@lru_cache(maxsize=1)
def shipped_layouts() -> tuple[Layout, ...]:
    """Return the layouts that come with Parvis."""
    return tuple(read_layout(path) for path in sorted(FOLDER.glob("*.yaml")))


def layout_named(name: str) -> Layout:
    """Return a shipped layout by its name, or the one in the file of that path."""
    for layout in shipped_layouts():
        if layout.name == name:
            return layout
    if Path(name).suffix in {".yaml", ".yml"}:
        return read_layout(Path(name))
    known = ", ".join(layout.name for layout in shipped_layouts())
    raise LayoutError(
        _("There is no layout %(name)s. There are: %(known)s; or give the path of a .yaml file.")
        % {"name": name, "known": known}
    )


def recognise(header: Sequence[str], *, holds: str) -> Layout:
    """Return the layout that a file with this header has; the most demanding where several fit."""
    fitting = [layout for layout in shipped_layouts() if layout.holds == holds and layout.fits(header)]
    if not fitting:
        known = "; ".join(
            f"{one.name}: {', '.join(one.needs)}" for one in shipped_layouts() if one.holds == holds
        )
        raise LayoutError(
            _("No layout fits the columns “%(header)s”. Known layouts need: %(known)s")
            % {"header": ", ".join(header)[:300], "known": known}
        )
    return max(fitting, key=lambda layout: len(layout.needs))

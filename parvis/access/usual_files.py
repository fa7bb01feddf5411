"""Usual files as a file: what institutions offer, read and checked line by line before anything is kept."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from parvis.core.errors import ParvisError

TEXTS = ("title_en", "title_fr", "help_en", "help_fr")
REQUIRED = ("institution", "code", "title_en", "title_fr")
LABELS = ("name", "label_en", "label_fr")
KINDS = frozenset({"text", "day"})
RESERVED = frozenset({"more", "go", "from", "csrfmiddlewaretoken"})
"""Names that the page of particulars uses itself."""


@dataclass(frozen=True, slots=True)
class UsualLine:
    """One usual file of the file that is loaded."""

    institution: str
    code: str
    texts: dict[str, str]
    particulars: list[dict[str, Any]]
    is_offered: bool


@dataclass(slots=True)
class UsualReport:
    """What became of every entry: new, changed, unchanged, or refused with its number and reason."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def read_usual_files(path: Path) -> list[Any]:
    """Return the entries of a file. Raises ParvisError when it is not a list in YAML."""
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ParvisError(_("%(file)s cannot be read.") % {"file": path.name}) from error
    if not isinstance(told, list):
        raise ParvisError(_("%(file)s is not a list of usual files.") % {"file": path.name})
    return told


def line_of(told: Any) -> UsualLine:
    """Return one entry. Raises ParvisError with what is wrong with it."""
    if not isinstance(told, dict):
        raise ParvisError(_("It is not a usual file."))
    for name in REQUIRED:
        if not str(told.get(name) or "").strip():
            raise ParvisError(_("It lacks %(name)s.") % {"name": name})
    particulars = told.get("particulars") or []
    if not isinstance(particulars, list):
        raise ParvisError(_("What it needs is not a list."))
    return UsualLine(
        institution=str(told["institution"]).strip(),
        code=str(told["code"]).strip(),
        texts={name: str(told.get(name) or "").strip() for name in TEXTS},
        particulars=[_particular(one) for one in particulars],
        is_offered=bool(told.get("is_offered", True)),
    )


def _particular(told: Any) -> dict[str, Any]:
    if not isinstance(told, dict) or any(not str(told.get(name) or "").strip() for name in LABELS):
        raise ParvisError(_("Each thing that it needs has a name and a label in both languages."))
    name = str(told["name"]).strip()
    if not name.isidentifier() or name in RESERVED:
        raise ParvisError(_("“%(name)s” is no name for a thing that it needs.") % {"name": name})
    kind = str(told.get("kind") or "text")
    if kind not in KINDS:
        raise ParvisError(_("“%(kind)s” is neither text nor day.") % {"kind": kind})
    return {
        "name": name,
        "label_en": str(told["label_en"]).strip(),
        "label_fr": str(told["label_fr"]).strip(),
        "hint_en": str(told.get("hint_en") or "").strip(),
        "hint_fr": str(told.get("hint_fr") or "").strip(),
        "is_required": bool(told.get("is_required")),
        "kind": kind,
    }

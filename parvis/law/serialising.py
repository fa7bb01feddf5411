"""Deadlines and packs as plain data, ready for JSON: the command line, the API and the pages show the same."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from parvis.core.bilingual import LANGUAGES, Text
from parvis.law.deadline import Deadline
from parvis.law.model import Cited, Pack
from parvis.law.wording import citation


def text_dict(text: Text) -> dict[str, str]:
    """Return both languages."""
    return {language: text.in_(language) for language in LANGUAGES}


def cited_dict(pack: Pack, cited: Cited) -> dict[str, Any]:
    """Return the section, where it stands, how sure it is, and who checked it when."""
    return {
        "section": cited.section,
        "citation": text_dict(citation(pack, cited)),
        "confidence": str(cited.confidence),
        "verified": {"by": cited.verified.by, "on": cited.verified.on} if cited.verified else None,
    }


def day(value: date | None) -> str | None:
    """Return a day as ISO 8601, or None."""
    return value.isoformat() if value else None


def pack_dict(pack: Pack) -> dict[str, Any]:
    """Return everything that a pack says, each value with its section cited in full in both languages."""
    made: dict[str, Any] = _plain(pack, pack)
    return made


def _plain(value: Any, pack: Pack) -> Any:
    if isinstance(value, Text | date | Enum):
        return (
            text_dict(value)
            if isinstance(value, Text)
            else day(value)
            if isinstance(value, date)
            else value.value
        )
    if isinstance(value, Mapping):
        return {name: _plain(each, pack) for name, each in value.items()}
    if isinstance(value, tuple | frozenset):
        return [_plain(each, pack) for each in (sorted(value) if isinstance(value, frozenset) else value)]
    if not is_dataclass(value):
        return value
    said = {field.name: _plain(getattr(value, field.name), pack) for field in fields(value)}
    return {**said, **cited_dict(pack, value)} if isinstance(value, Cited) else said


def deadline_dict(due: Deadline) -> dict[str, Any]:
    """Return a deadline: dates as ISO 8601 days or None, steps and other dates in both languages."""
    pack = due.pack
    return {
        "pack": pack.id,
        "regime": pack.regime,
        "place": due.clock.place[0].id if due.clock.place else None,
        "standing": str(due.standing),
        "confidence": str(due.confidence),
        "raw": day(due.raw),
        "statute_due": day(due.statute_due),
        "policy_due": day(due.policy_due),
        "deemed_refused_on": day(due.deemed_refused_on),
        "days_left": due.days_left,
        "events": [str(event) for event in due.clock.events],
        "steps": [
            {
                "code": step.code,
                "on": day(step.on),
                "text": text_dict(step.text),
                **cited_dict(pack, step.cited),
                "confidence": str(step.confidence),
            }
            for step in due.steps
        ],
        "other_dates": [
            {
                "id": other.id,
                "title": text_dict(other.title),
                "statute_on": day(other.statute_on),
                "policy_on": day(other.policy_on),
                **cited_dict(pack, other.cited),
            }
            for other in due.other_dates
        ],
    }

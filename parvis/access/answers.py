"""What a person answers on the way to a request: one frozen value, kept sealed in the draft until it is sent."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any, Self

from parvis.access.states import PERSONAL_KINDS, RecordFormat, RecordsLanguage, RequestKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """What is asked for: the part that the institution works with. Of who asks it says nothing but what they wrote."""

    text: str = ""
    period_from: str = ""  # a day, ISO 8601
    period_to: str = ""
    keywords: str = ""
    places: str = ""
    particulars: Mapping[str, str] = field(default_factory=dict)  # what a usual file needs to be found


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks and how to reach them. All of it is sealed apart from the request."""

    is_anonymous: bool = False
    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    category: str = ""
    accessibility: str = ""  # what they need to read the answer
    has_right: bool = False  # they say that the statute gives them the right to ask
    is_representative: bool = False
    represented: str = ""  # the name of the person for whom they act, or whose information it is
    relation: str = ""  # by what right they act
    identity_by: str = ""  # "account" or "documents", for one's own information
    verified_by: Mapping[str, str] = field(
        default_factory=dict
    )  # name, by language, of the provider that vouches
    birth_date: str = ""
    other_names: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """All answers of a draft. `done` holds the names of the steps that were answered.

    `unfinished` holds, by step, what was typed and could not be taken yet, as it was typed: nothing of it is lost.
    """

    kind: str = RequestKind.RECORDS
    institutions: tuple[str, ...] = ()  # slugs, in the order of choice
    package: str = ""  # the public_id of the released record of which a copy is asked
    usual_file: str = ""  # the public_id of a usual file
    record_format: str = RecordFormat.ELECTRONIC
    records_language: str = RecordsLanguage.ANY
    language: str = "en"  # in which they are written to
    waive: bool = False
    requested: Requested = Requested()
    asker: Asker = Asker()
    done: tuple[str, ...] = ()
    unfinished: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)

    @property
    def is_personal(self) -> bool:
        """Whether it is about somebody's own information."""
        return self.kind in PERSONAL_KINDS

    def with_done(self, step: str) -> Self:
        """Return the same answers with one more step answered."""
        return self if step in self.done else replace(self, done=(*self.done, step))

    def with_unfinished(self, step: str, typed: Mapping[str, list[str]]) -> Self:
        """Return the same answers with what was typed at a step and cannot be taken yet; nothing typed clears it."""
        others = {name: kept for name, kept in self.unfinished.items() if name != step}
        return replace(self, unfinished={**others, step: typed} if typed else others)

    def as_json(self) -> dict[str, Any]:
        """Return what the draft keeps."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Read what a draft kept, also one that an earlier version wrote: what is unknown now is left out."""
        known = _known(cls, kept)
        known["requested"] = Requested(**_known(Requested, kept.get("requested") or {}))
        known["asker"] = Asker(**_known(Asker, kept.get("asker") or {}))
        for name in ("institutions", "done"):
            known[name] = tuple(kept.get(name) or ())
        return cls(**known)


def _known(kind: type, kept: Mapping[str, Any]) -> dict[str, Any]:
    names = {one.name for one in fields(kind)}
    return {name: value for name, value in kept.items() if name in names}


def day_of(text: str) -> date | None:
    """Return the day that an answer holds, or None."""
    return date.fromisoformat(text) if text else None

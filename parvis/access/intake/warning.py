"""What a text gives away of a person: found on the server, marked where it stands, with what to do about it."""

from dataclasses import dataclass
from hashlib import sha256

from parvis.core.bilingual import Text
from parvis.redaction import NAMES, WARNINGS, Kind, find_personal_information

NOWHERE = Text()


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text; `name` is empty where nothing was found in it."""

    text: str
    name: Text = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A text with what was found in it. `digest` stands for exactly this text, to go on with it."""

    pieces: tuple[Piece, ...]
    advice: tuple[Text, ...]
    has_number: bool  # an official number, which one's own file may need
    digest: str


def warned(text: str) -> Warned | None:
    """Return what a text gives away, or None when nothing is found."""
    found = find_personal_information(text)
    if not found:
        return None
    pieces, at = [], 0
    for one in found:
        pieces += [Piece(text[at : one.start]), Piece(text[one.start : one.end], NAMES[one.kind])]
        at = one.end
    kinds = dict.fromkeys(one.kind for one in found)
    return Warned(
        pieces=tuple(piece for piece in (*pieces, Piece(text[at:])) if piece.text),
        advice=tuple(WARNINGS[kind] for kind in kinds),
        has_number=bool(kinds.keys() & {Kind.SIN, Kind.PASSPORT, Kind.CLIENT_ID, Kind.BIRTH}),
        digest=digest_of(text),
    )


def digest_of(text: str) -> str:
    """Return what stands for exactly this text."""
    return sha256(text.encode(errors="replace")).hexdigest()

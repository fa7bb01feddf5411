"""What kinds of letters there are: each room declares its own, with the template and what it holds."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from parvis.core.bilingual import LANGUAGES, Text
from parvis.core.errors import ParvisError


class LetterError(ParvisError):
    """A letter cannot be made; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What every letter holds. Each kind declares a subclass with its own fields.

    Fields are text, whole numbers, truths, dates, moments, `Text`, other dataclasses, and tuples of these.
    """

    on: date  # the day that the letter bears
    addressee: tuple[str, ...] = ()  # name and address, a line each


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One kind of letter.

    `name` is "room:noun", under which a sealed one is registered; `what` says in a few words what it is; `template` is
    "room/letters/name", which stands as `name.en.typ` and `name.fr.typ` in the room's templates; `title` may name
    fields of the content in braces.
    """

    name: str
    what: Text
    template: str
    title: Text
    content: type[Content]


_LETTERS: dict[str, Letter] = {}


def register(letter: Letter) -> Letter:
    """Make a kind of letter known; a room calls it once. Raises ValueError for a second one of the same name."""
    if letter.name in _LETTERS and _LETTERS[letter.name] != letter:
        raise ValueError(f"{letter.name} is registered twice")
    if letter.title.languages != LANGUAGES or letter.what.languages != LANGUAGES:
        raise ValueError(f"{letter.name} needs its title, and what it is, in both languages")
    known = {one.name for one in fields(letter.content)}
    letter.title.en.format_map(dict.fromkeys(known, ""))  # raises KeyError for a field that is none
    letter.title.fr.format_map(dict.fromkeys(known, ""))
    _LETTERS[letter.name] = letter
    return letter


def kind_of(name: str) -> Text | None:
    """Return what a kind of letter is, in a few words, or None for one that no room declares any more."""
    letter = _LETTERS.get(name)
    return letter.what if letter else None


def letters() -> Iterator[Letter]:
    """Give every kind of letter, by name."""
    return iter(_LETTERS[name] for name in sorted(_LETTERS))

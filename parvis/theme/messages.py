"""The interface's French, kept without GNU gettext: Babel extracts, compiles and checks the catalogue of each room.

Message ids are English sentences, in Python and in templates. Each room has `locale/fr/LC_MESSAGES/django.po`; the
compiled `.mo` beside it is never tracked.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.extract import extract as extract_messages
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from parvis.theme.french import typography_faults

PACKAGE = Path(__file__).resolve().parents[1]
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
Key = tuple[str, str]  # context, message id


@dataclass(slots=True)
class Used:
    """One message as the code uses it."""

    singular: str
    plural: str = ""
    context: str = ""
    places: list[tuple[str, int]] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """How catalogues know it."""
        return self.context, self.singular

    @property
    def id(self) -> str | tuple[str, str]:
        """How Babel knows it."""
        return (self.singular, self.plural) if self.plural else self.singular


def rooms() -> list[Path]:
    """Return the folder of every room."""
    return sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


def catalogue_path(room: Path) -> Path:
    """Return where a room's French stands."""
    return room / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def used_messages(room: Path) -> dict[Key, Used]:
    """Return every message that the room's Python and templates use."""
    found: dict[Key, Used] = {}
    for path in sorted(room.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            source = path.read_text(encoding="utf-8")
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            # Django turns a template into lines that look like Python; without their indents they are.
            lines = templatize(path.read_text(encoding="utf-8"), origin=str(path)).splitlines()
            source = "\n".join(line.strip() for line in lines)
        else:
            continue
        name = (
            path.relative_to(PACKAGE.parent).as_posix() if path.is_relative_to(PACKAGE.parent) else path.name
        )
        for line, one in _calls(source):
            found.setdefault(one.key, one).places.append((name, line))
    return found


def _calls(source: str) -> Iterator[tuple[int, Used]]:
    for line, given, _comments, context in extract_messages("python", io.BytesIO(source.encode()), KEYWORDS):
        singular, plural = (given, "") if isinstance(given, str) else (given[0], given[1])
        yield line, Used(singular, plural, context or "")


def read_catalogue(path: Path) -> Catalog:
    """Read a catalogue, or give an empty one where there is none."""
    if not path.exists():
        return Catalog(locale="fr", project="Parvis", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="fr")


def compile_catalogues() -> list[Path]:
    """Compile each catalogue that is newer than what was made of it; return those that were."""
    made = []
    for room in rooms():
        source = catalogue_path(room)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        written = io.BytesIO()
        write_mo(written, read_catalogue(source))
        new = target.with_name(f".{target.name}.new")
        new.write_bytes(written.getvalue())
        new.replace(target)  # two processes that start at once each leave a whole file
        made.append(target)
    return made


def extract(room: Path) -> tuple[int, int]:
    """Bring a room's catalogue to what it uses, new messages untranslated; return how many are new and are gone."""
    path, used = catalogue_path(room), used_messages(room)
    old = read_catalogue(path)
    kept = {_key(message): message for message in old if message.id}
    new = Catalog(locale="fr", project="Parvis", charset="utf-8", fuzzy=False)
    new.mime_headers = old.mime_headers
    for key, one in sorted(used.items(), key=lambda item: item[1].places[0]):
        before = kept.get(key)
        new.add(
            one.id,
            string=before.string if before else None,
            context=one.context or None,
            flags=before.flags - {"python-format"} if before else (),
            user_comments=before.user_comments if before else (),
        )
    added, gone = len(used.keys() - kept.keys()), len(kept.keys() - used.keys())
    if used and (added or gone):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, new, width=110, omit_header=False, ignore_obsolete=True)
    return added, gone


def faults(room: Path) -> list[str]:
    """Return, in words, everything that is not right with a room's French."""
    path, used = catalogue_path(room), used_messages(room)
    if not used and not path.exists():
        return []
    written = {_key(message): message for message in read_catalogue(path) if message.id}
    said = [
        f"no translation of {one.singular!r} ({_place(one)})"
        for key, one in used.items()
        if key not in written
    ]
    said += [f"used nowhere: {key[1]!r}" for key in written if key not in used]
    for key, message in written.items():
        if key in used:
            said += [f"{key[1]!r}: {fault}" for fault in _message_faults(used[key], message)]
    return [f"{room.name}: {fault}" for fault in said]


def contradictions() -> list[str]:
    """Return the messages that two rooms translate differently: Django would show whichever it reads last."""
    first: dict[Key, tuple[str, object]] = {}
    said = []
    for room in rooms():
        for message in read_catalogue(catalogue_path(room)):
            if not message.id:
                continue
            before = first.setdefault(_key(message), (room.name, message.string))
            if before[1] != message.string:
                said.append(f"{before[0]} and {room.name} translate {_key(message)[1]!r} differently")
    return said


def _key(message: Message) -> Key:
    singular = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return message.context or "", singular


def _place(one: Used) -> str:
    name, line = one.places[0]
    return f"{name}:{line}"


def _message_faults(used: Used, message: Message) -> Iterator[str]:
    forms = [
        form or ""
        for form in ([message.string] if isinstance(message.string, str | None) else message.string)
    ]
    if message.fuzzy:
        yield "is marked fuzzy"
    if not all(forms):
        yield "is not translated"
        return
    if used.plural and len(forms) < 2:  # noqa: PLR2004  # French has two forms
        yield "has a plural that is not translated"
    wanted = set(PLACEHOLDER.findall(used.plural or used.singular))
    for form in forms:
        if (there := set(PLACEHOLDER.findall(form))) != wanted and not (used.plural and there < wanted):
            yield f"has other placeholders: {sorted(there ^ wanted)}"
        yield from typography_faults(form)

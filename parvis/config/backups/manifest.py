"""What a backup says of itself: its parts with their digests, and how many rows each table has."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from parvis.core.errors import ParvisError

FORMAT = 1
NAME = "manifest.json"
DUMP = "database.dump"
FILES, KEYS, SEALED_KEYS = "files", "keys", "keys.sealed"
CHUNK = 1 << 20


class BackupError(ParvisError):
    """A backup cannot be made, or is not what it says; the message tells which part and what to do."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a backup."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All of a backup. `rows` are those of each table in the moment of the dump; `migrations` what it stands at."""

    made_at: str
    version: str
    postgres: str
    rows: dict[str, int]
    migrations: list[str]
    has_files: bool
    parts: list[Part] = field(default_factory=list)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write it, last of all, and have it on disk."""
        with (folder / NAME).open("x", encoding="utf-8") as file:
            json.dump(asdict(self), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read it. Raises BackupError when the folder holds none that this version can read."""
        try:
            told = json.loads((folder / NAME).read_text(encoding="utf-8"))
            if told["format"] != FORMAT:
                raise BackupError(
                    f"{folder} is a backup of format {told['format']}; this version reads {FORMAT}."
                )
            return cls(**{**told, "parts": [Part(**part) for part in told["parts"]]})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BackupError(f"{folder} is no whole backup: {NAME} cannot be read ({error}).") from error


def part_of(folder: Path, path: Path) -> Part:
    """Return what the manifest is to say of one file."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Part(path.relative_to(folder).as_posix(), path.stat().st_size, sha256)


def verify(folder: Path) -> Manifest:
    """Read every part again and compare. Raises BackupError that names each part that is not as it was written."""
    manifest = Manifest.read(folder)
    wrong = []
    for part in manifest.parts:
        path = folder / part.path
        if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
            wrong.append(f"{part.path} is missing")
        elif part_of(folder, path) != part:
            wrong.append(f"{part.path} was changed")
    told = {part.path for part in manifest.parts} | {NAME}
    wrong += [f"{name} does not belong to it" for name in sorted(set(_all(folder)) - told)]
    if wrong:
        shown = "\n".join(wrong[:20])
        raise BackupError(f"The backup {folder} is not whole; nothing was touched.\n{shown}")
    return manifest


def _all(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]

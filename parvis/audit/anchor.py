"""What stands outside the database: the key of the seals, and a note of the newest seal (the anchor).

Who may write to the database alone can neither make seals that hold nor take the newest ones away unseen.
"""

import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from parvis.core.errors import ParvisError


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link of the chain at some moment."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


def parse_head(text: str) -> Head:
    """Read what `parvis audit head` printed. Raises ParvisError for anything else."""
    number, _colon, digest = text.strip().partition(":")
    is_hash = len(digest) == 64 and not set(digest) - set("0123456789abcdef")  # noqa: PLR2004  # of SHA-256
    if not (number.isascii() and number.isdecimal() and is_hash):
        raise ParvisError(
            f"{text!r} is no head of the trail: it reads NUMBER:HASH, as `parvis audit head` prints it."
        )
    return Head(int(number), digest)


def audit_key() -> bytes:
    """Return the key of the seals: the one of the setting, or the one made once and kept in the home folder."""
    if settings.AUDIT_KEY:
        return bytes.fromhex(settings.AUDIT_KEY)
    path = settings.HOME / "keys" / "audit_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _written_beside(path, secrets.token_hex(32)) as new, contextlib.suppress(FileExistsError):
            path.hardlink_to(new)  # two processes starting at once: the first one's key stays
    return bytes.fromhex(path.read_text().strip())


def anchor_path() -> Path:
    """Return where the note of the newest seal stands."""
    return Path(settings.HOME) / "keys" / "audit-head.json"


def read_anchor() -> Head | None:
    """Return the newest seal that this machine noted, if any. Raises ParvisError when the note is unreadable."""
    path = anchor_path()
    if not path.exists():
        return None
    try:
        noted = json.loads(path.read_text())
        return Head(int(noted["number"]), str(noted["hash"]))
    except (ValueError, KeyError, TypeError) as error:
        raise ParvisError(f"{path} is not as the sealer writes it: somebody changed it.") from error


def write_anchor(head: Head) -> None:
    """Note the newest seal, durably, before anyone reads of it."""
    path = anchor_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _written_beside(path, json.dumps({"number": head.number, "hash": head.hash}) + "\n") as new:
        new.replace(path)


@contextlib.contextmanager
def _written_beside(path: Path, text: str) -> Iterator[Path]:
    """Give a file with that text beside `path`, readable by us alone; it is gone afterwards unless moved."""
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        yield new
    finally:
        new.unlink(missing_ok=True)

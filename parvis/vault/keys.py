"""The keys with which personal data is sealed: one seals, the earlier ones still open until nothing needs them.

They stand in PARVIS_HOME/keys/vault as `MARK.key` (32 random bytes, in hexadecimal) beside `current`, which names the
one in use; or in PARVIS_VAULT_KEYS, the same on every machine, the one in use first. A mark is the first 8 bytes of
the SHA-256 of the key, in hexadecimal.
"""

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

ATTEMPTS = 5  # to read the key in use while another process renews it


def mark_of(key: bytes) -> str:
    """Return the mark of a key: 16 hexadecimal digits that tell nothing of it."""
    return hashlib.sha256(b"parvis vault mark" + key).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class VaultKeys:
    """The keys: those that the setting gives, or those in one folder. Nothing is cached: a new one counts at once."""

    folder: Path
    given: tuple[bytes, ...] = ()

    def current(self) -> tuple[str, bytes]:
        """Return the key in use and its mark; the first call makes it."""
        if self.given:
            return mark_of(self.given[0]), self.given[0]
        for _attempt in range(ATTEMPTS):
            try:
                mark = (self.folder / "current").read_text().strip()
                return mark, self._read(mark)
            except FileNotFoundError:
                if not (self.folder / "current").exists():
                    self._make(is_first=True)
        raise FileNotFoundError(f"{self.folder}: the key that `current` names is not there")

    def key(self, mark: str) -> bytes | None:
        """Return the key of a mark, or None when it is not here (any more)."""
        if self.given:
            return next((key for key in self.given if mark_of(key) == mark), None)
        try:
            return self._read(mark)
        except FileNotFoundError:
            return None

    def marks(self) -> tuple[str, ...]:
        """Return the mark of every key, the one in use first."""
        current, _key = self.current()
        if self.given:
            return tuple(mark_of(key) for key in self.given)
        others = sorted(path.stem for path in self.folder.glob("*.key") if path.stem != current)
        return (current, *others)

    def renew(self) -> str:
        """Put a new key in use and return its mark; earlier ones still open. Keys of the setting are renewed there."""
        self.current()
        return self._make(is_first=False)

    def renewed_at(self) -> float:
        """Return when the key in use was put in use, in seconds since 1970; keys of the setting: long ago."""
        return 0.0 if self.given else (self.folder / "current").stat().st_mtime

    def drop(self, mark: str) -> None:
        """Delete a key that is not in use: what it sealed can never be opened again."""
        if mark != self.current()[0] and not self.given:
            (self.folder / f"{mark}.key").unlink(missing_ok=True)

    def _read(self, mark: str) -> bytes:
        if not (mark.isascii() and mark.isalnum()):
            raise FileNotFoundError(mark)
        return bytes.fromhex((self.folder / f"{mark}.key").read_text().strip())

    def _make(self, *, is_first: bool) -> str:
        """Write a new key, then name it in `current`; of two first ones made at once, the earlier stays."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = secrets.token_bytes(32)
        mark = mark_of(key)
        path = self.folder / f"{mark}.key"
        path.touch(mode=0o600)
        path.write_text(key.hex())
        new = self.folder / f".current.{secrets.token_hex(4)}"
        new.write_text(mark)
        if not is_first:
            new.replace(self.folder / "current")
            return mark
        try:
            (self.folder / "current").hardlink_to(new)
        except FileExistsError:
            path.unlink()
        finally:
            new.unlink()
        return mark


def vault_keys() -> VaultKeys:
    """Return the keys of this installation."""
    given = tuple(bytes.fromhex(one) for one in settings.VAULT_KEYS)
    return VaultKeys(Path(settings.HOME) / "keys" / "vault", given)

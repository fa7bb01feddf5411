"""A row as an edition keeps it, and the hashes by which anyone can prove that it is the same. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, kw_only=True)
class FrozenRow:
    """A yearly record: whose, of what, and the texts of its fields by their official names. Blanks are left out."""

    is_standard: bool
    key: str
    service_key: str
    institution: str
    year: int
    cells: Mapping[str, str]

    @property
    def place(self) -> tuple[bool, str, int]:
        """What makes it the same row in two editions."""
        return (self.is_standard, self.key, self.year)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of all that it says."""
        said = [self.is_standard, self.key, self.service_key, self.institution, self.year, dict(self.cells)]
        return _sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def hash_of(digests: Iterable[str]) -> str:
    """Return one hash of many rows, whatever their order."""
    return _sha256("\n".join(sorted(digests)))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

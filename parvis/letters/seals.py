"""A detached seal: a small file that proves that a document is ours and unchanged. Pure functions and values.

What is signed, by Ed25519 (RFC 8032), is five lines in UTF-8, joined by line feeds, without one at the end: the form
"parvis-seal-1", the kind of document, its SHA-256 in hexadecimal, the moment in UTC as 2026-03-01T15:04:05Z, and the
key's ID. Anyone can verify it with the keys at /.well-known/parvis-seal-keys.json and no software of ours
(docs/letters.md).
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from cryptography.exceptions import InvalidSignature

from parvis.letters.keys import SealKeys

FORM = "parvis-seal-1"
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
LARGEST_SEAL = 4_096  # bytes; ours have about 350
LONGEST_FIELD = 200


class Verdict(StrEnum):
    """What can be said of a document."""

    GENUINE = "genuine"  # ours, and not one byte differs
    CHANGED = "changed"  # the seal is ours, and of another document or another state of this one
    UNKNOWN = "unknown"  # neither sealed by a key of ours nor registered


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What the seal's file says."""

    kind: str
    sha256: str
    sealed_at: datetime
    key_id: str
    signature: bytes

    def as_json(self) -> bytes:
        """Return the seal's file."""
        written = {
            "seal": FORM,
            "kind": self.kind,
            "sha256": self.sha256,
            "sealed_at": self.sealed_at.astimezone(UTC).strftime(MOMENT),
            "key": self.key_id,
            "signature": base64.urlsafe_b64encode(self.signature).decode(),
        }
        return json.dumps(written, indent=1).encode() + b"\n"


def sign(sha256: str, *, kind: str, at: datetime, keys: SealKeys) -> Seal:
    """Return a seal by the key in use. `at` is kept to the second."""
    key_id, key = keys.signing()
    at = at.astimezone(UTC).replace(microsecond=0)
    signature = key.sign(_signed(kind, sha256, at, key_id))
    return Seal(kind=kind, sha256=sha256, sealed_at=at, key_id=key_id, signature=signature)


def read_seal(content: bytes) -> Seal | None:
    """Return what a seal's file says, or None where it is no seal. Nothing in it is believed yet."""
    if len(content) > LARGEST_SEAL:
        return None
    try:
        said = json.loads(content)
        texts = {name: said[name] for name in ("kind", "sha256", "key", "sealed_at", "signature")}
        if said["seal"] != FORM or not all(isinstance(one, str) for one in texts.values()):
            return None
        return Seal(
            kind=texts["kind"][:LONGEST_FIELD],
            sha256=texts["sha256"].lower()[:LONGEST_FIELD],
            sealed_at=datetime.strptime(texts["sealed_at"], MOMENT).replace(tzinfo=UTC),
            key_id=texts["key"][:LONGEST_FIELD],
            signature=base64.b64decode(texts["signature"].encode("ascii"), altchars=b"-_", validate=True),
        )
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error):
        return None


def is_ours(seal: Seal, keys: SealKeys) -> bool:
    """Return whether a key of ours signed what the seal says."""
    key = keys.public(seal.key_id)
    if key is None:
        return False
    try:
        key.verify(seal.signature, _signed(seal.kind, seal.sha256, seal.sealed_at, seal.key_id))
    except InvalidSignature:
        return False
    return True


def verify(sha256: str, seal: Seal, keys: SealKeys) -> Verdict:
    """Say what a seal proves of the document with that SHA-256."""
    if not is_ours(seal, keys):
        return Verdict.UNKNOWN
    return Verdict.GENUINE if seal.sha256 == sha256 else Verdict.CHANGED


def _signed(kind: str, sha256: str, at: datetime, key_id: str) -> bytes:
    return "\n".join((FORM, kind, sha256, at.strftime(MOMENT), key_id)).encode("utf-8", "surrogatepass")

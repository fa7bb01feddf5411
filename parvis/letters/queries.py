"""What can be said of a document that somebody holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from parvis.core.bilingual import Text
from parvis.letters.keys import SealKeys
from parvis.letters.kinds import kind_of
from parvis.letters.models import SealedDocument
from parvis.letters.seals import Verdict, read_seal, verify


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The verdict on a document, and, where a seal or the register knows it, what was sealed, when, by which key."""

    verdict: Verdict
    sha256: str
    what: Text | None = None
    sealed_at: datetime | None = None
    key_id: str = ""
    is_seal_unreadable: bool = False  # what was given as the seal is none


def seal_keys() -> SealKeys:
    """Return the keys of this installation."""
    return SealKeys(settings.HOME / "keys" / "seals")


def published_keys() -> dict[str, Any]:
    """Return the public keys as a JSON Web Key Set."""
    return seal_keys().published()


def verify_document(sha256: str, seal_file: bytes | None = None) -> Verification:
    """Say whether the document with that SHA-256 is ours and unchanged, by its seal or, without one, by the register.

    The register also knows a document whose seal belongs to another one: it is genuine all the same.
    """
    row = SealedDocument.objects.filter(sha256=sha256).first()
    seal = read_seal(seal_file) if seal_file is not None else None
    unreadable = seal_file is not None and seal is None
    verdict = verify(sha256, seal, seal_keys()) if seal else Verdict.UNKNOWN
    if row is not None and verdict is not Verdict.GENUINE:
        return Verification(
            verdict=Verdict.GENUINE,
            sha256=sha256,
            what=kind_of(row.kind),
            sealed_at=row.sealed_at,
            key_id=row.key_id,
            is_seal_unreadable=unreadable,
        )
    if seal is None or verdict is Verdict.UNKNOWN:
        return Verification(verdict=Verdict.UNKNOWN, sha256=sha256, is_seal_unreadable=unreadable)
    return Verification(
        verdict=verdict,
        sha256=sha256,
        what=kind_of(seal.kind),
        sealed_at=seal.sealed_at,
        key_id=seal.key_id,
    )

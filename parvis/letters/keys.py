"""The keys with which documents are sealed: one signs, all that ever signed are kept to verify with.

They stand in PARVIS_HOME/keys/seals: `ID.pem` (private, only of the key in use), `ID.pub`, and `current`, which
names the key in use. An ID is the first 16 hexadecimal digits of the SHA-256 of the raw public key. A key whose
`.pub` is deleted is trusted no longer.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

ATTEMPTS = 5  # to read the key in use while another process renews it


@dataclass(frozen=True, slots=True)
class SealKeys:
    """The keys in one folder. Nothing is cached: a renewed key is in use at once in every process."""

    folder: Path

    def signing(self) -> tuple[str, Ed25519PrivateKey]:
        """Return the key in use and its ID; the first call makes it."""
        for _attempt in range(ATTEMPTS):
            try:
                key_id = (self.folder / "current").read_text().strip()
                key = load_pem_private_key((self.folder / f"{key_id}.pem").read_bytes(), None)
            except FileNotFoundError:
                if not (self.folder / "current").exists():
                    self._make(is_first=True)
                continue
            if isinstance(key, Ed25519PrivateKey):
                return key_id, key
        raise FileNotFoundError(f"{self.folder}: the key that `current` names is not there")

    def public(self, key_id: str) -> Ed25519PublicKey | None:
        """Return the public key of an ID, or None: it never was ours, or is trusted no longer."""
        if not (key_id.isalnum() and key_id.isascii()):
            return None
        try:
            key = load_pem_public_key((self.folder / f"{key_id}.pub").read_bytes())
        except FileNotFoundError:
            return None
        return key if isinstance(key, Ed25519PublicKey) else None

    def renew(self) -> str:
        """Put a new key in use and return its ID. The old one signs no more; what it sealed stays verifiable."""
        old, _key = self.signing()
        new = self._make(is_first=False)
        (self.folder / f"{old}.pem").unlink(missing_ok=True)
        return new

    def published(self) -> dict[str, Any]:
        """Return every public key as a JSON Web Key Set (RFC 7517, RFC 8037), the key in use first."""
        current, _key = self.signing()
        known = {path.stem for path in self.folder.glob("*.pub")}
        return {"keys": [self._as_jwk(one) for one in sorted(known, key=lambda one: (one != current, one))]}

    def _as_jwk(self, key_id: str) -> dict[str, str]:
        key = self.public(key_id)
        raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw) if key else b""
        point = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
        return {"kty": "OKP", "crv": "Ed25519", "x": point, "kid": key_id, "alg": "EdDSA", "use": "sig"}

    def _make(self, *, is_first: bool) -> str:
        """Write a new pair, then name it in `current`; of two first ones made at once, the earlier stays."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = Ed25519PrivateKey.generate()
        public = key.public_key()
        key_id = hashlib.sha256(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]
        private_path, public_path = self.folder / f"{key_id}.pem", self.folder / f"{key_id}.pub"
        private_path.touch(mode=0o600)
        private_path.write_bytes(
            key.private_bytes(
                Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
            )  # as the secret key beside it
        )
        public_path.write_bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
        new = self.folder / f".current.{secrets.token_hex(4)}"
        new.write_text(key_id)
        if not is_first:
            new.replace(self.folder / "current")
            return key_id
        try:
            (self.folder / "current").hardlink_to(new)
        except FileExistsError:
            private_path.unlink()
            public_path.unlink()
        finally:
            new.unlink()
        return key_id

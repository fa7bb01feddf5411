"""Sealing bytes and values (AES-256-GCM, NIST SP 800-38D): who changes, moves or copies a sealed value is found out.

A sealed value reads: one byte of version, 8 bytes of the key's mark, 12 bytes of nonce, the ciphertext with its tag.
What it is about (table, row, column) is bound into the tag, so that it opens nowhere but in its own place.
"""

import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from parvis.vault.keys import VaultKeys, vault_keys

VERSION, MARK_BYTES, NONCE_BYTES = b"\x01", 8, 12
HEAD = 1 + MARK_BYTES + NONCE_BYTES


class UnsealError(Exception):
    """A sealed value does not open: its key is not here, or it was changed, cut or moved."""


def seal(plain: bytes, about: str, keys: VaultKeys | None = None) -> bytes:
    """Return `plain` sealed with the key in use, for the place `about` ("access.requester:ID:sealed")."""
    mark, key = (keys or vault_keys()).current()
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + bytes.fromhex(mark) + nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def unseal(sealed: bytes | memoryview | None, about: str, keys: VaultKeys | None = None) -> bytes:
    """Return what was sealed for the place `about`. Raises UnsealError."""
    whole = bytes(sealed or b"")
    mark = mark_in(whole)
    key = (keys or vault_keys()).key(mark) if mark else None
    if key is None:
        raise UnsealError(f"{about}: sealed with a key that is not here ({mark or 'none'}), or erased")
    try:
        return AESGCM(key).decrypt(whole[1 + MARK_BYTES : HEAD], whole[HEAD:], about.encode())
    except InvalidTag:
        raise UnsealError(f"{about}: it was changed, or does not belong here") from None


def mark_in(sealed: bytes | memoryview | None) -> str:
    """Return the mark of the key that sealed it; empty for what is not sealed."""
    whole = bytes(sealed or b"")
    return whole[1 : 1 + MARK_BYTES].hex() if len(whole) > HEAD and whole[:1] == VERSION else ""


def seal_value(value: Any, about: str) -> bytes:
    """Seal a value that JSON can hold."""
    return seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), about)


def unseal_value(sealed: bytes | memoryview | None, about: str) -> Any:
    """Return the value that was sealed. Raises UnsealError."""
    return json.loads(unseal(sealed, about))


def seal_file(content: bytes, key: bytes) -> bytes:
    """Encrypt a file with a key of its own, which its row keeps sealed: a renewed key never rewrites files."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, content, None)


def unseal_file(content: bytes, key: bytes) -> bytes:
    """Return the file. Raises UnsealError when one byte of it was changed."""
    try:
        return AESGCM(key).decrypt(content[1 : 1 + NONCE_BYTES], content[1 + NONCE_BYTES :], None)
    except InvalidTag:
        raise UnsealError("a file was changed, or its key is another one") from None


def new_file_key() -> bytes:
    """Return a new key for one file."""
    return AESGCM.generate_key(bit_length=256)

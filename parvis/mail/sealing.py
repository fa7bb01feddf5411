"""Keeping an address and a content so that neither the database nor a copy of it tells them."""

import base64
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass

from cryptography.fernet import Fernet, InvalidToken

from parvis.core.keys import derived_key


class UnreadableError(Exception):
    """What was sealed cannot be read: the secret key is another one now."""


@dataclass(frozen=True, slots=True)
class Letter:
    """All that a mail server must know of one message."""

    address: str
    subject: str
    text: str
    html: str

    def __repr__(self) -> str:
        return "Letter(…)"  # no trace and no log tells what it holds


def seal(letter: Letter) -> bytes:
    """Encrypt a letter (Fernet: AES-128 in CBC with HMAC-SHA256) under a key of this installation."""
    return _fernet().encrypt(json.dumps(asdict(letter)).encode())


def unseal(sealed: bytes | memoryview | None) -> Letter:
    """Decrypt a letter. Raises UnreadableError when the key has changed, or the letter was erased."""
    try:
        return Letter(**json.loads(_fernet().decrypt(bytes(sealed or b""))))
    except InvalidToken:
        raise UnreadableError from None


def address_hash(address: str) -> str:
    """Return the keyed hash by which an address is recognised, and by nobody without the key."""
    key = derived_key("mail: hash of addresses")
    return hmac.new(key, address.strip().lower().encode(), hashlib.sha256).hexdigest()


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived_key("mail: content")))

"""Keys for one purpose each, derived from the installation's secret key: what one leaks tells nothing of another."""

import hashlib
import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def derived_key(purpose: str) -> bytes:
    """Return 32 bytes for `purpose` (RFC 5869, HKDF with SHA-256). Another secret key gives another key."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"parvis {purpose}".encode()).derive(
        settings.SECRET_KEY.encode()
    )


def keyed_mark(purpose: str, text: str) -> str:
    """Return the keyed hash by which `text` is recognised for one purpose, and by nobody without the secret key."""
    return hmac.new(derived_key(purpose), text.encode(), hashlib.sha256).hexdigest()

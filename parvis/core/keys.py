"""Keys for one purpose each, derived from the installation's secret key: what one leaks tells nothing of another."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def derived_key(purpose: str) -> bytes:
    """Return 32 bytes for `purpose` (RFC 5869, HKDF with SHA-256). Another secret key gives another key."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"parvis {purpose}".encode()).derive(
        settings.SECRET_KEY.encode()
    )

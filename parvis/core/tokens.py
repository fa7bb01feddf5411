"""Secrets that travel by mail, drawn by chance; only their hash is kept, so the database cannot give them away."""

import secrets
from hashlib import sha256

BYTES = 32


def new_token() -> str:
    """Return a new token of 256 bits."""
    return secrets.token_urlsafe(BYTES)


def token_hash(token: str) -> str:
    """Return what is kept of a token."""
    return sha256(token.encode()).hexdigest()

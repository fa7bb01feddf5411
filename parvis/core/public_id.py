"""Identifiers that stand in addresses: unguessable, short, safe to read aloud."""

import secrets

# Crockford's base 32 without vowels that spell words by chance, nor letters that look like digits.
ALPHABET = "0123456789bcdfghjkmnpqrstvwxyz"
LENGTH = 16  # 78 bits


def new_public_id() -> str:
    """Return a new random identifier of 16 characters (78 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))

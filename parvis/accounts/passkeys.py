"""Passkeys, on fido2 through allauth: what the browser is asked, and whether it answered.

The challenge stands in the session of the browser that is asked. A passkey is always one that knows its owner (user
verification), so that it is two factors at once and can open a session alone.
"""

import json
from typing import Any

from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from parvis.accounts.models import Person

LONGEST_ANSWER = 20_000  # characters; real ones have about two thousand


def ask_to_register(person: Person) -> dict[str, Any]:
    """Return what the browser needs to make a passkey."""
    asked: dict[str, Any] = auth.begin_registration(person, passwordless=True)
    return asked


def registered(answer: str) -> dict[str, Any] | None:
    """Return the credential that the browser made, to be kept; none when it does not answer what was asked."""
    credential = _read(answer)
    if credential is None:
        return None
    try:
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
    except (ValidationError, ValueError, KeyError, TypeError):
        return None
    return credential


def ask_to_show(person: Person | None) -> dict[str, Any]:
    """Return what the browser needs to show a passkey: one of this person's, or whichever it has for this site."""
    asked: dict[str, Any] = auth.begin_authentication(person)
    return asked


def owner_of(answer: str) -> str:
    """Return the public identifier of whose passkey answers; it is proved only by `shown`."""
    credential = _read(answer) or {}
    handle = (credential.get("response") or {}).get("userHandle")
    if not isinstance(handle, str):
        return ""
    try:
        return str(auth.websafe_decode(handle).decode())
    except (ValueError, UnicodeDecodeError):
        return ""


def shown(person: Person, answer: str) -> bool:
    """Return whether this person's passkey answered what was asked in this browser, and note its use."""
    credential = _read(answer)
    if credential is None:
        return False
    try:
        authenticator = auth.complete_authentication(person, credential)
    except (ValidationError, ValueError, KeyError, TypeError):
        return False
    authenticator.record_usage()
    return True


def _read(answer: str) -> dict[str, Any] | None:
    if len(answer) > LONGEST_ANSWER:
        return None
    try:
        read = json.loads(answer)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None

"""The keys that a guest's browser holds, of drafts and submissions: in the session, and in no address."""

from django.http import HttpRequest

SESSION_KEY = "access_keys"
KEYS_KEPT = 20


def hold_key(request: HttpRequest, public_id: str, key: str) -> None:
    """Keep a key in the browser's session; the oldest goes when there are too many."""
    held = dict(request.session.get(SESSION_KEY, {}))
    held.pop(public_id, None)
    held[public_id] = key
    request.session[SESSION_KEY] = dict(list(held.items())[-KEYS_KEPT:])


def held_key(request: HttpRequest, public_id: str) -> str:
    """Return the key that this browser holds, or nothing."""
    return str(request.session.get(SESSION_KEY, {}).get(public_id, ""))


def held_keys(request: HttpRequest) -> tuple[str, ...]:
    """Return all keys that this browser holds, the newest first. A submission opens with the key of its draft."""
    return tuple(reversed(request.session.get(SESSION_KEY, {}).values()))


def drop_key(request: HttpRequest, public_id: str) -> None:
    """Forget a key."""
    held = dict(request.session.get(SESSION_KEY, {}))
    held.pop(public_id, None)
    request.session[SESSION_KEY] = held

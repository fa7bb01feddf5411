"""Who asks, as far as limits need to know: a digest that changes every day, never an address."""

import hashlib
import hmac
import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

ONE_HOME = 64  # bits: what one subscriber of IPv6 is given


def client_address(request: HttpRequest) -> str:
    """Return the address that asks: the peer's, or the one that the outermost trusted proxy saw.

    Of `X-Forwarded-For` only as many entries count, from the right, as PARVIS_TRUSTED_PROXIES says: what stands
    further left, the client may have written. Empty when there is none, as on a Unix socket.
    """
    peer: str = request.META.get("REMOTE_ADDR", "")
    trusted: int = settings.TRUSTED_PROXIES
    if not trusted:
        return peer
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return told[-trusted] if len(told) >= trusted else peer


def client_digest(request: HttpRequest) -> str:
    """Return what stands for the client today: keyed, so that nobody without the secret key can try addresses."""
    address = client_address(request)
    try:
        parsed = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        network = address
    else:
        is_long = isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None
        network = str(ipaddress.ip_network((parsed, ONE_HOME), strict=False)) if is_long else str(parsed)
    return digest("address", network)


def digest(kind: str, told: str) -> str:
    """Return today's digest of something that is not to be stored."""
    salt = f"parvis.limits:{timezone.now():%Y-%m-%d}:{settings.SECRET_KEY}".encode()
    return hmac.new(salt, f"{kind}:{told}".encode(), hashlib.sha256).hexdigest()

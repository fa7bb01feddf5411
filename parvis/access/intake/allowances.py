"""How often one client may begin a request, send one, and have links sent, counted for all web processes together."""

from django.conf import settings
from django.http import HttpRequest

from parvis.core.actor import Actor
from parvis.limits.clients import client_digest
from parvis.limits.counting import Limit, spend

HOUR = 3600.0
LINKS_TO_ADDRESS = Limit("access.links.address", 6, HOUR)
LINKS_BY_CLIENT = Limit("access.links.client", 30, HOUR)  # a library may stand behind one address


def wait_to_begin(request: HttpRequest, actor: Actor) -> int:
    """Count one request begun; return how many seconds to wait, 0 when it may be."""
    return spend(_limit("begun"), _client(request, actor))


def wait_to_send(request: HttpRequest, actor: Actor) -> int:
    """Count one request sent; return how many seconds to wait, 0 when it may be."""
    return spend(_limit("sent"), _client(request, actor))


def wait_for_links(request: HttpRequest, actor: Actor, address: str) -> int:
    """Count one message with links; return how many seconds to wait, 0 when it may go."""
    return max(
        spend(LINKS_BY_CLIENT, _client(request, actor)), spend(LINKS_TO_ADDRESS, address.strip().lower())
    )


def _limit(what: str) -> Limit:
    return Limit(f"access.{what}", settings.LIMITS["asking"], HOUR)


def _client(request: HttpRequest, actor: Actor) -> str:
    return f"person:{actor.person_id}" if actor.person_id else client_digest(request)
